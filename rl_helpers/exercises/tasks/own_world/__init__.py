"""Notebook 09: a battery that buys and sells power, three faults planted in it, and buckets as rows.

Start with `battery.py`.
"""

from rl_helpers.exercises.tasks.own_world.battery import CALM, CAPACITY, WINDY, Battery
from rl_helpers.exercises.tasks.own_world.examination import FAULTS, PATIENTS, Findings, examine, healthy

__all__ = ["CALM", "CAPACITY", "FAULTS", "PATIENTS", "WINDY", "Battery", "Findings", "examine", "healthy"]
