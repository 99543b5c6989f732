"""Tests of what notebook 12 does with the game."""
