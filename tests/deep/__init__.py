"""Tests of `deep`."""
