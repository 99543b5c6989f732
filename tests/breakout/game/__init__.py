"""Tests of `breakout.game`."""
