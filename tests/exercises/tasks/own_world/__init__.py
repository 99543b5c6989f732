"""Tests of the battery of notebook 09, its faults, and CartPole with buckets."""
