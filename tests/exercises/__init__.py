"""Tests of `exercises`."""
