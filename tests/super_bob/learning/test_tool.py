"""The command measures what is missing, keeps each row, and goes on where it was stopped."""

import json

import pytest

from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.learning import Point, Training
from tools.super_bob import __main__ as command
from tools.super_bob import parts, training
from tools.super_bob.table import Table

GAP = parse_level("B......F\n####.###\n####.###")
SMALL = {"n_envs": 8, "rollout_steps": 16, "n_batches": 1, "hidden": (4,)}


@pytest.fixture
def output(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "output_path", lambda name: tmp_path / name)
    return tmp_path


def test_a_row_is_kept_at_once_and_found_again(tmp_path):
    table = Table(tmp_path / "t.json")
    table.put("random", {"level": "meadow", "decisions": 3, "farthest": 2})
    table.put("random", {"level": "rooftops", "decisions": 3, "farthest": 1})
    again = Table(tmp_path / "t.json")
    assert again.has("random", {"level": "meadow", "decisions": 3})
    assert not again.has("random", {"level": "meadow", "decisions": 4})
    assert not again.has("levels", {"level": "meadow"})
    assert "numpy" in again.parts["random"][0]["made_with"]
    again.forget("random")
    assert not again.has("random", {"level": "meadow"})


def test_a_training_that_is_stopped_goes_on_the_next_time(output, monkeypatch):
    first = Training(GAP, 1_024, **SMALL)
    learn, n_left = first.agent.learn, [3]

    def stopped(rollout):
        n_left[0] -= 1
        if not n_left[0]:
            raise KeyboardInterrupt
        return learn(rollout)

    monkeypatch.setattr(first.agent, "learn", stopped)
    with pytest.raises(KeyboardInterrupt):
        training.trained("gap", first)
    assert len(list(output.iterdir())) == 2
    second = Training(GAP, 1_024, seed=1, **SMALL)
    assert training.trained("gap", second) == 1
    assert second.points[:2] == first.points
    assert [point.n_decisions for point in second.points] == list(range(128, 1_025, 128))
    assert not list(output.iterdir())
    assert training.trained("gap", Training(GAP, 128, **SMALL)) == 0


def test_a_curve_sums_up_the_games_of_its_points():
    points = [Point(100 * n, float(n), n, n // 2, n, 0.1) for n in range(1, 7)]
    assert training.curve(points, 2) == [[300, 3.0, round(2 / 6, 3), 3], [600, 6.0, round(7 / 15, 3), 6]]
    assert training.curve(points[:1]) == [[100, 1.0, 0.0, 1]]
    assert training.curve([Point(1, 1.0, 0, 0, 0, 0.1)]) == [[1, 1.0, None, 0]]


def test_the_command_writes_what_it_measures_once(tmp_path, monkeypatch, output):
    monkeypatch.setattr(command, "Table", lambda: Table(tmp_path / "t.json"))
    for name, value in {
        "TRAININGS": {("meadow", False): 200, ("meadow", True): 200},
        "SHIPPED_TRAININGS": {},
        "SEEDS": (1,),
        "PART_SEEDS": (1,),
        "PART_DECISIONS": 100,
        "PART_LEVEL": {"seed": 0, "difficulty": 1, "n_pieces": 1},
        "PART_SETTINGS": SMALL | {"curriculum": True},
        "FEWER": SMALL,
        "VIEW_DECISIONS": 100,
        "MOST": 20,
        "N_LEVELS": (1, 2),
        "N_NEW": 2,
        "RANDOM_LEVELS": {"difficulty": 1, "n_pieces": 1},
        "LEVELS_DECISIONS": 100,
        "N_RANDOM": 1_000,
    }.items():
        monkeypatch.setattr(parts, name, value)
    monkeypatch.setattr(training, "N_GAMES", 2)
    only = ["--only", "trainings", "without", "levels", "pixels", "random"]
    assert command.main(only) == 0
    written = (tmp_path / "t.json").read_text()
    told = json.loads(written)
    assert {row["without"] for row in told["without"]} == set(parts.WITHOUT)
    assert [row["levels"] for row in told["levels"]] == [1, 2]
    assert {row["view"] for row in told["pixels"]} == {"tiles", "pixels"}
    assert [row["curriculum"] for row in told["trainings"]] == [False, True]
    assert len(told["random"]) == 4
    assert command.main(only) == 0
    assert (tmp_path / "t.json").read_text() == written
    monkeypatch.setitem(parts.PARTS, "random", _stop)
    assert command.main(["--only", "random"]) == 130


def _stop(_):
    raise KeyboardInterrupt
