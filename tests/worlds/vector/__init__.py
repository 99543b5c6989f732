"""Tests of `worlds.vector`."""
