"""Tests of the bug clinic."""
