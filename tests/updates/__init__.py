"""Tests of `updates`."""
