"""Exercise of notebook 10: which patient of the clinic has which bug."""

from rl_helpers.exercises.tasks.diagnosis import Diagnosis
from rl_helpers.exercises.tasks.policy_clinic import BUGS, PATIENTS
from rl_helpers.exercises.tasks.policy_clinic.words import AGAINST, EXPLAINED

exercise = Diagnosis(
    "policy_clinic",
    "10",
    5,
    {patient: bug.name for patient, bug in PATIENTS.items()},
    BUGS,
    explained=EXPLAINED,
    against=AGAINST,
    once="each of the three bugs has one patient.",
)
"""The answer says who has what; see `Diagnosis`."""
