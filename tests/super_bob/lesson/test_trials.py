"""What notebook 12 stores is made by commands that can be run again."""

import json

import pytest

from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.lesson.alley import REWARD_SETTINGS
from rl_helpers.super_bob.levels import parse_level
from tools.trials import hardness, new_levels, rewards

SHORT = parse_level("B....F\n######")


def rows_of(name):
    found = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found if isinstance(found, list) else found["rows"]


def test_a_row_of_rewards_counts_every_game_once(monkeypatch):
    monkeypatch.setattr(rewards, "ALLEY", SHORT)
    monkeypatch.setattr(rewards, "N_GAMES", 10)
    monkeypatch.setattr(rewards, "MOST", 20)
    row = rewards.row("as it is", 1, {}, 5_000)
    assert row["finished"] + row["died"] + row["waiting"] == 10
    assert (row["rewards"], row["seed"], row["decisions"]) == ("as it is", 1, 5_000)


def test_a_row_of_new_levels_has_both_kinds_and_both_ways(monkeypatch):
    monkeypatch.setattr(new_levels, "N_TESTED", 4)
    monkeypatch.setattr(new_levels, "MOST", 20)
    row = new_levels.row(1, 1, [SHORT, SHORT], [SHORT], n_decisions=100)
    assert {name for name in row if "," in name} == {
        f"{which}, {how}" for which in ("trained", "new") for how in ("greedy", "drawn")
    }


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("super_bob_rewards.json", {("rewards", name) for name in REWARD_SETTINGS}),
        ("super_bob_new_levels.json", {("levels", number) for number in new_levels.NUMBERS}),
    ],
)
def test_what_is_stored_has_every_setting_with_several_seeds(name, keys):
    rows = rows_of(name)
    for key, value in keys:
        assert len({row["seed"] for row in rows if row[key] == value}) >= 2, (name, value)


def test_hardness_is_that_of_the_level():
    (meadow,) = (row for row in rows_of("super_bob_hardness.json") if row["level"] == "meadow")
    again = hardness.hardness("meadow", 512)
    assert {name: value for name, value in again.items() if "random" not in name} == {
        name: value for name, value in meadow.items() if "random" not in name
    }
