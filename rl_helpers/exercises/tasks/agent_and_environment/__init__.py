"""Notebook 01: the loop between agent and environment."""
