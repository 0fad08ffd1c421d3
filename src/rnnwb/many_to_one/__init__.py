"""Input sequences: one loss at the end, or one for the mean of the states."""
