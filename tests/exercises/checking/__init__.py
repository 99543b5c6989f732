"""Tests of `exercises.checking`."""
