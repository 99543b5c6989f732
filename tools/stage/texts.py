"""What a slide says of a text: its key sentences; the speaker tells the others."""

import re

TOLD = '<span class="told">{}</span>'
"""Hides sentences on slides; in the notebook nothing is to be seen of it."""
WHOLE, SHORT, KEY = range(3)
"""How much of a text is shown: all; its first sentence and the key sentences; the key sentences alone."""
FEW = 40  # characters: with so short a first sentence goes the second, for alone it says nothing
SHOWN = (WHOLE, SHORT, KEY)
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\")]*\*{0,2}\s+(?=[“\"(*\[`]*(?:·|−|[^\W_a-z]))")
_LABEL = re.compile(r"(?:[-*] |\d+\. )?\*{1,2}[^*]+\*{1,2}")
_ITEM = re.compile(r"\n(?=[-*] |\d+\. )")
_QUESTION = re.compile(r"\*[^*]*\?\*")


def paragraphs(text):
    """Split Markdown where a slide may end; what belongs together stays so.

    >>> paragraphs("## A\\n\\nOne,\\ntwo:\\n\\n- three\\n\\n```\\nx\\n\\ny\\n```")
    ['## A', 'One,\\ntwo:', '- three', '```\\nx\\n\\ny\\n```']
    """
    parts = re.findall(
        r"<details>.*?</details>|```.*?^```|\$\$.*?\$\$|(?:[^\n]+\n?)+?(?=\n|\Z)", text, re.S | re.M
    )
    return [part.strip("\n") for part in parts if part.strip()]


def is_list(text):
    """Tell whether a paragraph is a list."""
    return bool(re.match(r"[-*] |\d+\. ", text))


def is_prose(text):
    """Tell whether a paragraph is made of sentences, so that some of them can be left out."""
    return not re.match(r"[#|>$<`]|\*\*\d+\. ", text)


def items(text):
    """Split a list into its items; any other text is one."""
    return _ITEM.split(text) if is_list(text) else [text]


def sentences(text):
    """Split a paragraph into its sentences, but never inside emphasis, code or brackets.

    >>> sentences("Try it. *Does it, J. Doe? Why?* See `a. B` (2nd ed. Wiley).")
    ['Try it.', '*Does it, J. Doe? Why?* See `a. B` (2nd ed. Wiley).']
    >>> sentences("**Stop.** This ends it. All is kept.")
    ['**Stop.** This ends it.', 'All is kept.']
    """
    found, begin = [], 0
    for end in _SENTENCE_END.finditer(text):
        part = text[begin : end.end()].rstrip()
        if _is_whole(part) and not re.search(r"\b[A-Z]\.$", part):
            found.append(part)
            begin = end.end()
    return [*found, text[begin:]] if text[begin:] else found


def _is_whole(part):
    return (
        part.count("*") % 2 == 0
        and part.count("`") % 2 == 0
        and part.count("$") % 2 == 0
        and part.count("(") == part.count(")")
        and part.count("[") == part.count("]")
        and part.count("“") == part.count("”")
        and not _LABEL.fullmatch(part)
    )


def is_key(sentence):
    """Tell whether a sentence defines a term or asks a question, which both stand out."""
    return "**" in sentence or bool(_QUESTION.search(sentence))


def shortened(text, shown, is_lead_told=False):
    """Hide what a slide does not show of a text, each run of sentences in a `TOLD`.

    Args:
        text: a paragraph.
        shown: one of `SHOWN`.
        is_lead_told: whether its last sentence is hidden.

    >>> shortened("One. Two. Three. A **bit** is one of two. Four.", SHORT)
    'One. Two. <span class="told">Three.</span> A **bit** is one of two. <span class="told">Four.</span>'
    >>> visible(shortened("One. Two. A **bit** is one of two. Three.", KEY))
    'A **bit** is one of two.'
    """
    if not is_prose(text) or (shown == WHOLE and not is_lead_told):
        return text
    shown = SHORT if is_list(text) and shown != WHOLE else shown
    return "\n".join(_shortened(item, shown, is_lead_told) for item in items(text))


def _shortened(text, shown, is_lead_told):
    parts = sentences(text)
    keep = [shown == WHOLE or is_key(part) for part in parts]
    if is_list(text):
        keep = [number == 0 for number in range(len(parts))]
    elif shown == SHORT or not any(keep):
        keep[0] = True
        if shown == SHORT and len(parts[0]) < FEW:
            keep[:2] = [True] * len(keep[:2])
    if is_lead_told:
        keep[-1] = False
    told, pieces = [], []
    for part, kept in [*zip(parts, keep, strict=True), ("", True)]:
        if not kept:
            told.append(part)
            continue
        if told:
            pieces.append(TOLD.format(" ".join(told)))
            told = []
        pieces.append(part)
    return " ".join(pieces).rstrip()


def visible(text):
    """Return what is left of a shortened text on a slide."""
    return re.sub(r" {2,}", " ", re.sub(TOLD.format(".*?"), "", text, flags=re.S)).strip()
