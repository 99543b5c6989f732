"""Tests of `exercises.tasks.exploration`."""
