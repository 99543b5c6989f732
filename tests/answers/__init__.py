"""Planted answers to every exercise, a file each, in the rooms that `rl_helpers/exercises/tasks` has."""
