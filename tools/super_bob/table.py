"""The file of results: a row is written as soon as it is measured, and found again."""

import importlib.metadata
import json
import platform

from rl_helpers.notebook.paths import DATA

RESULTS = DATA / "super_bob.json"


class Table:
    """The rows of the file, by part; each is known by what was asked for.

    Args:
        path: of the file.
    """

    def __init__(self, path=RESULTS):
        self.path = path
        self.parts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def has(self, part, asked):
        """Return whether a row stands there that answers what is asked."""
        return any(asked.items() <= row.items() for row in self.parts.get(part, ()))

    def put(self, part, row):
        """Add a row and write the file."""
        print(part, {name: value for name, value in row.items() if name != "curve"}, flush=True)
        self.parts.setdefault(part, []).append(row | {"made_with": versions()})
        self.write()

    def replace(self, part, asked, row):
        """Put a row in the place of the one that answers what is asked, or behind all others."""
        rows = self.parts.setdefault(part, [])
        kept = [n for n, each in enumerate(rows) if asked.items() <= each.items()]
        place = kept[0] if kept else len(rows)
        rows[place : place + 1] = [asked | row | {"made_with": versions()}]
        self.write()

    def forget(self, part):
        """Take out all rows of a part."""
        self.parts.pop(part, None)

    def write(self):
        """Write the file: a row a line, so that changes can be read."""
        parts = (
            f"{json.dumps(part)}: [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
            for part, rows in self.parts.items()
        )
        self.path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def versions():
    """Return what the numbers depend on, in one string."""
    named = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("gymnasium", "numpy"))
    return f"Python {platform.python_version()} {named} {platform.machine()}"
