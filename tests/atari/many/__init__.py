"""Tests of `atari.many`."""
