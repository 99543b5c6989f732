"""Notebook 02: several values in one state number, and back.

Start with `encode_state.py`.
"""
