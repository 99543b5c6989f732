"""Brings the course up to date and keeps a learner's answers: `make update`. Needs git and Python alone.

What a learner changed and the update changes too is copied to `notebooks/output/answers/` before anything is
touched. Then git goes forward, and the answers are put into the new notebooks. A cell's id is made from what
the course wrote in it, so the cell with the same id in the new notebook is the one the answer belongs to.
Where an editor has given new ids, what a cell says, or the functions it defines, tell which one it was.
"""

import copy
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ANSWERS = Path("notebooks", "output", "answers")
BEFORE = "*From before the update, which changed this cell:*"


ALIKE = 0.5  # of two texts, at least, that are taken for one cell before and after a learner has changed it


class UpdateError(Exception):
    """Why the course cannot be updated, and what to do; nothing has been changed."""


class UnknownCellsError(Exception):
    """A learner's cells cannot be told from the course's."""


def git(root, *arguments, check=True):
    """Run git and return what it prints."""
    try:
        result = subprocess.run(
            ["git", *arguments],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",  # Files may have any name.
            env={**os.environ, "LC_ALL": "C"},  # What it says is read below.
            check=False,
        )
    except FileNotFoundError:
        raise UpdateError(
            "git is not installed: install it, or download the course anew beside this one"
        ) from None
    if "dubious ownership" in result.stderr:
        raise UpdateError(
            "this folder belongs to another user, so git does not touch it: if you trust it, allow it with "
            f"`git config --global --add safe.directory {shlex.quote(str(root))}`"
        )
    if check and result.returncode:
        raise UpdateError(f"git {arguments[0]}: {result.stderr.strip() or result.stdout.strip()}")
    return result.stdout if not result.returncode else ""


def paths(root, *arguments):
    """Return the paths that a git command lists with -z."""
    return {path for path in git(root, *arguments).split("\0") if path}


def look(root):
    """Fetch, and return what the learner and the update both changed.

    Returns:
        Paths of files, sorted, and the upstream commit; (None, None) if there is nothing new.

    Raises:
        UpdateError: if git cannot go forward.
    """
    if not (root / ".git").exists():
        raise UpdateError(
            "this folder is not a clone: download the course anew beside it, your work stays here"
        )
    if not git(root, "symbolic-ref", "--quiet", "HEAD", check=False):
        branch = git(root, "rev-parse", "--abbrev-ref", "origin/HEAD", check=False).strip().partition("/")[2]
        raise UpdateError(
            "this clone shows one state of the course and not a branch (a detached HEAD): "
            f"`git switch {branch or 'main'}`, then `make update` again; nothing has been changed"
        )
    if not git(root, "rev-parse", "--abbrev-ref", "@{upstream}", check=False):
        raise UpdateError(
            "this clone does not know where it came from: `git branch --set-upstream-to=origin/main`"
        )
    git(root, "fetch", "--quiet")
    new = git(root, "rev-parse", "@{upstream}").strip()
    if not git(root, "rev-list", "-1", f"HEAD..{new}"):
        return None, None
    if git(root, "rev-list", "-1", f"{new}..HEAD"):
        raise UpdateError("you have commits of your own: merge with `git merge`, nothing has been changed")
    if git(root, "ls-files", "--unmerged"):
        raise UpdateError(
            "a merge is not finished: finish it or `git merge --abort`, nothing has been changed"
        )
    theirs = paths(root, "diff", "--name-only", "--no-renames", "-z", "HEAD", new)
    mine = paths(root, "diff", "--name-only", "--no-renames", "-z", "HEAD")
    return sorted(theirs & (mine | paths(root, "ls-files", "--others", "-z"))), new


def keep(root, names, folder):
    """Copy files to a folder and make sure that the copies are whole."""
    for name in names:
        source, target = root / name, folder / name
        if not source.is_file():
            continue  # The learner deleted it.
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "xb") as file:
            file.write(source.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        if target.read_bytes() != source.read_bytes():
            raise OSError(f"{target} is not a whole copy")


def go_forward(root, names, folder, new):
    """Let git update; if it does not, everything is as it was."""
    try:
        for name in names:
            (root / name).unlink(missing_ok=True)
        tracked = sorted(set(names) & paths(root, "ls-tree", "-r", "--name-only", "-z", "HEAD"))
        if tracked:
            git(root, "checkout", "--quiet", "HEAD", "--", *tracked)
        git(root, "merge", "--quiet", "--ff-only", new)
    except BaseException:
        for name in names:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, root / name)
            else:
                (root / name).unlink(missing_ok=True)
        raise


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


def bring_answers(root, name, folder, old):
    """Put the answers of a kept notebook into the new one; returns a sentence about it."""
    kept = (folder / name).relative_to(root).as_posix()
    if Path(name).suffix != ".ipynb" or not (root / name).is_file():
        return f"{name} is the course's new one now. Yours is {kept}."
    fresh = root / f"{name}.new"
    try:
        mine, new = (json.loads(path.read_text("utf-8")) for path in (folder / name, root / name))
        merged, quoted = carry_over(mine, json.loads(old), new)
        fresh.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
        os.replace(fresh, root / name)
    except UnknownCellsError:
        return (
            f"{name} is the course's new one now, without your answers: an editor has given its cells other "
            f"ids, so they could not be told from the course's. Yours is {kept}: open it beside that."
        )
    except (ValueError, KeyError, TypeError):
        return f"{name} is the course's new one now. Yours could not be read as a notebook; it is {kept}."
    except OSError as error:
        fresh.unlink(missing_ok=True)
        return f"{name} is the course's new one now, without your answers ({error}). Yours is {kept}."
    words = f" {quoted} of your cells changed in the course too and are quoted beside it." if quoted else ""
    return f"{name} is the new one with your answers in it.{words} As it was before: {kept}."


def update(root=ROOT):
    """Update the course; returns sentences about what happened.

    Raises:
        UpdateError: if it could not be updated; nothing has been changed.
        OSError: if the answers could not be copied; nothing has been changed.
    """
    names, new = look(root)
    if names is None:
        return ["The course is up to date."]
    folder, number = root / ANSWERS / time.strftime("%Y-%m-%d-%H%M%S"), 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{folder.name[:17]}-{number}")
    keep(root, names, folder)
    olds = {name: git(root, "show", f"HEAD:{name}", check=False) for name in names if name.endswith(".ipynb")}
    go_forward(root, names, folder, new)
    said = [bring_answers(root, name, folder, olds.get(name)) for name in names if (folder / name).is_file()]
    return ["The course is up to date now.", *said]


def main(root=ROOT):
    """Update and say what happened; returns the exit status."""
    try:
        print(*update(root), sep="\n")
    except (UpdateError, OSError) as error:
        print(f"Not updated: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
