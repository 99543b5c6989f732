"""Tests of `exercises.tasks.policy_clinic`."""
