"""Brings the course up to date and keeps a learner's answers: `make update`. Needs git and Python alone.

What a learner changed and the update changes too is copied to `notebooks/output/answers/` before anything is
touched. Then git goes forward, and the answers are put into the new notebooks, whatever these are called now;
which cell an answer belongs to is found out in `answers.py`.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if not __package__:  # run as a file, by whatever Python there is
    sys.path.insert(0, str(ROOT))

from tools.answers import UnknownCellsError, carry_over, new_name  # noqa: E402

ANSWERS = Path("notebooks", "output", "answers")


class UpdateError(Exception):
    """Why the course cannot be updated, and what to do; nothing has been changed."""


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


def bring_answers(root, name, folder, old, now):
    """Put the answers of a kept notebook into the new one, called `now`; returns a sentence about it."""
    kept = (folder / name).relative_to(root).as_posix()
    if not (root / now).is_file():
        return f"The course has no {name} any more. Yours is {kept}."
    it = name if now == name else f"{name} is called {now} now. It"
    if Path(name).suffix != ".ipynb":
        return f"{it} is the course's new one now. Yours is {kept}."
    fresh = root / f"{now}.new"
    try:
        mine, new = (json.loads(path.read_text("utf-8")) for path in (folder / name, root / now))
        merged, quoted = carry_over(mine, json.loads(old), new)
        fresh.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
        os.replace(fresh, root / now)
    except UnknownCellsError:
        return (
            f"{it} is the course's new one now, without your answers: an editor has given its cells other "
            f"ids, so they could not be told from the course's. Yours is {kept}: open it beside that."
        )
    except (ValueError, KeyError, TypeError):
        return f"{it} is the course's new one now. Yours could not be read as a notebook; it is {kept}."
    except OSError as error:
        fresh.unlink(missing_ok=True)
        return f"{it} is the course's new one now, without your answers ({error}). Yours is {kept}."
    words = f" {quoted} of your cells changed in the course too and are quoted beside it." if quoted else ""
    return f"{it} is the new one with your answers in it.{words} As it was before: {kept}."


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
    added = paths(root, "diff", "--name-only", "--no-renames", "--diff-filter=A", "-z", "HEAD", new)
    added = sorted(name for name in added if name.endswith(".ipynb"))
    go_forward(root, names, folder, new)
    said = ["The course is up to date now."]
    for name in filter(lambda name: (folder / name).is_file(), names):
        old, now = olds.get(name), name
        if old and not (root / name).is_file():
            now = new_name(name, old, {each: (root / each).read_text("utf-8") for each in added})
        said.append(bring_answers(root, name, folder, old, now))
    return said


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
