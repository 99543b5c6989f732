"""Tests of `exercises.tasks.algorithms`."""
