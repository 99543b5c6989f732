"""What a notebook's text source says about itself: its question, its minutes, its sections, its exercises."""

import re
from dataclasses import dataclass

WORDS_A_MINUTE = 200
"""A text with new terms is read more slowly than a novel, and faster than it would be read aloud."""
CODE_LINES_A_MINUTE = 25
MINUTES_A_PICTURE = 0.3
MINUTES_A_CONTROL = 1.5
MINUTES_A_QUESTION = 0.5


@dataclass(frozen=True)
class Section:
    """A part of a notebook.

    Attributes:
        title: its heading.
        minutes: to read it, and to do its exercise.
        exercise_minutes: those marked `*About N minutes.*`, 0 if there is no exercise.
    """

    title: str
    minutes: float
    exercise_minutes: int


@dataclass(frozen=True)
class Lesson:
    """A notebook as its source tells it.

    Attributes:
        number: such as "05".
        title: such as "Q-learning".
        question: the bold line below the title.
        minutes: promised at the top.
        sections: its parts, in order.
    """

    number: str
    title: str
    question: str
    minutes: int
    sections: tuple


def read(path):
    """Return the `Lesson` of a source file, such as `notebooks/src/05_q_learning.md`.

    Raises:
        ValueError: if the source lacks its title, question or minutes.
    """
    text = path.read_text(encoding="utf-8")
    heading = re.search(r"^# (\d\d) (.+)$", text, re.M)
    question = re.search(r"^\*\*(.+\?)\*\*$", text, re.M)
    minutes = re.search(r"^About (\d+) minutes\.", text, re.M)
    if not (heading and question and minutes):
        raise ValueError(f"{path.name}: expected `# NN Title`, a bold question and `About N minutes.`")
    parts = re.split(r"^## (.+)$", text, flags=re.M)
    sections = tuple(_section(title, body) for title, body in zip(parts[1::2], parts[2::2], strict=True))
    return Lesson(heading[1], heading[2], question[1], int(minutes[1]), sections)


def _section(title, body):
    r"""Estimate what a part takes.

    >>> _section("Exercise: the loop", "*About 5 minutes.*\n" + "word " * 200).minutes
    6.0
    >>> _section("Code", "```{code-cell} ipython3\n" + "x = 1\n" * 25 + "```\n").minutes
    1.0
    """
    marked = re.search(r"^\*About (\d+) minutes?\.\*$", body, re.M)
    exercise_minutes = int(marked[1]) if marked else 0
    code = re.findall(r"^```\{code-cell\}.*?\n(.*?)^```", body, re.M | re.S)
    # What draws a picture is folded away: nobody needs to read it.
    shown = [cell for cell in code if "source_hidden: true" not in cell]
    n_lines = sum(len(cell.strip().splitlines()) for cell in shown)
    n_controls = body.count(":tags: [widget")
    n_pictures = sum("show." in cell for cell in code)
    n_questions = len(re.findall(r"^\*\*\d+\. ", body, re.M)) if title == "Quiz" else 0
    prose = re.sub(r"^```.*?^```$", "", body, flags=re.M | re.S)
    prose = prose.replace(marked[0], "") if marked else prose
    n_words = len(re.findall(r"\w+", re.sub(r"<[^>]+>|\$\$.*?\$\$", " ", prose, flags=re.S)))
    reading = n_words / WORDS_A_MINUTE + n_lines / CODE_LINES_A_MINUTE
    looking = n_pictures * MINUTES_A_PICTURE + n_controls * MINUTES_A_CONTROL
    thinking = n_questions * MINUTES_A_QUESTION + exercise_minutes
    return Section(title, reading + looking + thinking, exercise_minutes)
