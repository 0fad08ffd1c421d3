"""Sequences of different lengths, padded and unpadded."""
