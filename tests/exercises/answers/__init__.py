"""Tests of `exercises.answers`."""
