"""Tests of `deep.many`."""
