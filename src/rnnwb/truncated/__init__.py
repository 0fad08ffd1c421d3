"""Truncated backpropagation through time: passes, windows and chunks."""
