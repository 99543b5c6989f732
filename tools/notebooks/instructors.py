"""Makes INSTRUCTORS.md: `python -m tools.notebooks.instructors`, with `--check` only compares.

Minutes come from the notebooks' sources, solutions and hints from the package, questions to ask aloud from
`notebooks/instructors/NN.md`, the rest from `general.md` and `class.md` there. Nothing is copied by hand.
"""

import argparse
import sys
from pathlib import Path

from rl_helpers.exercises import solution
from rl_helpers.exercises.course import DIAGNOSES, EXERCISES
from tools.notebooks import lesson

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "notebooks" / "src"
NOTES = ROOT / "notebooks" / "instructors"
GUIDE = ROOT / "INSTRUCTORS.md"
MADE = "<!-- Made by `make notebooks`: edit notebooks/instructors/ and the notebooks' sources. -->"


def guide():
    """Return the text of INSTRUCTORS.md.

    Raises:
        FileNotFoundError: if a notebook has no notes in `notebooks/instructors`.
    """
    lessons = [lesson.read(path) for path in sorted(SOURCES.glob("*.md"))]
    general = [(NOTES / name).read_text(encoding="utf-8").strip() for name in ("general.md", "class.md")]
    parts = [f"# For instructors\n\n{MADE}", *general, _overview(lessons)]
    parts += [_lesson(each) for each in lessons]
    return "\n\n".join(parts) + "\n"


def _overview(lessons):
    rows = [
        f"| {each.number} {each.title} | {each.question} | {each.minutes} | "
        f"{sum(section.exercise_minutes for section in each.sections)} |"
        for each in lessons
    ]
    head = "| notebook | question | minutes | of these, exercises |\n| --- | --- | --- | --- |"
    return "## The notebooks at a glance\n\n" + "\n".join([head, *rows])


def _lesson(each):
    notes = (NOTES / f"{each.number}.md").read_text(encoding="utf-8").strip()
    exercises = [every for every in (EXERCISES | DIAGNOSES).values() if every.notebook == each.number]
    parts = [f"## {each.number} {each.title}", f"About {each.minutes} minutes. {_timing(each)}", notes]
    parts += [_exercise(exercise) for exercise in exercises]
    return "\n\n".join(parts)


def _timing(each):
    """Say what the parts take, scaled to the minutes that the notebook promises."""
    scale = each.minutes / sum(section.minutes for section in each.sections)
    parts = [(section.title, section.minutes * scale) for section in each.sections]
    # Short parts are joined, so that minutes are whole and their sum is right.
    words, pending, done = [], [], 0.0
    for number, (title, minutes) in enumerate(parts, start=1):
        pending.append(title)
        done += minutes
        told = sum(whole for _, whole in words)
        if round(done) - told >= 2 or number == len(parts):
            words.append((", ".join(pending), round(done) - told))
            pending = []
    return "Parts: " + " · ".join(f"{titles} ({minutes})" for titles, minutes in words) + "."


def _exercise(exercise):
    hints = list(dict.fromkeys(hint for _, hint in exercise.mistakes))
    lines = [f"### Exercise `{exercise.name}`", "Common wrong answers, as the check names them:"]
    lines.append("\n".join(f"- {hint[0].upper()}{hint[1:]}" for hint in hints))
    code = solution(exercise.name).code
    lines.append(f"<details><summary>Solution</summary>\n\n```python\n{code}\n```\n\n</details>")
    return "\n\n".join(lines)


def main(arguments=None):
    """Write the guide, or compare it; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    options = parser.parse_args(arguments)
    text = guide()
    if options.check:
        fresh = GUIDE.exists() and GUIDE.read_text(encoding="utf-8") == text
        if not fresh:
            print(
                "INSTRUCTORS.md does not match its sources: run `python -m tools.notebooks.instructors`",
                file=sys.stderr,
            )
        return 0 if fresh else 1
    GUIDE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
