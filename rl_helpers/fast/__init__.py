"""Many runs at once: all that is written for speed."""
