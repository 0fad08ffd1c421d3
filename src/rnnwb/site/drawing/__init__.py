"""The visual language that all figures share: labels, units, arrows and messages."""
