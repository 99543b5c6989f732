"""Tests of `super_bob.search`."""
