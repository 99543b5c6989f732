"""The notebook for a learner's own world: made once from its source, and never written to again."""

import hashlib
import json

from rl_helpers.notebook.course import SOURCES
from rl_helpers.notebook.paths import ROOT
from rl_helpers.notebook.show import Shown

NAME = "my_world.ipynb"
OPEN_IT = "open it in the list of files, beside this notebook."


def make(number=None, *, folder=ROOT / "notebooks", template=SOURCES / "my_world.py"):
    """Make the learner's own notebook, if it is not there yet.

    It is no part of the course: git ignores it, so no update touches it.

    Args:
        number: how many times a button was pressed, for `widgets.push_button`; not looked at.
        folder: where to.
        template: the source, cells begin with `# %%`, those with text with `# %% [markdown]`.

    Returns:
        A sentence that says where it is, or why it could not be made.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made, again = [make(folder=Path(folder)) for _ in range(2)]
    >>> made
    my_world.ipynb is made: open it in the list of files, beside this notebook.
    >>> again
    my_world.ipynb is there already, and stays as it is: open it in the list of files, beside this notebook.
    """
    try:
        with (folder / NAME).open("x", encoding="utf-8") as file:  # "x": never over a file that is there
            json.dump(_notebook(template.read_text(encoding="utf-8")), file, ensure_ascii=False, indent=1)
            file.write("\n")
    except FileExistsError:
        sentence = f"{NAME} is there already, and stays as it is: {OPEN_IT}"
    except OSError as error:
        why = error.strerror or error
        sentence = f"{NAME} cannot be made ({why}): copy the course to a folder that you may write to."
    else:
        sentence = f"{NAME} is made: {OPEN_IT}"
    return Shown(f"<p>{sentence.replace(NAME, f'<code>{NAME}</code>')}</p>", sentence)


def _notebook(text):
    """Return a notebook of the cells in a text."""
    cells = []
    for part in text.split("# %%")[1:]:
        is_text = part.startswith(" [markdown]")
        lines = part.partition("\n")[2].strip("\n").split("\n")
        source = (
            "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)
            if is_text
            else "\n".join(lines)
        )
        cell = {"cell_type": "markdown" if is_text else "code", "metadata": {}, "source": source}
        cell["id"] = hashlib.sha256(f"{len(cells)} {source}".encode()).hexdigest()[:8]
        cells.append(cell if is_text else cell | {"execution_count": None, "outputs": []})
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
