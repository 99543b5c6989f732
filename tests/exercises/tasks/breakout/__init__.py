"""Tests of `exercises.tasks.breakout`."""
