"""One file an exercise, with all that belongs to it."""
