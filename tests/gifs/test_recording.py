from typing import ClassVar

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.gifs import (
    create_gif,
    record_episode,
    record_steps,
    recording,
)
from tests.gifs.films import seen, starts


class Corridor(gym.Env):
    """A corridor of 5 cells, drawn into the same memory each time; the right end terminates."""

    metadata: ClassVar = {"render_modes": ["rgb_array"], "render_fps": 12}
    observation_space = gym.spaces.Box(0, 9, (1,), np.int64)
    action_space = gym.spaces.Discrete(2)

    def __init__(self, render_mode=None, cells=5):
        self.render_mode, self.cells = render_mode, cells
        self.canvas, self.place, self.seeds = np.zeros((1, cells, 3), np.uint8), np.zeros(1, np.int64), []

    def reset(self, *, seed=None, options=None):
        self.seeds.append(seed)
        self.place[0] = 0
        return self.place, {}

    def step(self, action):
        self.place += action
        return self.place, int(self.place[0]), bool(self.place[0] == self.cells - 1), False, {}

    def render(self):
        self.canvas[:] = 0
        self.canvas[0, self.place[0]] = 255
        return self.canvas


class Walker:
    """Always goes right, and remembers what it was asked."""

    def __init__(self):
        self.explored = set()

    def act(self, state, *, explore=True):
        self.explored.add(explore)
        return 1


def bright(steps):
    return [int(step["frame"][0, :, 0].argmax()) for step in steps]


def test_an_episode_is_filmed_from_the_first_state_to_the_last():
    film = record_episode(Corridor("rgb_array"), Walker(), seed=3)
    assert [set(step) for step in film] == [{"frame", "state", "action", "reward", "render_fps"}] * 5
    assert bright(film) == [0, 1, 2, 3, 4]
    assert [int(step["state"][0]) for step in film] == [0, 1, 2, 3, 4]
    assert [step["action"] for step in film] == [1, 1, 1, 1, None]
    assert [step["reward"] for step in film] == [1.0, 2.0, 3.0, 4.0, 0.0]
    assert {step["render_fps"] for step in film} == {12}


def test_filming_stops_when_time_is_up():
    env = gym.wrappers.TimeLimit(Corridor("rgb_array"), 2)
    assert bright(record_episode(env, Walker())) == [0, 1, 2]


@pytest.mark.parametrize(("max_steps", "n_frames"), [(1, 2), (3, 4), (4, 5), (100, 5), (None, 5)])
def test_filming_can_stop_after_some_steps(max_steps, n_frames):
    film = record_episode(Corridor("rgb_array"), Walker(), max_steps=max_steps)
    assert bright(film) == list(range(n_frames))
    assert film[-1]["action"] is None


class Statue(Walker):
    def act(self, state, *, explore=True):
        return 0


def test_an_episode_without_an_end_is_filmed_for_as_long_as_memory_allows(monkeypatch):
    for most_steps, most_bytes, n_steps in ((7, 10**9, 7), (1000, 15 * 10 + 14, 9), (7, 1, 1)):
        monkeypatch.setattr(recording, "MOST_STEPS", most_steps)
        monkeypatch.setattr(recording, "MOST_BYTES", most_bytes)
        words = f"episode of Corridor was filmed for {n_steps} steps only.*give max_steps="
        with pytest.warns(UserWarning, match=words):
            film = record_episode(Corridor("rgb_array"), Statue())
        assert len(film) == n_steps + 1
        assert film[-1]["action"] is None


@pytest.mark.parametrize(
    ("env", "options", "n_frames"),
    [
        (Corridor("rgb_array", cells=4), {}, 4),  # it ends in the last step that there is memory for
        (Corridor("rgb_array", cells=9), {"max_steps": 6}, 7),
        (gym.wrappers.TimeLimit(Corridor("rgb_array", cells=9), 5), {}, 6),
    ],
)
def test_what_has_an_end_is_filmed_to_it_without_a_word(env, options, n_frames, monkeypatch, recwarn):
    monkeypatch.setattr(recording, "MOST_STEPS", 3)
    assert len(record_episode(env, Walker(), **options)) == n_frames
    assert not recwarn


def test_the_agent_is_filmed_at_its_best_unless_asked():
    agent = Walker()
    record_episode(Corridor("rgb_array"), agent)
    list(record_steps(Corridor("rgb_array"), agent, 3))
    assert agent.explored == {False}
    record_episode(Corridor("rgb_array"), agent, explore=True)
    assert agent.explored == {False, True}


def test_steps_are_filmed_across_episodes_one_at_a_time():
    env = Corridor("rgb_array")
    steps = record_steps(env, Walker(), 13, seed=8)
    assert env.seeds == []
    assert bright(steps) == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2]
    assert env.seeds == [8, None, None]


@pytest.mark.parametrize("film", [record_episode, lambda *ends: record_steps(*ends, 3)])
def test_an_environment_that_does_not_draw_is_refused_at_once(film):
    with pytest.raises(
        ValueError, match=r"render_mode=None, filming needs 'rgb_array': make it with gym\.make"
    ):
        film(Corridor(), Walker())


def test_a_recorded_episode_becomes_a_film_at_its_own_speed(path):
    create_gif(record_episode(Corridor("rgb_array"), Walker()), path)
    assert starts(path) == [0, 8, 17, 25, 33, 42]
    assert bright({"frame": frame} for frame in seen(path)) == [0, 1, 2, 3, 4]


class InPlace(gym.Env):
    """Changes what it has returned in place: one of the kinds of `make`, which holds the time."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 5}  # noqa: RUF012
    render_mode = "rgb_array"

    def __init__(self, state, count):
        self.state, self.count = state, count

    def reset(self, *, seed=None, options=None):
        self.time = 0
        return self.state, {}

    def step(self, action):
        self.time += 1
        self.count(self.state, self.time)
        return self.state, 1.0, self.time == 3, False, {}

    def render(self):
        return np.zeros((2, 2, 3), np.uint8)


def set_item(key):
    return lambda state, time: state.__setitem__(key, time)


@pytest.mark.parametrize(
    ("state", "count", "read"),
    [
        ({"time": 0}, set_item("time"), lambda state: state["time"]),
        ([0], set_item(0), lambda state: state[0]),
        (np.zeros(1), set_item(0), lambda state: state[0]),
        (np.array(0), lambda state, time: np.copyto(state, time), int),
        ((np.zeros(1), 5), lambda state, time: np.copyto(state[0], time), lambda state: state[0][0]),
        (
            {"a": {"b": np.zeros(1)}},
            lambda state, time: np.copyto(state["a"]["b"], time),
            lambda s: s["a"]["b"][0],
        ),
    ],
)
def test_states_that_change_in_place_are_kept_as_they_were(state, count, read):
    class Plays:
        action = np.zeros(1)

        def act(self, state, *, explore=True):
            self.action += 1
            return self.action

    film = record_episode(InPlace(state, count), Plays())
    assert [read(step["state"]) for step in film] == [0, 1, 2, 3]
    assert [step["action"][0] for step in film[:-1]] == [1, 2, 3]
