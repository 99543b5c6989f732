"""Tests of `super_bob.drawing`."""
