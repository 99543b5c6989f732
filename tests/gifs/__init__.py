"""Tests of `gifs`."""
