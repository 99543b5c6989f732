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
        file: its name where it is built, such as "05_q_learning.ipynb".
    """

    number: str
    title: str
    text: str
    file: str


def notebooks(folder=SOURCES):
    """Return the `Notebook`s of the course in teaching order.

    Args:
        folder: with their sources.

    Raises:
        FileNotFoundError: if it holds none.

    >>> notebooks()[0][:2]
    ('00', 'Start here')
    """
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("[0-9][0-9]_*.md"))}
    titles = {path: re.search(r"^# (\d\d) (.+)$", text, re.M) for path, text in texts.items()}
    found = [
        Notebook(*title.groups(), texts[path], f"{path.stem}.ipynb")
        for path, title in titles.items()
        if title
    ]
    if not found:
        raise FileNotFoundError(
            f"{folder.name} holds no notebook `# NN Title`: copy the course with all of its folders"
        )
    return found


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
