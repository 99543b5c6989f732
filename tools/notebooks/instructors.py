"""Makes INSTRUCTORS.md and the README's table: `python -m tools.notebooks.instructors`; `--check` compares.

Minutes come from the notebooks' sources, solutions and hints from the package, questions to ask aloud from
`notebooks/instructors/NN.md`, the rest from `general.md` and `class.md` there. Nothing is copied by hand.
"""

import argparse
import re
import sys
from pathlib import Path

from rl_helpers.exercises import solution
from rl_helpers.exercises.course import DIAGNOSES, EXERCISES
from tools.notebooks import lesson

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "notebooks" / "src"
NOTES = ROOT / "notebooks" / "instructors"
GUIDE = ROOT / "INSTRUCTORS.md"
README = ROOT / "README.md"
BEGIN = "<!-- notebooks: made by `python -m tools.notebooks.instructors`, but for the last column -->"
END = "<!-- end of notebooks -->"
RULE_PLACE = "{rule of minutes}"
HARD = "**Hard questions**"
MADE = "<!-- Made by `make notebooks`: edit notebooks/instructors/ and the notebooks' sources. -->"


def guide():
    """Return the text of INSTRUCTORS.md.

    Raises:
        FileNotFoundError: if a notebook has no notes in `notebooks/instructors`.
    """
    lessons = [lesson.read(path) for path in sorted(SOURCES.glob("*.md"))]
    general = [(NOTES / name).read_text(encoding="utf-8").strip() for name in ("general.md", "class.md")]
    general = [text.replace(RULE_PLACE, lesson.RULE) for text in general]
    parts = [f"# For instructors\n\n{MADE}", *general, _overview(lessons)]
    parts += [_lesson(each) for each in lessons]
    return "\n\n".join(parts) + "\n"


def front_page(readme):
    """Return the text of README.md with its table of notebooks as their sources say.

    Args:
        readme: its present text; the last column, which is measured elsewhere, is kept.

    Raises:
        ValueError: if it has no place for the table.
    """
    before, begin, rest = readme.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md has no {BEGIN} … {END}: put the two lines where the table shall stand")
    to_run = dict(re.findall(r"^\| \[.*?\]\((\S+)\) .*\| ([^|]+) \|$", table, re.M))
    rows = ["| notebook | question | core | *Further* | to run |", f"|{' --- |' * 5}"]
    for path in sorted(SOURCES.glob("*.md")):
        each, link = lesson.read(path), f"notebooks/{path.stem}.ipynb"
        further = f"{each.further_minutes} min" if each.further_minutes else ""
        title = f"[{each.number} {each.title}]({link})"
        rows.append(
            f"| {title} | {each.question} | {each.minutes} min | {further} | {to_run.get(link, '')} |"
        )
    rule = f"Minutes follow one rule: {lesson.RULE}. What is *Further* can be left out."
    return f"{before}{BEGIN}\n" + "\n".join(rows) + f"\n\n{rule}\n{END}{after}"


def _overview(lessons):
    rows = [
        f"| {each.number} {each.title} | {each.question} | {each.minutes} | "
        f"{sum(section.exercise_minutes for section in each.sections if not section.further)} | "
        f"{each.further_minutes or ''} |"
        for each in lessons
    ]
    head = ["| notebook | question | core minutes | of these, exercises | *Further* |", f"|{' --- |' * 5}"]
    return "## The notebooks at a glance\n\n" + "\n".join([*head, *rows])


def _lesson(each):
    notes = (NOTES / f"{each.number}.md").read_text(encoding="utf-8").strip()
    exercises = [every for every in (EXERCISES | DIAGNOSES).values() if every.notebook == each.number]
    timing = f"About {each.minutes} minutes: {_timing(each, further=False)}."
    if each.further_minutes:
        timing += f" *Further*, {each.further_minutes} more: {_timing(each, further=True)}."
    parts = [f"## {each.number} {each.title}", timing, notes]
    parts += [_exercise(exercise) for exercise in exercises]
    return "\n\n".join(parts)


def _timing(each, *, further):
    """Say what the parts take, scaled to the minutes that the notebook promises."""
    promised = each.further_minutes if further else each.minutes
    scale = promised / each.estimate(further=further)
    parts = [(part.title, part.minutes * scale) for part in each.sections if part.further == further]
    # Short parts are joined, so that minutes are whole and their sum is right.
    words, pending, done = [], [], 0.0
    for number, (title, minutes) in enumerate(parts, start=1):
        pending.append(title)
        done += minutes
        told = sum(whole for _, whole in words)
        if round(done) - told >= 2 or number == len(parts):
            words.append((", ".join(pending), round(done) - told))
            pending = []
    return " · ".join(f"{titles} ({minutes})" for titles, minutes in words)


def hard_questions(notes):
    r"""Return what an instructor's notes list as hard questions.

    Args:
        notes: text of `notebooks/instructors/NN.md`.

    Returns:
        The items of the list, with everything in each that is quoted and may be the notebook's answer.

    >>> hard_questions("**Hard questions**\n\n- Why? “So it is,\n  and more.”\n\n**Watch for** “more”.")
    [('Why? “So it is, and more.”', ['So it is, and more.', 'So it is, and more.'])]
    """
    _, _, part = notes.partition(HARD)
    part = re.split(r"^\*\*", part, maxsplit=1, flags=re.M)[0]
    items = [" ".join(item.split()) for item in re.split(r"^(?:-|\d+\.) ", part, flags=re.M)[1:]]
    quoted = [r"“([^“”]+)”", r"“(.+)”", r'"([^"]+)"', r'"(.+)"', r"> (.+)"]
    return [(item, [words for each in quoted for words in re.findall(each, item)]) for item in items]


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
    made = {GUIDE: guide(), README: front_page(README.read_text(encoding="utf-8"))}
    stale = [
        path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if options.check:
            words = "does not match its sources: run `python -m tools.notebooks.instructors`"
            print(f"{path.name} {words}", file=sys.stderr)
        else:
            path.write_text(made[path], encoding="utf-8", newline="\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
