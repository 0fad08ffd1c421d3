"""Output sequences in three variants: input once, at every step, or fed back."""
