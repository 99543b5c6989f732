"""Exercises whose answer says who has what: which patient has which bug, which world has which fault."""

import difflib
from collections.abc import Mapping

from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.report import Report


class Diagnosis:
    """An exercise whose answer is a dictionary: who has what.

    Args:
        name, notebook, place: as those of an `Exercise`.
        right: from patients to names of bugs.
        bugs: all names that a patient may be given, in the order in which they are listed.
        explained: from patients to the sentence that a right answer gets.
        against: from patients and wrong names to the sentence that speaks against it.
        patient, bug: what the two are called.
        once: a sentence without its beginning, for who names a bug twice.

    Attributes:
        mistakes: (what is claimed, sentence) pairs, one for each wrong pairing of patient and bug.
    """

    def __init__(
        self, name, notebook, place, right, bugs, *, explained, against, once, patient="patient", bug="bug"
    ):
        self.name, self.notebook, self.place = name, notebook, place
        self.right, self.bugs = dict(right), tuple(bugs)
        self.explained, self.against, self.once = explained, against, once
        self.patient, self.bug = patient, bug
        self.mistakes = tuple(
            ({who: claimed}, against[who][claimed])
            for who in self.right
            for claimed in self.bugs
            if claimed != self.right[who]
        )

    @property
    def code(self):
        """The right diagnosis as code."""
        lines = "".join(f'    "{who}": "{bug}",\n' for who, bug in self.right.items())
        return f"diagnosis = {{\n{lines}}}"

    def judge(self, diagnosis):
        """Check a diagnosis.

        Args:
            diagnosis: from patients to names of bugs; a patient may be missing, or have `...` or None.

        Returns:
            A `Report` with a finding for each patient.

        >>> against = {"Ada": {"a fever": "her head is cool."}}
        >>> exercise = Diagnosis("cold", "99", 1, {"Ada": "a cold"}, ["a cold", "a fever"],
        ...     explained={"Ada": "yes."}, against=against, once="one each.")
        >>> exercise.judge({"Ada": ...})
        ○ cold: not yet. Write beside each patient the name of one bug, run that cell, and run this one
        again.
        """
        trouble = self._unreadable(diagnosis)
        if trouble:
            return Report(self.name, "wrong", hint=trouble)
        findings = tuple(self._finding(who, diagnosis.get(who)) for who in self.right)
        verdicts = [status for status, _, _ in findings]
        if set(verdicts) == {"not yet"}:
            return Report(
                self.name,
                "not yet",
                f"Write beside each {self.patient} the name of one {self.bug}, run that cell, and run this "
                "one again.",
            )
        status = next(one for one in ("wrong", "not yet", "solved") if one in verdicts)
        message = f"{verdicts.count('solved')} of {len(self.right)} are right."
        return Report(self.name, status, message, hint=self._twice(diagnosis), findings=findings)

    def _unreadable(self, diagnosis):
        """Return what is wrong with an answer that cannot be read as a diagnosis, else an empty text."""
        if not isinstance(diagnosis, Mapping):
            first = ", ".join(f'"{who}": "…"' for who in list(self.right)[:2])
            return (
                f"{describe(diagnosis, 60)} came, and a dictionary is expected, from {self.patient}s to "
                f"{self.bug}s, such as `{{{first}}}`."
            )
        if any(isinstance(key, str) and key in self.bugs for key in diagnosis):
            return (
                f"the {self.patient}s come first: their names are the keys, and the {self.bug}s are the "
                "values."
            )
        for who in diagnosis:
            if who not in self.right:
                names = ", ".join(self.right)
                return f"there is no {self.patient} {describe(who, 60)}: the names are {names}."
        return ""

    def _finding(self, who, claimed):
        """Return the finding for one patient."""
        if claimed is None or claimed is ... or claimed == "":
            return "not yet", who, f"no {self.bug} named yet."
        if not isinstance(claimed, str) or claimed not in self.bugs:
            close = difflib.get_close_matches(str(claimed).strip().lower(), self.bugs, n=1)
            choices = ", ".join(f'"{name}"' for name in self.bugs)
            guess = f'did you mean "{close[0]}"?' if close else f"choose from {choices}."
            return "wrong", who, f"there is no {self.bug} called {describe(claimed, 60)}: {guess}"
        if claimed != self.right[who]:
            return "wrong", who, self.against[who][claimed]
        return "solved", who, self.explained[who]

    def _twice(self, diagnosis):
        """Return a sentence if a bug is named for more than one patient, else an empty text."""
        named = [claimed for claimed in diagnosis.values() if isinstance(claimed, str)]
        for each in self.bugs:
            if named.count(each) > 1:
                return f'"{each}" is named {named.count(each)} times: {self.once}'
        return ""
