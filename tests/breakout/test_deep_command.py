"""`make deep`: trains, is saved, goes on, is measured."""

import csv
from functools import partial

import numpy as np
import pytest

from rl_helpers.breakout import deep, field_agent
from rl_helpers.breakout.picture_player import PicturePlayer
from tools import deep_breakout


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    for name, value in {"hidden": (16, 8), "replay_size": 3_000, "learning_starts": 640, "n_envs": 8}.items():
        monkeypatch.setitem(field_agent.SETTINGS, name, value)
    monkeypatch.setattr(deep, "REFILL", 100)
    monkeypatch.setattr(deep_breakout, "ROUND", 400)
    monkeypatch.setattr(deep_breakout, "EPSILON", 1.0)  # who has learned nothing may never serve
    monkeypatch.setattr(deep_breakout, "N_GAMES", 3)
    monkeypatch.setattr(deep_breakout, "N_WATCHED", 2)
    monkeypatch.setattr(deep_breakout, "MILESTONES", (400,))
    monkeypatch.setattr(deep_breakout, "PicturePlayer", partial(PicturePlayer, epsilon=1.0))
    for name in ("RESULTS", "CURVE", "MEETINGS", "NETWORK"):
        monkeypatch.setattr(deep_breakout, name, tmp_path / f"{name}.out")


def test_a_training_is_saved_after_each_round_and_goes_on_from_there(tmp_path, capsys):
    path = deep_breakout.train(7, 1_000, 1.0, tmp_path)
    told = capsys.readouterr().out.splitlines()
    assert [line.split(",", 2)[0:2] for line in told] == [
        ["seed 7: 400 decisions", " 0.00 processor hours"],
        ["seed 7: 800 decisions", " 0.00 processor hours"],
        ["seed 7: 1", "000 decisions"],
    ]
    seconds = deep.Training(field_agent.new_agent(1_000, seed=7), seed=0).load(path)["seconds"]
    assert seconds > 0
    deep_breakout.train(7, 1_000, 1.0, tmp_path)
    assert capsys.readouterr().out == ""
    deep_breakout.train(7, 1_400, 1.0, tmp_path)
    assert capsys.readouterr().out.startswith("seed 7: 1,200 decisions")
    again = deep.Training(field_agent.new_agent(1_400, seed=7), seed=0)
    assert again.load(path)["seconds"] > seconds
    assert again.log.n_decisions == 1_400


def test_hours_end_a_training_at_the_end_of_a_round(tmp_path):
    path = deep_breakout.train(7, 10_000, 1e-9, tmp_path)
    training = deep.Training(field_agent.new_agent(10_000, seed=7), seed=0)
    training.load(path)
    assert training.log.n_decisions == 400


def test_the_command_writes_network_results_and_curve(tmp_path):
    arguments = ["--seeds", "1", "2", "--decisions", "800", "--folder", str(tmp_path / "deep"), "--jobs", "1"]
    deep_breakout.main(arguments)
    with deep_breakout.RESULTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["training_seed"], row["decisions"], row["games"]) for row in rows] == [
        ("1", "400", "3"),
        ("1", "800", "3"),
        ("2", "400", "3"),
        ("2", "800", "3"),
    ]
    best = max((rows[1], rows[3]), key=lambda row: float(row["mean"]))["training_seed"]
    with deep_breakout.MEETINGS.open(encoding="utf-8", newline="") as file:
        met = list(csv.DictReader(file))
    assert sum(int(row["misses"]) for row in met) == 2 * 5  # two games of five lives
    for row in rows:
        assert float(row["low"]) <= float(row["mean"]) <= float(row["high"])
        assert "numpy" in row["versions"]
        assert int(row["emulator_decisions_a_second"]) > 100
    agent = deep.Training(field_agent.new_agent(800, seed=1), seed=0)
    agent.load(tmp_path / "deep" / f"breakout_deep_{best}.npz")
    pictures = np.random.default_rng(0).integers(17, size=(4, 2, 41, 36)).astype(np.uint8)
    np.testing.assert_array_equal(
        field_agent.load_network(deep_breakout.NETWORK).q_values(pictures), agent.agent.q_values(pictures)
    )
