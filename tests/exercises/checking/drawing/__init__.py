"""Tests of `exercises.checking.drawing`."""
