"""What to do about an error that has nothing to do with reinforcement learning, in a sentence or two."""

import errno
import importlib.metadata
import re

COURSE = "rl-helpers"
INSTALL = "close JupyterLab and start it with `make lab`, which installs what is missing"
MOVED = {
    "show": "notebook.show",
    "ready": "notebook.setup_report",
    "trouble": "notebook.advice",
    "paths": "notebook.paths",
    "published": "notebook.published",
    "palette": "plots.palette",
    "diagrams": "plots.diagrams",
    "diagrams_algorithms": "plots.algorithm_map",
    "deeds": "worlds.greedy_episode.describe_episode",
    "model": "worlds.transition_model",
    "bug_clinic": "exercises.tasks.bug_clinic",
    "breakout.reading": "breakout.game.reading",
    "breakout.tracking": "breakout.game.tracking",
    "breakout.flight": "breakout.game.flight",
    "breakout.paddle": "breakout.game.paddle",
    "breakout.misses": "breakout.game.misses",
}
"""Where in `rl_helpers` things stand now that older notebooks import, by their old names."""

NO_DISPLAY = (
    "video device",
    "x11 not available",
    "cannot connect to X",
    "couldn't connect to display",
    "DISPLAY",
)


def advice(error):
    """Return what a learner can do about an error of the set-up, or "" if it is none.

    Args:
        error: an exception, as it came.

    >>> advice(NameError("name 'bob' is not defined", name="bob"))
    'The cell that makes `bob` has not run since the kernel started: choose Run › Run All Above...
    >>> advice(ZeroDivisionError("division by zero"))
    ''
    """
    for explain in (_moved, _package, _version, _name, _world, _disk, _display):
        words = explain(error)
        if words:
            return words
    return ""


def unfit_packages():
    """Return name → words of the packages whose version is not one the course was made for."""
    from packaging.requirements import Requirement

    unfit = {}
    for each in map(Requirement, importlib.metadata.requires(COURSE) or ()):
        if each.marker is not None and not each.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(each.name)
        except importlib.metadata.PackageNotFoundError:
            continue  # A missing package says so itself.
        if not each.specifier.contains(version, prereleases=True):
            unfit[each.name] = f"{each.name} is {version}, the course needs {each.specifier}"
    return unfit


def _moved(error):
    """Say where a thing stands now that a notebook of an older course imports by its old name."""
    if isinstance(error, AttributeError):
        asked = f"{getattr(error.obj, '__name__', '')}.{error.name}"
    elif isinstance(error, ImportError):
        name = re.match(r"cannot import name '(\w+)'", str(error))
        asked = f"{error.name}.{name[1]}" if name else str(error.name)
    else:
        return ""
    old = asked.removeprefix("rl_helpers.")
    if old == asked or old not in MOVED:
        return ""
    package, _, now = f"rl_helpers.{MOVED[old]}".rpartition(".")
    before = old.rpartition(".")[2]
    line = f"from {package} import {now}" + (f" as {before}" if before != now else "")
    return (
        f"`{asked}` has moved: write `{line}`. This notebook is older than the course in this folder; "
        "`make update` brings the new one and keeps your answers."
    )


def _package(error):
    if not isinstance(error, ModuleNotFoundError):
        return ""
    name = (error.name or "").partition(".")[0]
    if name == "ale_py":
        return (
            f"Atari is not installed for this kernel: {INSTALL}. Notebooks 00 to 06 work without it, "
            "but for the cells of 02 that look at Atari's screen."
        )
    return (
        f"This kernel does not know `{name}`: choose Kernel › Change Kernel › Python 3 (ipykernel). "
        f"If that does not help, {INSTALL}."
    )


def _version(error):
    """Explain what fails where packages do not fit together; before `_world`, whose worlds may be newer."""
    kinds = ImportError | AttributeError | TypeError
    if not (isinstance(error, kinds) or type(error).__module__.startswith("gymnasium.")):
        return ""
    unfit = unfit_packages()
    return f"{'; '.join(unfit.values())}: {INSTALL}." if unfit else ""


def _name(error):
    if not isinstance(error, NameError) or isinstance(error, UnboundLocalError) or not error.name:
        return ""
    return (
        f"The cell that makes `{error.name}` has not run since the kernel started: "
        "choose Run › Run All Above Selected Cell, then run this cell again. "
        "Exercises you have solved stay solved. If no cell makes it, look at how it is spelled."
    )


def _world(error):
    if type(error).__name__ not in ("NamespaceNotFound", "NameNotFound"):
        return ""
    if type(error).__name__ == "NameNotFound" and re.search(r"namespace (Bob|ALE)\b", str(error)):
        return (
            "There is no world of this name: look at how it is spelled; the message may name a similar one."
        )
    if "Bob" in str(error):
        return "Bob's worlds are not known yet: run the notebook's first cell, which imports rl_helpers."
    if "ALE" in str(error):
        return f"Atari's games are not known yet: run the cell with `import ale_py`. If it fails, {INSTALL}."
    return ""


def _disk(error):
    if not isinstance(error, OSError):
        return ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            "The disk is full: make room, for instance in notebooks/output, and run this cell again. "
            "What was saved before is as it was."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            "You may not write there: copy the course to a folder of your own and open it from there. "
            "Everything in this kernel is still here; only the file was not written."
        )
    return ""


def _display(error):
    if type(error).__name__ not in ("error", "TclError") or not any(
        word in str(error) for word in NO_DISPLAY
    ):
        return ""
    return (
        'This computer has no screen to open a window on: make the environment with render_mode="rgb_array" '
        "and show its picture with `show.picture(env.render(), alt=…)`."
    )
