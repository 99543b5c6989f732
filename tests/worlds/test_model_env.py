"""A world is played as its model says: states, starts, steps, and what is refused."""

import gymnasium as gym
import numpy as np
import pytest
from hypothesis import given, settings

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.worlds import LAYOUTS, Action
from rl_helpers.worlds.room import RoomEnv
from tests.worlds.rooms import DOWN, LEFT, RIGHT, SCRATCH, UP, layouts, play


class FixedDraws:
    """Stands in for a random generator: `random()` gives the number it was told."""

    def __init__(self, number):
        self.number = number

    def random(self):
        return self.number


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("slippery", [False, True, 0.5, 1.0])
def test_every_step_is_in_the_model_and_every_entry_of_the_model_is_a_step(layout, slippery):
    env = RoomEnv(layout, slippery=slippery)
    assert sorted(env.P) == list(range(env.n_states))
    for state in env.P:
        assert sorted(env.P[state]) == list(range(5))
        if env.layout.is_wall(*env.decode(state)[:2]):
            continue
        for action, outcomes in env.P[state].items():
            assert sum(outcome[0] for outcome in outcomes) == pytest.approx(1, abs=1e-12)
            assert len({outcome[1] for outcome in outcomes}) == len(outcomes)
            drawn_so_far = 0.0
            for probability, next_state, reward, terminated in outcomes:
                env.reset(options={"state": state})
                env.np_random = FixedDraws(drawn_so_far + probability / 2)
                drawn_so_far += probability
                answer = env.step(action)
                assert answer == (next_state, reward, terminated, False, {"prob": probability})
                assert [type(value) for value in answer] == [int, float, bool, bool, dict]


def test_steps_are_drawn_as_often_as_the_model_says():
    env = RoomEnv("...\n.B.\n..P", slippery=0.5)
    env.reset(seed=0)
    start, counts = env.state, dict.fromkeys(range(9), 0)
    for _ in range(4000):
        env.reset()
        counts[env.step(UP)[0]] += 1
    expected = {outcome[1]: outcome[0] for outcome in env.P[start][UP]}
    assert expected == {1: 0.5, 3: 0.25, 5: 0.25}
    for state, count in counts.items():
        assert count / 4000 == pytest.approx(expected.get(state, 0), abs=0.03)


def test_states_are_numbered_as_documented():
    env = RoomEnv("B.R.\n..RP")
    assert env.n_states == env.observation_space.n == 2 * 4 * 2**2
    assert env.encode(1, 3, 1, 0) == (1 * 4 + 3) * 4 + 0b10
    assert env.decode(30) == (1, 3, 1, 0)
    assert RoomEnv("tiny").n_states == 12


@given(layouts())
@settings(max_examples=40, deadline=None)
def test_decode_is_the_inverse_of_encode(text):
    env = RoomEnv(text)
    for state in range(env.n_states):
        assert env.encode(*env.decode(state)) == state
    assert len({env.decode(state) for state in range(env.n_states)}) == env.n_states
    assert (env.n_rows, env.n_columns) == (
        text.count("\n") + 1,
        text.index("\n") if "\n" in text else len(text),
    )


def test_encode_and_decode_refuse_what_does_not_exist():
    env = RoomEnv("BRP")
    with pytest.raises(ValueError, match="row 1, column 0 is outside"):
        env.encode(1, 0, 1)
    with pytest.raises(ValueError, match="row 0, column -1 is outside"):
        env.encode(0, -1, 1)
    for treats in [(), (2,), (1, 1)]:
        with pytest.raises(ValueError, match="1 rugs: give 0 or 1"):
            env.encode(0, 0, *treats)
    for state in (-1, 6):
        with pytest.raises(ValueError, match="from 0 to 5"):
            env.decode(state)


def test_bob_starts_on_every_start_equally_often():
    env = RoomEnv("B.B\n.PB")
    cells = [env.decode(env.reset(seed=0 if episode == 0 else None)[0]) for episode in range(1500)]
    expected = {(0, 0), (0, 2), (1, 2)}
    assert set(cells) == expected
    assert all(cells.count(cell) / 1500 == pytest.approx(1 / 3, abs=0.05) for cell in expected)
    distribution = env.initial_state_distrib
    assert {env.decode(state) for state in np.flatnonzero(distribution)} == expected
    assert distribution.sum() == pytest.approx(1)
    assert env.reset()[1] == {"prob": pytest.approx(1 / 3)}


