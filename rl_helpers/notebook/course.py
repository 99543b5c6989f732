"""The notebooks that there are: the one list of what the course holds, read from their sources."""

import re
from typing import NamedTuple

from rl_helpers.notebook.paths import ROOT

SOURCES = ROOT / "notebooks" / "src"


class Notebook(NamedTuple):
    """A notebook of the course.

    Attributes:
        number: such as "05".
        title: such as "Q-learning".
        text: its source.
    """

    number: str
    title: str
    text: str


def notebooks(folder=SOURCES):
    """Return the `Notebook`s of the course in teaching order.

    Args:
        folder: with their sources.

    Raises:
        FileNotFoundError: if it holds none.

    >>> notebooks()[0][:2]
    ('00', 'Start here')
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("[0-9][0-9]_*.md"))]
    titles = [re.search(r"^# (\d\d) (.+)$", text, re.M) for text in texts]
    found = [Notebook(*title.groups(), text) for title, text in zip(titles, texts, strict=True) if title]
    if not found:
        raise FileNotFoundError(
            f"{folder.name} holds no notebook `# NN Title`: copy the course with all of its folders"
        )
    return found


def in_words(folder=SOURCES):
    """Return what a map of the course shows, for those who cannot see it.

    >>> in_words()[:55]
    'Map of the course, a path of stations: 00 Start here, 0'
    """
    listed = ", ".join(f"{each.number} {each.title}" for each in notebooks(folder))
    return f"Map of the course, a path of stations: {listed}."


def where(term, code, folder=SOURCES):
    """Return the number of the notebook that teaches something: its text defines the term, its code runs it.

    Args:
        term: such as "SARSA"; it is defined where it is the title, or stands in bold for the first time.
        code: a name that stands in its code, such as "SarsaAgent".
        folder: with the notebooks' sources.

    Returns:
        Such as "06"; None if no notebook teaches it.

    >>> where("Q-learning", "QLearningAgent"), where("nonsense", "NonsenseAgent")
    ('05', None)
    """
    defined = re.compile(rf"^# \d\d {re.escape(term)}$|\*\*{re.escape(term)}\*\*", re.M | re.I)
    run = re.compile(rf"\b{re.escape(code)}\b")
    known = notebooks(folder)
    return next((each.number for each in known if defined.search(each.text) and run.search(each.text)), None)
