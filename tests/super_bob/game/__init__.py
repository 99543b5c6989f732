"""Tests of `super_bob.game`."""
