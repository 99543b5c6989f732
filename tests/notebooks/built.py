"""The built notebooks, as parameters of tests."""

import nbformat
import pytest

from tools.notebooks import build

BUILT = sorted(build.BUILT.glob("*.ipynb"))
by_name = pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)
