"""What serves every game knows none of them, and no game knows another one."""

import ast
from pathlib import Path

import pytest

import rl_helpers

ROOT = Path(rl_helpers.__file__).parent
# A folder beside atari/ that uses it, whatever its name.
WORLDS = {path.parent.name: path.read_text(encoding="utf-8") for path in ROOT.glob("*/worlds.py")}
GAMES = sorted(name for name, text in WORLDS.items() if "rl_helpers.atari" in text)
ATARI = sorted((ROOT / "atari").rglob("*.py"))


def imported(path):
    """Return the names of all modules that a file imports, lazily or not."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", ATARI, ids=lambda path: path.stem)
def test_what_serves_every_game_names_none_and_nothing_in_it(path):
    text = path.read_text(encoding="utf-8").lower()
    assert [word for word in (*GAMES, "ball", "paddle", "brick") if word in text] == []


@pytest.mark.parametrize("game", GAMES)
def test_no_game_imports_another_one(game):
    others = tuple(f"rl_helpers.{other}" for other in GAMES if other != game)
    paths = list((ROOT / game).rglob("*.py"))
    assert len(paths) > 3
    for path in paths:
        assert [name for name in imported(path) if name.startswith(others)] == []


def test_what_serves_every_game_imports_no_game_and_nothing_above():
    above = "rl_helpers.breakout", "rl_helpers.pong", "rl_helpers.exercises", "rl_helpers.widgets", "tools"
    assert len(ATARI) > 5
    for path in ATARI:
        assert [name for name in imported(path) if name.startswith(above)] == []
