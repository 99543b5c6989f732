"""Tests of `breakout`."""
