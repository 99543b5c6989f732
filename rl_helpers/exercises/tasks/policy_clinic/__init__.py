"""The clinic of notebook 10: three PPO agents, each with one famous bug, and the world that examines them.

Start with `bugs.py`.
"""

from rl_helpers.exercises.tasks.policy_clinic.bugs import BUGS, Bug
from rl_helpers.exercises.tasks.policy_clinic.examination import PATIENTS, Findings, examine, examined

__all__ = ["BUGS", "PATIENTS", "Bug", "Findings", "examine", "examined"]
