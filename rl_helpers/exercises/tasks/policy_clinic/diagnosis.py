"""Exercise of notebook 10: which patient of the clinic has which bug."""

from rl_helpers.exercises.tasks.bug_clinic.diagnosis import Diagnosis
from rl_helpers.exercises.tasks.policy_clinic import BUGS, PATIENTS
from rl_helpers.exercises.tasks.policy_clinic.words import AGAINST, EXPLAINED

exercise = Diagnosis(
    "policy_clinic",
    notebook="10",
    place=5,
    bugs=BUGS,
    patients=PATIENTS,
    against=AGAINST,
    explained=EXPLAINED,
)
"""The answer says who has what; see `Diagnosis`."""
