"""Bob the cat learns."""
