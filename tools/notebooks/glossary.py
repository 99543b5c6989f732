"""Makes notebooks/GLOSSARY.md of the terms in bold: `python -m tools.notebooks.glossary`; `--check` compares.

In the text of a notebook a term stands in bold where it is defined, and nowhere else. What is bold for other
reasons is known by its place (the question below the title, goals, quiz, recap) or by its end (`**Right.**`,
`**Next:**`). Everything else in bold is a term, and the sentence it stands in is its definition.
"""

import argparse
import re
import sys
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "notebooks" / "src"
GLOSSARY = ROOT / "notebooks" / "GLOSSARY.md"
MADE = "<!-- Made by `make notebooks`: edit the sentences in notebooks/src. -->"

NO_TERMS_IN = ("Quiz", "Recap", "What you have solved")
"""Sections whose bold is not read: it marks questions, answers, and terms that are defined already."""

EVERYDAY = {
    "action": "01 asks for a guess before it names the loop's parts",
    "memory": "the computer's memory, and Bob's",
    "model": "00 links a model of a data centre",
    "return": "functions return values, too",
    "reward": "00 says in a sentence what the course is about",
    "value": "functions return values, too",
}
"""Terms that may also stand before their definition, each with the reason."""

KEEP_THEIR_CAPITAL = (
    *("Boltzmann exploration", "Markov property", "Markov decision process", "Monte Carlo control"),
    *("Gymnasium", "Dyna-Q", "Dyna-Q+", "Bellman equation"),
)

_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.M | re.S)
_MATH = re.compile(r"\$\$.*?\$\$", re.S)
_CODE = re.compile(r"`[^`\n]+`")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S)
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\")]*\s+(?=[“\"(*\[]*(?:·|[^\W\d_a-z]))")


class Block(NamedTuple):
    """A paragraph, an entry of a list, or a row of a table.

    Attributes:
        notebook: stem of its source, such as "05_q_learning".
        title: of the notebook, such as "05 Q-learning".
        section: title of the part of level 2 it stands in, empty before the first.
        text: in one line.
    """

    notebook: str
    title: str
    section: str
    text: str


class Term(NamedTuple):
    """A term with its definition.

    Attributes:
        name: as it stands in bold.
        sentence: that it stands in.
        notebook: stem of the source.
        title: of the notebook.
        place: number of the block, counted over all notebooks, and of the character in it.
    """

    name: str
    sentence: str
    notebook: str
    title: str
    place: tuple


