"""Tests of `super_bob.levels`."""
