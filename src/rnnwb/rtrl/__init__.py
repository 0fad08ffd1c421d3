"""Forward mode, and its diagonal cut."""
