"""Tests, folder by folder as the package."""
