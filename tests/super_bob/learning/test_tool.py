"""The command measures what is missing, keeps each row, and goes on where it was stopped."""

import json

import numpy as np
import pytest

from rl_helpers.deep.files import save
from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.learning import (
    Games,
    Point,
    Training,
    curriculum,
    fluency,
    mastery,
    new_agent,
    play_games,
)
from rl_helpers.super_bob.learning.mastery import PATIENT
from tools.super_bob import __main__ as command
from tools.super_bob import parts, training
from tools.super_bob.settings import LEFT_OUT
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
    assert training.trained("gap", second) == (1, [])
    assert second.points[:2] == first.points
    assert [point.n_decisions for point in second.points] == list(range(128, 1_025, 128))
    assert not list(output.iterdir())
    assert training.trained("gap", Training(GAP, 128, **SMALL)) == (0, [])


def test_a_training_is_measured_from_the_start_and_kept_on_the_way(output, monkeypatch):
    monkeypatch.setattr(training, "N_MEASURES", 2)
    monkeypatch.setattr(training, "result", lambda *asked: {"games": 50, "greedy": 25, "sampled": 10})
    kept = []
    monkeypatch.setattr(training, "save", lambda agent, path: kept.append((agent.n_decisions, path.name)))
    asked = Training(GAP, 512, **SMALL)
    _, measures = training.trained("gap", asked, measured_on=GAP)
    assert [(n, *shares) for n, _, *shares in measures] == [(256, 0.5, 0.2), (512, 0.5, 0.2)]
    assert kept == [(256, "super_bob_gap.npz"), (512, "super_bob_gap.npz")]


@pytest.mark.parametrize(("n_finished", "writes"), [(59, False), (60, True)])
def test_a_shipped_network_is_replaced_by_none_that_is_worse(output, monkeypatch, capsys, n_finished, writes):
    files = {name: output / f"shipped_{name}" for name in ("nightmare", "nightmare_early")}
    shipped = new_agent(1, seed=1)
    for path in files.values():
        save(shipped, path)
    before = files["nightmare"].read_bytes()
    monkeypatch.setattr(training, "network_file", files.get)
    monkeypatch.setattr(training, "SHIPPED", {"nightmare": "tiles"})
    monkeypatch.setattr(
        training, "load_agent", lambda name: {"nightmare": shipped, "nightmare_early": 1}[name]
    )
    sixty = Games(np.arange(100) < 60, *np.zeros((3, 100), int))
    monkeypatch.setattr(training, "play_games", lambda *asked: {(shipped, "nightmare", 100): sixty}[asked])
    monkeypatch.setattr(training, "result", lambda *asked: {(1, "nightmare"): {"greedy": 5}}[asked])
    monkeypatch.setattr(training, "EARLY", ("nightmare_early", 64))
    new, table = Training(GAP, 256, **SMALL), Table(output / "t.json")
    table.put("shipped", {"network": "rooftops"})
    table.put("shipped", {"network": "nightmare", "greedy": 60})
    training.trained("gap", new, keeps_early=True)
    assert {path.read_bytes() for path in files.values()} == {before}
    row = {"level": "nightmare", "seed": 3, "games": 100, "greedy": n_finished}
    assert training.ship(table, new, "nightmare", row) == writes
    assert all((path.read_bytes() != before) == writes for path in files.values())
    rows = Table(output / "t.json").parts["shipped"]
    assert [(each["network"], each.get("greedy")) for each in rows] == [
        ("rooftops", None),
        ("nightmare", 60),
        *([("nightmare_early", 5)] if writes else []),
    ]
    if writes:
        assert (rows[1]["seed"], rows[2]["seed"], rows[2]["decisions"]) == (3, 3, 128)
    told = capsys.readouterr().out
    assert f"finishes {n_finished} of 100 games, the shipped one 60" in told
    assert ("was replaced" if writes else "stays") in told


def test_a_network_that_is_told_other_numbers_does_not_ship(output, monkeypatch, capsys):
    monkeypatch.setattr(training, "network_file", lambda name: output / "shipped")
    new = Training(GAP, 32, **SMALL)
    training.trained("gap", new)
    assert not training.ship(Table(output / "t.json"), new, "rooftops", {"games": 1, "greedy": 1})
    assert "is told 'tiles', and `SHIPPED` says 'foresight'" in capsys.readouterr().out
    assert not (output / "shipped").exists()
    assert (output / "super_bob_rooftops.npz").is_file()


