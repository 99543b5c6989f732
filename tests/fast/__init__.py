"""Tests of `fast`."""
