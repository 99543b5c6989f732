"""What `data/deep_q.json` says of the recipe and of what was left out, and the command that writes it."""

import json

import numpy as np
import pytest

from rl_helpers.deep.q.recipes import CARTPOLE_WITHOUT
from rl_helpers.intervals import difference_interval
from tools import deep_q

KEPT = json.loads(deep_q.FILE.read_text(encoding="utf-8"))


def last(experiment, without, name):
    """Return what was measured at the end of a training, the runs of all batches in a row."""
    return np.concatenate([found[name][-1] for found in KEPT[experiment][without].values()])


def test_every_batch_has_all_its_runs():
    for without, batches in KEPT["cartpole"].items():
        assert without in CARTPOLE_WITHOUT
        for found in batches.values():
            assert np.shape(found["greedy"]) == (5, deep_q.N_RUNS)
            assert found["greedy_at"][-1] <= deep_q.POLE_STEPS + 100
            assert np.shape(found["training"]) == np.shape(found["q_value"]) == (20, deep_q.N_RUNS)


def test_the_recipe_holds_the_pole():
    for found in KEPT["cartpole"]["nothing"].values():
        assert np.mean(found["greedy"][-1]) >= 400


@pytest.mark.parametrize("without", ["several steps", "replay"])
def test_what_is_left_out_is_missed(without):
    low, _ = difference_interval(last("cartpole", "nothing", "greedy"), last("cartpole", without, "greedy"))
    assert low > 100


def test_five_steps_and_the_square_need_no_target_network():
    without = last("cartpole", "a target network", "greedy")
    assert without.mean() >= 475
    low, _ = difference_interval(without, last("cartpole", "nothing", "greedy"))
    assert low > 0


def test_bob_finds_his_post_in_the_picture():
    for found in KEPT["room"]["nothing"].values():
        assert np.mean(found["worth"][-1]) >= 0.9 * found["best"]


@pytest.mark.parametrize(
    ("measure", "names"),
    [
        (deep_q.cartpole, {"greedy_at", "greedy", "training_at", "training", "q_value"}),
        (deep_q.room, {"greedy_at", "worth", "returns", "best"}),
    ],
)
def test_what_is_kept_of_a_training(measure, names):
    found = measure(0, {"learning_starts": 100, "n_envs": 4, "hidden": (4,)}, n_runs=2, n_steps=400)
    assert set(found) == names | {"processor_seconds"}
    assert found == json.loads(json.dumps(found, allow_nan=False))
    assert np.shape(found[sorted({"greedy", "worth"} & names)[0]]) == (1, 2)


def test_of_half_a_training_nothing_is_kept(tmp_path, monkeypatch):
    def stop(*args, **settings):
        raise KeyboardInterrupt

    monkeypatch.setattr(deep_q, "FILE", tmp_path / "deep_q.json")
    monkeypatch.setattr(deep_q, "evaluate_many", stop)
    small = {"learning_starts": 100, "hidden": (4,)}

    def measure(seed, changed):
        return deep_q.cartpole(seed, {**changed, **small}, n_runs=2, n_steps=300)

    monkeypatch.setattr(deep_q, "EXPERIMENTS", {"cartpole": (measure, {"nothing": {}})})
    monkeypatch.setattr(deep_q, "POLE_PAUSE", 100)
    with pytest.raises(KeyboardInterrupt):
        deep_q.main(["--seeds", "0"])
    assert not deep_q.FILE.exists()


def test_what_is_there_is_not_measured_again(tmp_path, monkeypatch, capsys):
    measured = []

    def measure(seed, changed):
        measured.append((seed, changed))
        return {"processor_seconds": 1}

    monkeypatch.setattr(deep_q, "FILE", tmp_path / "deep_q.json")
    monkeypatch.setattr(
        deep_q, "EXPERIMENTS", {"cartpole": (measure, {"nothing": {}, "replay": {"size": 1}})}
    )
    assert deep_q.main(["--only", "cartpole", "--seeds", "3", "--without", "replay"]) == 0
    assert deep_q.main(["--only", "cartpole", "--seeds", "3"]) == 0
    assert measured == [(3, {"size": 1}), (3, {})]
    assert deep_q.main(["--seeds", "3", "--anew"]) == 0
    assert len(measured) == 4
    kept = json.loads(deep_q.FILE.read_text(encoding="utf-8"))
    assert kept["cartpole"]["replay"]["3"] == {"processor_seconds": 1}
    assert "cartpole without replay, seed 3: 1 processor seconds" in capsys.readouterr().out
