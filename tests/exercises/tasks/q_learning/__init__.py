"""Tests of `exercises.tasks.q_learning`."""
