"""Tests of `exploration`."""
