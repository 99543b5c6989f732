"""Tests of `pong`."""
