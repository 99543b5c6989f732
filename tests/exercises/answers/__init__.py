"""Tests of rl_helpers/exercises/answers."""
