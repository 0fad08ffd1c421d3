"""One network with masks, of which the four categories are views."""
