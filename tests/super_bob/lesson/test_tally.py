"""Deaths are counted and kept, and the best run so far runs along."""

import json
import os

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers import widgets
from rl_helpers.notebook import paths
from rl_helpers.super_bob.lesson.tally import FILENAME, Tally

RIGHT, NOTHING = 2, 0
SPIKES = "B..^..F\n#######"
FLAT = "B...F\n#####"


@pytest.fixture(autouse=True)
def output(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUTPUT", tmp_path)
    monkeypatch.delenv(paths.NO_PROGRESS, raising=False)
    return tmp_path


def tally(level=SPIKES, **options):
    return Tally(gym.make("Bob/Super-v0", level=level, frame_skip=1, render_mode="rgb_array", **options))


def run_right(env, wait=0):
    env.reset(seed=0)
    over = False
    while not over:
        over = any(env.step(NOTHING if wait > 0 else RIGHT)[2:4])
        wait -= 1


def test_deaths_and_finishes_are_counted_by_level_and_kept_for_the_next_kernel(output):
    env = tally()
    run_right(env)
    run_right(env)
    assert (env.deaths, env.finishes, env.farthest) == (2, 0, 2)
    again = tally()
    assert (again.deaths, again.finishes, again.farthest) == (2, 0, 2)
    other = tally(FLAT)
    assert other.deaths == 0
    run_right(other)
    assert (tally(FLAT).deaths, tally(FLAT).finishes) == (0, 1)
    assert tally().deaths == 2
    assert [path.name for path in output.iterdir()] == [FILENAME]


def test_an_episode_cut_off_is_no_death():
    env = tally(max_episode_steps=5)
    run_right(env, wait=9)
    assert (env.deaths, env.finishes) == (0, 0)


@pytest.mark.parametrize("text", ["no json", "[1]", '{"a": [1, 2]}', '{"a": "b", "c": [1, 2, "x"]}'])
def test_a_file_that_is_none_of_ours_counts_as_none(output, text):
    (output / FILENAME).write_text(text)
    env = tally()
    run_right(env)
    assert list(json.loads((output / FILENAME).read_text()).values()) == [[1, 0, 2]]


def test_nothing_is_kept_where_notebooks_must_come_out_alike(output, monkeypatch):
    monkeypatch.setenv(paths.NO_PROGRESS, "1")
    run_right(tally())
    assert os.listdir(output) == []
    assert tally().deaths == 0


def test_a_full_disk_ends_no_game(monkeypatch):
    def full(name):
        raise OSError("no space")

    monkeypatch.setattr(paths, "output_path", full)
    env = tally()
    run_right(env)
    assert env.deaths == 1


def test_the_best_run_runs_along_as_a_ghost_and_only_as_long_as_it_lasted():
    env = tally()
    run_right(env)
    env.reset(seed=0)
    assert np.array_equal(env.render(), env.env.render())
    for _ in range(20):
        env.step(NOTHING)
    shown, alone = env.render(), env.env.render()
    x = env._best[19][0] // 256
    where = np.argwhere((shown != alone).any(axis=2))
    assert 20 < len(where) < 16 * 16
    assert x - 3 <= where[:, 1].min()
    assert where[:, 1].max() <= x + 16
    for _ in range(200):
        env.step(NOTHING)
    assert np.array_equal(env.render(), env.env.render())


def test_the_ghost_is_the_run_that_came_farthest():
    env = tally(FLAT)
    run_right(env)
    best = list(env._best)
    env.reset(seed=0)
    env.step(RIGHT)
    run_right(env, wait=5)
    assert max(env._best)[0] >= max(best)[0]
    short = tally(FLAT, max_episode_steps=3)
    short._best = best
    run_right(short)
    assert short._best == best


def test_a_player_shows_deaths_in_the_place_of_returns():
    env = tally()
    player = widgets.play(env)
    assert dict(player._numbers())["Seconds"] == "0.0"
    run_right(env)
    told = {"Deaths": "1", "Finished": "0", "Column": "2 of 6", "Farthest": "2"}
    assert dict(player._numbers()) == told | {"Seconds": f"{len(env._run) / 60:.1f}"}
    assert list(dict(player._numbers()))[:4] == list(told)
    assert len(env._run) > 6
    assert player.css_size == [640, 416]
