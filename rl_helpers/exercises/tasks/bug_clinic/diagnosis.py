"""Exercise of notebook 05: which patient of the bug clinic has which bug."""

import difflib
from collections.abc import Mapping

from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.report import Report
from rl_helpers.exercises.tasks.bug_clinic import BUGS, PATIENTS
from rl_helpers.exercises.tasks.bug_clinic.words import AGAINST, EXPLAINED

NUMBERS = {3: "three", 5: "five"}


class Diagnosis:
    """An exercise whose answer is a dictionary: who has what.

    Args:
        name, notebook, place: as those of an `Exercise`.
        bugs: by name.
        patients: from a name to the bug that it has.
        against: from a patient and a wrong bug to what speaks against it, a sentence.
        explained: from a patient to how its bug gives itself away.

    Attributes:
        right: from patients to bugs.
        mistakes: (what is claimed, sentence) pairs, one for each wrong pairing of patient and bug.
    """

    def __init__(self, name, *, notebook, place, bugs, patients, against, explained):
        self.name, self.notebook, self.place = name, notebook, place
        self.bugs, self.against, self.explained = tuple(bugs), against, explained
        self.right = {patient: bug.name for patient, bug in patients.items()}
        self.mistakes = tuple(
            ({patient: claimed}, against[patient][claimed])
            for patient in patients
            for claimed in bugs
            if claimed != self.right[patient]
        )

    @property
    def code(self):
        """The right diagnosis as code."""
        lines = "".join(f'    "{patient}": "{bug}",\n' for patient, bug in self.right.items())
        return f"diagnosis = {{\n{lines}}}"

    def judge(self, diagnosis):
        """Check a diagnosis.

        Args:
            diagnosis: from patients to names of bugs; a patient may be missing, or have `...` or None.

        Returns:
            A `Report` with a finding for each patient.

        >>> answer = dict.fromkeys(("Alma", "Bruno", "Carla", "Dino", "Elli"), ...)
        >>> exercise.judge(answer)
        ○ bug_clinic: not yet. Write beside each patient the name of one bug, run that cell, and run this one
        again.
        """
        trouble = self._unreadable(diagnosis)
        if trouble:
            return Report(self.name, "wrong", hint=trouble)
        findings = tuple(self._finding(patient, diagnosis.get(patient)) for patient in self.right)
        verdicts = [status for status, _, _ in findings]
        if set(verdicts) == {"not yet"}:
            return Report(
                self.name,
                "not yet",
                "Write beside each patient the name of one bug, run that cell, and run this one again.",
            )
        status = next(one for one in ("wrong", "not yet", "solved") if one in verdicts)
        message = f"{verdicts.count('solved')} of {len(self.right)} are right."
        return Report(self.name, status, message, hint=self._twice(diagnosis), findings=findings)

    def _unreadable(self, diagnosis):
        """Return what is wrong with an answer that cannot be read as a diagnosis, else an empty text."""
        if not isinstance(diagnosis, Mapping):
            first, second = list(self.right)[:2]
            return (
                f"{describe(diagnosis, 60)} came, and a dictionary is expected, from patients to bugs, such "
                f'as `{{"{first}": "…", "{second}": "…"}}`.'
            )
        if any(isinstance(key, str) and key in self.bugs for key in diagnosis):
            return "the patients come first: their names are the keys, and the bugs are the values."
        for patient in diagnosis:
            if patient not in self.right:
                return f"there is no patient {describe(patient, 60)}: the names are {', '.join(self.right)}."
        return ""

    def _finding(self, patient, claimed):
        """Return the finding for one patient."""
        if claimed is None or claimed is ... or claimed == "":
            return "not yet", patient, "no bug named yet."
        if not isinstance(claimed, str) or claimed not in self.bugs:
            close = difflib.get_close_matches(str(claimed).strip().lower(), self.bugs, n=1)
            choices = ", ".join(f'"{name}"' for name in self.bugs)
            guess = f'did you mean "{close[0]}"?' if close else f"choose from {choices}."
            return "wrong", patient, f"there is no bug called {describe(claimed, 60)}: {guess}"
        if claimed != self.right[patient]:
            return "wrong", patient, self.against[patient][claimed]
        return "solved", patient, self.explained[patient]

    def _twice(self, diagnosis):
        """Return a sentence if a bug is named for more than one patient, else an empty text."""
        named = [bug for bug in diagnosis.values() if isinstance(bug, str)]
        for bug in self.bugs:
            if named.count(bug) > 1:
                number = NUMBERS[len(self.bugs)]
                return (
                    f'"{bug}" is named {named.count(bug)} times: each of the {number} bugs has one patient.'
                )
        return ""


exercise = Diagnosis(
    "bug_clinic",
    notebook="05",
    place=6,
    bugs=BUGS,
    patients=PATIENTS,
    against=AGAINST,
    explained=EXPLAINED,
)
