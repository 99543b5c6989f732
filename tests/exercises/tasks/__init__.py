"""Tests of `exercises.tasks`."""
