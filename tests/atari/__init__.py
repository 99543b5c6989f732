"""Tests of `atari`."""
