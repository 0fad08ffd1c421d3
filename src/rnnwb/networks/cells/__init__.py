"""What happens from one step to the next: the tanh cell, the LSTM and the GRU, interchangeable in every network."""
