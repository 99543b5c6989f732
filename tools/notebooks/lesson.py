"""What a notebook says about itself: its question, its sections, its exercises, and the minutes it takes.

Minutes follow one rule, `RULE`, apart for the core and for what is marked *Further*.
"""

import itertools
import math
import re
from dataclasses import dataclass

import jupytext

WORDS_A_MINUTE = 150
"""New terms are read more slowly than a novel; some sentences are read twice."""
CODE_LINES_A_MINUTE = 12
MINUTES_A_PICTURE = 0.5
MINUTES_A_CONTROL = 2
MINUTES_A_QUESTION = 0.5
RULE = (
    f"{WORDS_A_MINUTE} words or {CODE_LINES_A_MINUTE} lines of open code a minute, half a minute for a "
    f"picture or a question of the quiz, {MINUTES_A_CONTROL} minutes for a control, and for an exercise what "
    "is written below its title; folded code is not counted"
)
"""How minutes are counted, in words, for README.md and INSTRUCTORS.md."""
ROUNDED_TO = 5
MOST_CORE_MINUTES = 45

FURTHER = "Further: "
"""How the title of a section begins that nothing later depends on; also, in small letters, a cell's tag."""
FURTHER_TAG = "further"
CLAIM = "claim"
"""Tag of a cell that asserts what the text says; it is folded."""
GLOSSARY_LINE = "Words are explained in the [glossary](GLOSSARY.md)."

PROMISE = re.compile(r"^About (\d+) minutes(?:, and (\d+) more for what is marked \*Further\*)?\.", re.M)
MARKED = re.compile(r"^\*About (\d+) minutes?\.\*$", re.M)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)


@dataclass(frozen=True)
class Section:
    """A part of a notebook.

    Attributes:
        title: its heading, without "Further: ".
        minutes: to read it, and to do its exercise.
        exercise_minutes: those marked `*About N minutes.*`, 0 if there is no exercise.
        further: whether nothing later depends on it.
    """

    title: str
    minutes: float
    exercise_minutes: int
    further: bool = False


@dataclass(frozen=True)
class Lesson:
    """A notebook as its source tells it.

    Attributes:
        number: such as "05".
        title: such as "Q-learning".
        question: the bold line below the title.
        minutes: of the core, promised at the top.
        further_minutes: of what is *Further*, promised at the top; 0 if nothing is.
        sections: its parts, in order; the first is what comes before all sections.
    """

    number: str
    title: str
    question: str
    minutes: int
    further_minutes: int
    sections: tuple

    def estimate(self, *, further):
        """Return the minutes of the core, or of what is *Further*, by the rule."""
        return sum(section.minutes for section in self.sections if section.further == further)


def read(path):
    """Return the `Lesson` of a source file, such as `notebooks/src/05_q_learning.md`.

    Raises:
        ValueError: if the source lacks its title, question or minutes.
    """
    return of(jupytext.read(path, fmt="md:myst"), path.name)


