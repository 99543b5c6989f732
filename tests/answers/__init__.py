"""Planted answers to every exercise, one file an exercise, in rooms as `rl_helpers/exercises/tasks` has them."""
