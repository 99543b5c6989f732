"""Tests of `worlds`."""
