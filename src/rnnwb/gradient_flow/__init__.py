"""Products of Jacobians, their bounds, and clipping."""
