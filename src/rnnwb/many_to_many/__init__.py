"""Synchronised input and output: first steps, any step, and the batch."""
