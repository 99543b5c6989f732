"""Carries a learner's answers into a new version of a notebook, cell by cell. Needs Python alone.

A cell's id is made from what the course wrote in it, so the cell with the same id in the new notebook is the
one that an answer belongs to. Where an editor has given new ids, what a cell says, or the functions it
defines, tell which one it was.
"""

import copy
import difflib
import json
import re

BEFORE = "*From before the update, which changed this cell:*"
ALIKE = 0.5  # of two texts, at least, that are taken for one cell before and after a learner has changed it
SHARED = (
    0.25  # of a notebook's cells, at least, that are in another one which is taken for it under a new name
)


class UnknownCellsError(Exception):
    """A learner's cells cannot be told from the course's."""


def text(cell):
    """Return what a cell says."""
    return "".join(cell["source"])


def origins(mine, old):
    """Return the number in `old` of each number in `mine` that is not added; UnknownCellsError if unsure."""
    found = {}

    def names(cell):
        return re.findall(r"^(?:async def|def|class) (\w+)", text(cell), re.MULTILINE)

    def same_id(one, other):
        return one.get("id") == other["id"]

    def same_text(one, other):
        return text(one) == text(other) and text(one).strip()

    def same_names(one, other):
        return names(one) and names(one) == names(other)

    def like_no_other(cell, other):
        others = [each for each in old if each is not other]
        return same_id(cell, other) and not any(same_text(cell, e) or same_names(cell, e) for e in others)

    def free():
        return [place for place in range(len(old)) if place not in found.values()]

    def match(is_same):
        for number, cell in enumerate(mine):
            if number not in found:
                last = max((found[n] for n in found if n < number), default=-1)
                # Of several the next one, for the order has most likely stayed.
                left = sorted(free(), key=lambda place: place <= last)
                found.update([(number, place) for place in left if is_same(cell, old[place])][:1])

    match(lambda cell, other: same_id(cell, other) and same_text(cell, other))
    texts = {text(old[place]) for place in free()} - {""}
    ids_hold = len(found) >= sum(n not in found and text(cell) in texts for n, cell in enumerate(mine))
    if ids_hold:
        match(lambda cell, other: same_id(cell, other) and same_names(cell, other))
        match(like_no_other)
    match(same_text)
    match(same_names)
    if ids_hold:
        match(same_id)
    for number, cell in enumerate(mine):
        if number in found or not text(cell).strip():
            continue
        before = max((found[n] for n in found if n < number), default=-1)
        after = min((found[n] for n in found if n > number and found[n] > before), default=len(old))
        left = [place for place in free() if before < place < after]
        alike = {p: difflib.SequenceMatcher(None, text(old[p]), text(cell)).ratio() for p in left}
        best = max(alike, key=alike.get, default=None)
        if left and alike[best] >= ALIKE and old[best]["cell_type"] == cell["cell_type"]:
            found[number] = best
        elif left and not ids_hold:
            raise UnknownCellsError
    return found


def carry_over(mine, old, new):
    """Put a learner's cells into a new version of a notebook.

    Args:
        mine: the learner's notebook, as JSON.
        old: the course's notebook that it was made from.
        new: the course's notebook as it is now.

    Returns:
        The new notebook with the answers in it, and how many of the cells that the learner had changed or
        added changed in the course as well: what they said is quoted in a cell of its own.
    """
    merged, was = copy.deepcopy(new), origins(mine["cells"], old["cells"])
    ids = {cell["id"] for cell in old["cells"]}
    cells, taken, quoted, place = merged["cells"], set(), 0, 0
    for number, cell in enumerate(copy.deepcopy(mine["cells"])):
        before = old["cells"][was[number]] if number in was else None
        name = cell.get("id", "own") if before is None else before["id"]
        is_known = before is not None or name not in ids
        at = next((n for n, each in enumerate(cells) if is_known and each["id"] == name), None)
        if at is not None:
            place = at + 1
        if not text(cell).strip() or (before is not None and text(before) == text(cell)):
            continue
        if at is not None and name not in taken:
            taken.add(name)
            # Its id, its tags and slide marks are the course's.
            cells[at] = cell | {"id": name, "metadata": cells[at]["metadata"]}
            continue
        if at is None and before is not None:
            quoted += 1
            words = f"{BEFORE}\n\n````python\n{text(cell)}\n````"
            cell = {"cell_type": "markdown", "metadata": {}, "source": words}
        cell["id"], further = name, 1
        while any(each["id"] == cell["id"] for each in cells):
            further += 1
            cell["id"] = f"{name[:50]}-{further}"
        taken.add(cell["id"])
        cells.insert(place, cell)
        place += 1
    return merged, quoted


def new_name(name, old, added):
    """Return what a notebook is called now that the course has it under its old name no more.

    Args:
        name: its path.
        old: the text that it had, as the course wrote it.
        added: from the paths of the notebooks that are new to their texts.

    Returns:
        before, after = ({each["id"] for each in json.loads(text)["cells"]} for text in (old, added[other]))
        there is none.
    """

    def likeness(other):
        titles = [re.sub(r"\d+", "", path) for path in (name, other)]
        before, after = (
            {cell.get("id") for cell in json.loads(text)["cells"]} for text in (old, added[other])
        )
        return titles[0] == titles[1], len(before & after) / max(1, len(before))

    best = max(added, key=likeness, default=name)
    return best if best in added and max(likeness(best)) >= SHARED else name
