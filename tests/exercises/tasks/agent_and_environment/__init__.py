"""Tests of `exercises.tasks.agent_and_environment`."""
