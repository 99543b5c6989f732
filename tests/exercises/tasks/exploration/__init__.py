"""Tests of rl_helpers/exercises/tasks/exploration."""
