"""The file that each test of films writes."""

import pytest


@pytest.fixture
def path(tmp_path):
    return tmp_path / "film.gif"
