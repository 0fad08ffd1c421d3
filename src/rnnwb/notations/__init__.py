"""The network in the notations of frameworks and textbooks."""
