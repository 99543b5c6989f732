"""Tests of `slides`."""
