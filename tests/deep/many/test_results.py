"""What is stored of long trainings is what the command makes, and says what the notebook says of it."""

import pytest

from rl_helpers.deep.many.results import over_seeds, results_of
from tools.policy_gradients.experiments import EXPERIMENTS, Row
from tools.policy_gradients.measuring import measured, store, stored


@pytest.mark.parametrize("name", stored())
def test_what_is_stored_was_made_with_the_settings_of_the_command(name):
    rows = results_of(name)
    asked = [(row.name, seed) for row in EXPERIMENTS[name].rows for seed in range(row.n_seeds)]
    found = [(row["row"], row["seed"]) for row in rows]
    assert found == [each for each in asked if each in found]
    by_name = {row.name: row for row in EXPERIMENTS[name].rows}
    for row in rows:
        setting = by_name[row["row"]]
        assert row["settings"].keys() == setting.settings.keys()
        assert row["runs"] == setting.settings["n_runs"]
        assert row["world"] == setting.world
        assert row["low"] <= row["mean"] <= row["high"]
        assert len(row["curve"]["mean"]) == len(row["curve"]["decisions"]) > 3


def test_an_unknown_experiment_or_row_says_what_there_is():
    with pytest.raises(ValueError, match=r"choose one of .*pole"):
        results_of("stairs")
    with pytest.raises(ValueError, match="choose one of entropy 0"):
        over_seeds(results_of("room"), "entropy")


def test_a_row_takes_the_place_of_an_older_one_and_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.policy_gradients.measuring.RESULTS", tmp_path / "results.json")
    for seed, mean in ((1, 1.0), (0, 2.0), (1, 3.0)):
        store("pole", {"row": "PPO", "seed": seed, "mean": mean})
    store("room", {"row": "entropy 0", "seed": 0, "mean": 4.0})
    results = stored()
    assert [(row["seed"], row["mean"]) for row in results["pole"]] == [(0, 2.0), (1, 3.0)]
    assert list(results) == ["room", "pole"]  # in the order of the command


def test_a_measured_row_says_what_was_trained_and_what_came():
    pole = EXPERIMENTS["pole"].rows[-1]
    short = Row("short", pole.agent, pole.settings | {"n_runs": 3, "n_steps": 600}, pole.world)
    row = measured(EXPERIMENTS["pole"], short, seed=0)
    assert (row["row"], row["seed"], row["runs"], row["agent"]) == ("short", 0, 3, "PPOAgent")
    assert 600 <= row["decisions"] <= 900
    assert row["low"] < row["mean"] < row["high"]
    assert row["quartiles"] == sorted(row["quartiles"])
    assert row["curve"]["decisions"][-1] == row["decisions"]
