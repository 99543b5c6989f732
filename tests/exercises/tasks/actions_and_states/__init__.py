"""Tests of `exercises.tasks.actions_and_states`."""