def test_the_seed_decides_everything_that_is_drawn():
    def trajectory(seed):
        env = RoomEnv("B..B\n.R.P", slippery=True, rearrange_every=1)
        states = [env.reset(seed=seed)[0]]
        for _ in range(5):
            states += [env.step(action)[0] for action in (RIGHT, DOWN, LEFT, UP)]
            states += [env.reset()[0], env.layout.rows]
        return states

    assert trajectory(1) == trajectory(1)
    assert trajectory(1) != trajectory(2)


def test_an_episode_can_begin_in_any_state_bob_can_be_in():
    env = RoomEnv("BRP")
    assert env.reset(options={"state": np.int64(2)}) == (2, {"prob": 1.0})
    assert env.step(RIGHT)[0] == 4
    for state in (6, -1, 1.5, "2", None):
        with pytest.raises(ValueError, match="give a number from 0 to 5"):
            env.reset(options={"state": state})
    with pytest.raises(ValueError, match="a wall: begin in a cell"):
        RoomEnv("B#.\n..P").reset(options={"state": 1})
    with pytest.raises(ValueError, match="the only one here is"):
        env.reset(options={"start": 2})


def test_time_limit_truncates_and_does_not_terminate():
    env = gym.make("Bob/Room-v0")
    env.reset(seed=0)
    answers = [env.step(LEFT) for _ in range(100)]
    assert [answer[2:4] for answer in answers] == [(False, False)] * 99 + [(False, True)]
    assert env.unwrapped.step(LEFT)[2:4] == (False, False)  # the room goes on: only the wrapper counts


@pytest.mark.parametrize("action", [5, -1, 1.5, "up", None, [0], np.array([1]), np.float64(0.5)])
def test_an_invalid_action_is_explained_and_changes_nothing(action):
    env = RoomEnv("B.P")
    env.reset(seed=0)
    with pytest.raises(ValueError, match="give one of 0 UP, 1 RIGHT, 2 DOWN, 3 LEFT, 4 SCRATCH"):
        env.step(action)
    assert (env.state, env.last_action) == (0, None)


@pytest.mark.parametrize("action", [1, Action.RIGHT, np.int64(1), np.uint8(1), np.array(1)])
def test_every_kind_of_whole_number_is_an_action(action):
    env = RoomEnv("B.P", render_mode="ansi")
    env.reset(seed=0)
    assert env.step(action)[0] == 1
    assert "RIGHT" in env.render()


def test_a_step_outside_of_an_episode_is_refused():
    env = RoomEnv("BP")
    with pytest.raises(gym.error.ResetNeeded, match="has not begun: call reset"):
        env.step(RIGHT)
    env.reset(seed=0)
    assert play(env, RIGHT, SCRATCH)[2]
    with pytest.raises(gym.error.ResetNeeded, match="is over: call reset"):
        env.step(SCRATCH)
    env.reset()
    assert env.step(RIGHT)[0] == 1


def test_text_shows_bob_the_treats_and_what_he_did():
    env = RoomEnv("B.R\n#.P", render_mode="ansi")
    env.reset(seed=0)
    assert env.render() == "B.R\n#.P\nstart, Bob on free floor"
    play(env, RIGHT, RIGHT, SCRATCH, LEFT)
    assert env.render() == ".Br\n#.P\nLEFT, reward 0, Bob on free floor"
    play(env, DOWN, RIGHT, SCRATCH)
    assert env.render() == "..r\n#.B\nSCRATCH, reward 5, Bob on scratching post"


def test_rendering_without_a_mode_warns_and_returns_nothing():
    env = RoomEnv()
    env.reset(seed=0)
    with pytest.warns(UserWarning, match='give render_mode="rgb_array"'):
        assert env.render() is None


def test_a_reset_that_is_refused_leaves_the_episode_as_it_was():
    env = RoomEnv("B.P")
    env.reset(seed=0)
    env.step(RIGHT)
    with pytest.raises(ValueError, match="the only one here is"):
        env.reset(options={"start": 2})
    assert (env.state, env.last_action) == (1, RIGHT)
    assert env.step(RIGHT)[0] == 2
