"""Tests of `super_bob`."""
