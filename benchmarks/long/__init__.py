"""Long sequences: time and memory against the number of steps, of our ways and of the peers'."""