def blocks(folder=SOURCES):
    """Return the blocks of all notebooks in teaching order, without code, formulas and headings."""
    found = []
    for path in sorted(Path(folder).glob("*.md")):
        text = re.sub(r"\A---\n.*?^---$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
        text = _MATH.sub("", _FENCE.sub("", text))
        title, section = path.stem, ""
        for piece in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\n(?=[|#])", text):
            line = " ".join(piece.split())
            if line.startswith("## "):
                section = line.removeprefix("## ")
            elif line.startswith("# "):
                title = line.removeprefix("# ")
            elif line and not line.startswith("#") and not re.fullmatch(r"[-+|: ]+", line):
                found.append(Block(path.stem, title, section, line))
    return found


def terms(pieces=None):
    """Return all `Term`s in the order in which they are defined."""
    found = []
    for number, block in enumerate(blocks() if pieces is None else pieces):
        if (
            block.section.removeprefix("Further: ") in NO_TERMS_IN
            or _is_goal(block)
            or "<summary>" in block.text
        ):
            continue
        for bold in _BOLD.finditer(_masked(block.text)):
            name = block.text[slice(*bold.span(1))].strip()
            if name[-1] not in ".:?!" and re.search(r"[^\W\d_]", name):
                sentence, start = _sentence(block.text, bold.start())
                found.append(Term(name, sentence, block.notebook, block.title, (number, start)))
    return found


def _masked(text):
    """Return a text with its inline code blotted out, as long as before: `2**3` is not bold."""
    return _CODE.sub(lambda code: "·" * len(code[0]), text)


def _plain(text):
    """Return a text without its bold; what is code stays as it is."""
    return re.sub(rf"({_CODE.pattern})|\*\*", lambda found: found[1] or "", text)


def _is_goal(block):
    """Return whether a block is a goal of the notebook, or the question below its title."""
    return not block.section and (block.text.startswith("- **") or block.text.startswith("**"))


def _sentence(text, at):
    """Return the sentence around a place, as it stands in the glossary, and where it begins."""
    if text.startswith("|"):
        cells = [cell.strip() for cell in text.strip("| ").split("|")]
        return _plain(": ".join(filter(None, cells[:2]))), 0
    start = re.match(r"(?:[-*]|\d+\.) ", text)
    ends = [start.end() if start else 0]
    ends += [end.end() for end in _SENTENCE_END.finditer(_masked(text))]
    begin = max(end for end in ends if end <= at)
    end = min((end for end in ends if end > at), default=len(text))
    return _plain(text[begin:end].strip()), begin


def key(name):
    """Return a term in lower case and the singular, by which two writings of it are one.

    >>> key("Standard errors"), key("Policies"), key("bias"), key("*Q*-table")
    ('standard error', 'policy', 'bias', 'q-table')
    """
    words = re.sub(r"[*“”\"\\]", "", name).lower().split()
    last = words[-1]
    if last.endswith("ies"):
        last = f"{last[:-3]}y"
    elif len(last) > 3 and last.endswith("s") and not last.endswith(("ss", "us", "is", "as")):
        last = last[:-1]
    return " ".join([*words[:-1], last])


def pattern(term_key):
    """Return what finds a term in a text: any case, singular or plural, with hyphens or spaces.

    >>> bool(pattern("time step").search("Two Time-steps.")), bool(pattern("policy").search("policing"))
    (True, False)
    """
    *first, last = re.split(r"[ -]", term_key)
    ends = f"{re.escape(last[:-1])}(?:y|ies)" if last.endswith("y") else f"{re.escape(last)}(?:s|es)?"
    return re.compile(rf"(?<![\w-]){'[ -]'.join([*map(re.escape, first), ends])}(?![\w-])", re.I)


def problems(pieces=None):
    """Return sentences on terms that are defined twice, too briefly, or used before their definition."""
    pieces = blocks() if pieces is None else pieces
    defined, found = {}, []
    for term in terms(pieces):
        if key(term.name) in defined:
            before = defined[key(term.name)]
            found.append(
                f"{term.notebook}: “{term.name}” is defined in {before.notebook} already: use italics"
            )
            continue
        defined[key(term.name)] = term
        if len(term.sentence.split()) < 5 or term.sentence.endswith(":"):
            found.append(f"{term.notebook}: “{term.sentence}” does not say what {term.name} is")
    prose = [_CODE.sub("", re.sub(r"\]\([^)]*\)", "]", block.text)) for block in pieces]
    for name, term in defined.items():
        if name in EVERYDAY:
            continue
        for number, block in enumerate(pieces[: term.place[0] + 1]):
            text = prose[number]
            if number == term.place[0]:
                text = block.text[: term.place[1]]
            if not _is_goal(block) and not block.text.startswith("**Next:") and pattern(name).search(text):
                found.append(
                    f"{block.notebook}: “{term.name}” is used before it is defined in {term.notebook}: "
                    f"“{block.text[:70]}…”"
                )
                break
    return found


def glossary(pieces=None):
    """Return the text of the glossary."""
    first = {}
    for term in terms(pieces):
        first.setdefault(key(term.name), term)
    ordered = sorted(first.values(), key=lambda term: _spelled(term.name))
    parts = [
        "# Glossary",
        MADE,
        "What the terms of this course mean, each in the sentence that defines it, and the notebook where it "
        "stands.",
    ]
    for letter, group in groupby(ordered, key=lambda term: _spelled(term.name)[0].upper()):
        parts.append(f"## {letter}")
        parts.append("\n".join(map(_entry, group)))
    return "\n\n".join(parts) + "\n"


def _spelled(name):
    """Return what a term is sorted by: Greek letters as they are spoken, no signs before the first letter."""
    spoken = {"ε": "epsilon", "α": "alpha", "γ": "gamma", "τ": "tau", "κ": "kappa"}
    text = "".join(spoken.get(letter, letter) for letter in key(name))
    return re.sub(r"^\W+", "", text)


def _entry(term):
    # A name keeps its capital, a word that only began a sentence does not.
    is_name = re.match(r"[A-Z]{2}|[A-Z]-", term.name) or term.name in KEEP_THEIR_CAPITAL
    name = term.name if is_name else term.name[0].lower() + term.name[1:]
    return f"- **{name}**: {term.sentence} ([{term.title}]({term.notebook}.ipynb))"


def main(arguments=None):
    """Write the glossary and print what is wrong with its terms, or compare it; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks.glossary", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args(arguments).check
    text = glossary()
    if check:
        fresh = GLOSSARY.is_file() and GLOSSARY.read_text(encoding="utf-8") == text
        if not fresh:
            words = "does not match its sources: run `python -m tools.notebooks.glossary`"
            print(f"{GLOSSARY.name} {words}", file=sys.stderr)
        return 0 if fresh else 1
    GLOSSARY.write_text(text, encoding="utf-8", newline="\n")
    for problem in problems():
        print(problem, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
