"""The bug clinic of notebook 05: five agents, each with one famous bug, and two worlds to examine them in.

Start with `bugs.py`.
"""

from rl_helpers.exercises.tasks.bug_clinic.bugs import BUGS, Bug, ChoosesTwice
from rl_helpers.exercises.tasks.bug_clinic.examination import (
    PATIENTS,
    Findings,
    Interval,
    examine,
    healthy,
    narrow_corridor,
    quiet_room,
)

__all__ = [
    "BUGS",
    "PATIENTS",
    "Bug",
    "ChoosesTwice",
    "Findings",
    "Interval",
    "examine",
    "healthy",
    "narrow_corridor",
    "quiet_room",
]