def of(notebook, name):
    """Return the `Lesson` of a notebook, as `read` does of its source.

    Args:
        notebook: its cells.
        name: what errors call it.
    """
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = re.search(r"^# (\d\d) (.+)$", text, re.M)
    question = re.search(r"^\*\*(.+\?)\*\*$", text, re.M)
    promised = PROMISE.search(text)
    if not (heading and question and promised):
        raise ValueError(f"{name}: expected `# NN Title`, a bold question and `About N minutes.`")
    parts = [("the opening", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            parts[-1][1].append(cell)
            continue
        before, *rest = split_at_sections(cell.source)
        parts[-1][1].append(before)
        parts += [(re.match(r"## +(.+)", each)[1], [each.partition("\n")[2]]) for each in rest]
    minutes = [int(each or 0) for each in promised.groups()]
    return Lesson(
        heading[1], heading[2], question[1], *minutes, tuple(map(_section, *zip(*parts, strict=True)))
    )


def split_at_sections(text):
    r"""Split Markdown before each heading of level 2; what comes before the first may be empty.

    >>> split_at_sections("One.\n\n## Two\n\nThree.\n\n```\n## no heading\n```")
    ['One.', '## Two\n\nThree.\n\n```\n## no heading\n```']
    """
    masked = FENCED.sub(lambda fence: "x" * len(fence[0]), text)
    starts = [0, *(match.start() for match in re.finditer(r"^## ", masked, re.M)), len(text)]
    return [text[start:end].strip("\n") for start, end in itertools.pairwise(starts)]


def _section(title, parts):
    r"""Estimate what a part takes.

    Args:
        title: its heading.
        parts: its texts, and its code cells.

    >>> _section("Exercise: the loop", ["*About 5 minutes.*\n\n" + "word " * 150]).minutes
    6.0
    """
    texts = "\n\n".join(part for part in parts if isinstance(part, str))
    minutes = sum(_code_minutes(part) for part in parts if not isinstance(part, str))
    marked = MARKED.search(texts)
    exercise_minutes = int(marked[1]) if marked else 0
    if title == "Quiz":
        minutes += len(re.findall(r"^\*\*\d+\. ", texts, re.M)) * MINUTES_A_QUESTION
    minutes += n_words(MARKED.sub("", texts)) / WORDS_A_MINUTE + exercise_minutes
    further = title.startswith(FURTHER)
    return Section(title.removeprefix(FURTHER), minutes, exercise_minutes, further)


def _code_minutes(cell):
    """Estimate a code cell: open code is read; what is drawn is looked at, what can be moved is moved."""
    tags = cell.metadata.get("tags", [])
    minutes = 0 if is_folded(cell) else len(cell.source.splitlines()) / CODE_LINES_A_MINUTE
    if "widget" in tags:
        return minutes + MINUTES_A_CONTROL
    return minutes + ("show." in cell.source) * MINUTES_A_PICTURE


def is_folded(cell):
    """Tell whether a code cell shows its first line alone."""
    return bool(
        CLAIM in cell.metadata.get("tags", []) or cell.metadata.get("jupyter", {}).get("source_hidden", False)
    )


def n_words(text):
    r"""Count the words of a text; formulas, code blocks, HTML tags and addresses of links are none.

    >>> n_words("Learning from *rewards*, as [others](https://example.org/a/b) do:\n\n$$\nr + v\n$$")
    6
    """
    text = FENCED.sub(" ", text.replace(GLOSSARY_LINE, ""))
    text = re.sub(r"\]\([^)]*\)|<[^>]+>|\$\$.*?\$\$", " ", text, flags=re.S)
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def promise(lesson):
    """Return the sentence about minutes that a notebook should have near its top.

    >>> promise(Lesson("05", "Q", "Why?", 0, 0, (Section("A", 41.2, 0), Section("B", 7.6, 0, further=True))))
    'About 40 minutes, and 10 more for what is marked *Further*.'
    """
    core, further = (rounded(lesson.estimate(further=each)) for each in (False, True))
    more = f", and {further} more for what is marked *{FURTHER.strip(': ')}*" if further else ""
    return f"About {core} minutes{more}."


def rounded(minutes):
    """Return minutes rounded to 5; what takes any time takes 5 at least."""
    return ROUNDED_TO * max(math.ceil(min(minutes, 1)), math.floor(minutes / ROUNDED_TO + 0.5))


def problems(lesson):
    """Say where a notebook takes longer than it may, or than it says; returns sentences."""
    found = []
    core = lesson.estimate(further=False)
    if core > MOST_CORE_MINUTES:
        longest = sorted(
            (each for each in lesson.sections if not each.further), key=lambda each: -each.minutes
        )
        named = ", ".join(f"{each.title!r} ({each.minutes:.1f})" for each in longest[:3])
        found.append(
            f"the core takes {core:.1f} minutes, {MOST_CORE_MINUTES} at most: shorten it, or mark sections "
            f"`## {FURTHER}…`; the longest are {named}"
        )
    told = lesson.minutes, lesson.further_minutes
    if told != tuple(rounded(lesson.estimate(further=each)) for each in (False, True)):
        found.append(f"the minutes near the top do not follow the rule: write `{promise(lesson)}`")
    return found
