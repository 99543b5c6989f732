"""Tests of `exercises.tasks.rewards_and_episodes`."""