def test_a_curve_sums_up_the_games_of_its_points():
    points = [Point(100 * n, float(n), n, n // 2, n, 1, 0.1) for n in range(1, 7)]
    assert training.curve(points, 2) == [[300, 3.0, round(2 / 6, 3), 3], [600, 6.0, round(7 / 15, 3), 6]]
    assert training.curve(points[:1]) == [[100, 1.0, 0.0, 1]]
    assert training.curve([Point(1, 1.0, 0, 0, 0, 0, 0.1)]) == [[1, 1.0, None, 0]]


def test_the_command_writes_what_it_measures_once(tmp_path, monkeypatch, output):
    monkeypatch.setattr(command, "Table", lambda: Table(tmp_path / "t.json"))
    for name, value in {
        "TRAININGS": {("meadow", "curriculum"): 200, ("meadow", "nothing"): 200},
        "RECIPES": {"meadow": lambda level, n_decisions: (told_more(level), dict(SMALL))},
        "fluency": lambda level, n_decisions: (told_more(level), dict(SMALL)),
        "UNNAMED": {3: 1},
        "MINUTES": 100,
        "NIGHTMARE": ("meadow", 1_000),
        "BEGINNING": 100,
        "SEEDS": (1, 2),
        "PART_SEEDS": (1,),
        "PART_DECISIONS": 100,
        "PART_LEVEL": {"seed": 0, "difficulty": 1, "n_pieces": 1},
        "PART_SETTINGS": SMALL | {"curriculum": True},
        "VIEW_SETTINGS": SMALL,
        "VIEW_DECISIONS": 100,
        "MOST": 20,
        "N_LAST": 3,
    }.items():
        monkeypatch.setattr(parts, name, value)
    for name, value in {"N_GAMES": 2, "N_MEASURES": 1, "play_games": _short_games}.items():
        monkeypatch.setattr(training, name, value)
    offered = []
    begun = {}

    def note(name, training, **options):
        begun[name] = training
        return trained(name, training, **options)

    trained = parts.trained
    monkeypatch.setattr(parts, "trained", note)
    monkeypatch.setattr(parts, "ship", lambda table, training, *what: offered.append(what))
    only = ["--only", "trainings", "beginnings", "unnamed", "without", "pixels"]
    assert command.main(only) == 0
    written = (tmp_path / "t.json").read_text()
    told = json.loads(written)
    assert {row["without"] for row in told["without"]} == set(parts.WITHOUT)
    assert {row["view"] for row in told["pixels"]} == {"tiles", "pixels"}
    assert [row["without"] for row in told["trainings"]] == ["curriculum"] * 2 + ["nothing"] * 2
    for row in told["trainings"]:
        assert sum(games for _, games in row["lost"]) == row["games"] - row["greedy"]
    assert [row["without"] for row in told["beginnings"]] == list(parts.BEGINNINGS)
    assert {row["decisions"] for row in told["beginnings"]} == {128}  # of 1,000: nobody has finished by then
    ((row,), n_stages) = told["unnamed"], {name: len(each.stages) for name, each in begun.items()}
    assert (row["level"], row["difficulty"], row["games"]) == ("random 3", 1, 3)
    assert row["columns"] > 50
    curriculum_left_out = f"meadow_{list(parts.LEFT_OUT).index('curriculum')}_1"
    assert (n_stages[curriculum_left_out], n_stages["meadow_0_1"], n_stages["unnamed_3"]) == (1, 2, 2)
    assert {begun[name].agent.observation for name in ("meadow_0_1", curriculum_left_out)} == {"foresight"}
    ((name, row),) = offered
    assert (name, row["without"], row["seed"]) == ("meadow", "nothing", 1)
    assert row["curve"][-1][0] == row["decisions"] == 256
    assert row["games"] == 3
    assert command.main(only) == 0
    assert (tmp_path / "t.json").read_text() == written
    monkeypatch.setitem(parts.PARTS, "pixels", _stop)
    assert command.main(["--only", "pixels"]) == 130


def test_what_is_left_out_is_left_out_and_nothing_else():
    stages, settings = fluency(GAP, 1_000)
    less = [stage._replace(resumes=False) for stage in stages]
    assert LEFT_OUT["moments"](stages, settings) == (less, settings)
    assert less != list(stages)
    whole = mastery(GAP, 1_000)
    for name in set(LEFT_OUT) - {"moments"}:
        stages, settings = LEFT_OUT[name](*whole)
        rewards, discount = [stage.rewards for stage in stages], settings["discount"]
        differs = {key for key in settings if settings[key] is not whole[1][key]}
        assert differs == ({"discount"} if "sight" in name and name != "foresight" else set())
        if "discount" in differs:
            assert discount == {"far sight": 0.995, "near sight first": 0.999}[name]
        if name == "curriculum":
            assert [(stage.share, stage.starts, stage.practice) for stage in stages] == [(1, None, 0)]
            continue
        assert [stage[:4] for stage in stages] == [stage[:4] for stage in whole[0]]
        told = "tiles" if name == "foresight" else "foresight"
        assert {stage.observation for stage in stages} == {told}
        dear = PATIENT["death"]
        assert rewards == {
            "dear deaths": [None] * 3,
            "cheap deaths first": [{"death": dear}, {"death": dear}, PATIENT],
        }.get(name, [None, None, PATIENT])


def told_more(level):
    return tuple(stage._replace(observation="foresight") for stage in curriculum(level))


def _short_games(*asked, **options):
    return play_games(*asked, **{"max_episode_steps": 20} | options)


def _stop(_):
    raise KeyboardInterrupt
