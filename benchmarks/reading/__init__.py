"""How long a reader waits."""
