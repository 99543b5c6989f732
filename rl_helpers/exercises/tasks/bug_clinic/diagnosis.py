"""Exercise of notebook 05: which patient of the bug clinic has which bug."""

from rl_helpers.exercises.tasks.bug_clinic import BUGS, PATIENTS
from rl_helpers.exercises.tasks.bug_clinic.words import AGAINST, EXPLAINED
from rl_helpers.exercises.tasks.diagnosis import Diagnosis

exercise = Diagnosis(
    "bug_clinic",
    "05",
    6,
    {patient: bug.name for patient, bug in PATIENTS.items()},
    BUGS,
    explained=EXPLAINED,
    against=AGAINST,
    once="each of the five bugs has one patient.",
)
