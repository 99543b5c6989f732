"""Answers planted for the checks, right and wrong ones, by notebook."""
