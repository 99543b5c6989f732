"""Tests of rl_helpers/exercises/checking."""
