"""The command measures what is missing, keeps each row, and goes on where it was stopped."""

import json

import numpy as np
import pytest

from rl_helpers.deep.files import save
from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.learning import Games, Point, Training, new_agent
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
    table.put("pixels", {"level": "meadow", "decisions": 3, "greedy": 2})
    table.put("pixels", {"level": "rooftops", "decisions": 3, "greedy": 1})
    again = Table(tmp_path / "t.json")
    assert again.has("pixels", {"level": "meadow", "decisions": 3})
    assert not again.has("pixels", {"level": "meadow", "decisions": 4})
    assert not again.has("without", {"level": "meadow"})
    assert "numpy" in again.parts["pixels"][0]["made_with"]
    again.forget("pixels")
    assert not again.has("pixels", {"level": "meadow"})


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


@pytest.mark.parametrize(("n_finished", "writes"), [(59, False), (60, True)])
def test_a_shipped_network_is_replaced_by_none_that_is_worse(output, monkeypatch, capsys, n_finished, writes):
    files = {name: output / f"shipped_{name}" for name in ("nightmare", "nightmare_early")}
    shipped = new_agent(1, seed=1)
    for path in files.values():
        save(shipped, path)
    before = files["nightmare"].read_bytes()
    monkeypatch.setattr(training, "network_file", files.get)
    monkeypatch.setattr(training, "load_agent", lambda name: {"nightmare": shipped}[name])
    sixty = Games(np.arange(100) < 60, *np.zeros((3, 100), int))
    monkeypatch.setattr(training, "play_games", lambda *asked: {(shipped, "nightmare", 100): sixty}[asked])
    new = Training(GAP, 128, **SMALL)
    monkeypatch.setattr(training, "EARLY", ("nightmare_early", 64))
    training.trained("gap", new, keeps_early=True)
    assert {path.read_bytes() for path in files.values()} == {before}
    assert training.ship(new.agent, "nightmare", n_finished) == writes
    assert all((path.read_bytes() != before) == writes for path in files.values())
    told = capsys.readouterr().out
    assert f"finishes {n_finished} of 100 games, the shipped one 60" in told
    assert ("was replaced" if writes else "stays") in told


def test_a_curve_sums_up_the_games_of_its_points():
    points = [Point(100 * n, float(n), n, n // 2, n, 0.1) for n in range(1, 7)]
    assert training.curve(points, 2) == [[300, 3.0, round(2 / 6, 3), 3], [600, 6.0, round(7 / 15, 3), 6]]
    assert training.curve(points[:1]) == [[100, 1.0, 0.0, 1]]
    assert training.curve([Point(1, 1.0, 0, 0, 0, 0.1)]) == [[1, 1.0, None, 0]]


def test_the_command_writes_what_it_measures_once(tmp_path, monkeypatch, output):
    monkeypatch.setattr(command, "Table", lambda: Table(tmp_path / "t.json"))
    for name, value in {
        "TRAININGS": {("meadow", False): 200, ("meadow", True): 200},
        "SHIPPED_TRAININGS": {("meadow", True): "meadow"},
        "SEEDS": (1, 2),
        "PART_SEEDS": (1,),
        "PART_DECISIONS": 100,
        "PART_LEVEL": {"seed": 0, "difficulty": 1, "n_pieces": 1},
        "PART_SETTINGS": SMALL | {"curriculum": True},
        "FEWER": SMALL,
        "VIEW_DECISIONS": 100,
        "MOST": 20,
    }.items():
        monkeypatch.setattr(parts, name, value)
    monkeypatch.setattr(training, "N_GAMES", 2)
    offered = []
    monkeypatch.setattr(parts, "ship", lambda agent, *network: offered.append(network))
    only = ["--only", "trainings", "without", "pixels"]
    assert command.main(only) == 0
    written = (tmp_path / "t.json").read_text()
    told = json.loads(written)
    assert {row["without"] for row in told["without"]} == set(parts.WITHOUT)
    assert {row["view"] for row in told["pixels"]} == {"tiles", "pixels"}
    assert [row["curriculum"] for row in told["trainings"]] == [False, False, True, True]
    assert offered == [("meadow", told["trainings"][2]["greedy"])]
    assert command.main(only) == 0
    assert (tmp_path / "t.json").read_text() == written
    monkeypatch.setitem(parts.PARTS, "pixels", _stop)
    assert command.main(["--only", "pixels"]) == 130


def _stop(_):
    raise KeyboardInterrupt
