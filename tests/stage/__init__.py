"""Tests of `stage`."""
