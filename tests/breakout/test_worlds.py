"""States, wrappers and learning in Breakout."""

import ale_py
import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.breakout import (
    BEST,
    STEPS,
    ClipReward,
    LostLife,
    Moment,
    StateSpace,
    bucket,
    learn,
    load_agent,
    make_breakout,
    new_agent,
    save_table,
    trained,
)
from rl_helpers.breakout.states import MIRRORED, MOVE_LEFT, MOVE_RIGHT
from rl_helpers.training import evaluate, run_episode, train

ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)


def moments(n=2000, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        now, straight, seen = rng.integers(-140, 141, size=3).tolist()
        heights = rng.integers(150, size=3).tolist()
        push, falling, narrow = int(rng.integers(-1, 2)), bool(rng.random() < 0.5), bool(rng.random() < 0.5)
        rest = seen - 10.5 * push
        yield Moment(now, heights[0], falling, straight, heights[1], seen, heights[2], rest, push, narrow)


def actions(n, seed=0):
    return np.random.default_rng(seed).integers(4, size=n).tolist()


# The state


@pytest.mark.parametrize("name", [name for name, space in STEPS.items() if space.mirror])
def test_a_moment_and_its_mirror_image_are_one_state_with_left_and_right_swapped(name):
    n_sided = 0
    for moment in moments():
        state, mirrored = STEPS[name].state(moment)
        twin_state, twin_mirrored = STEPS[name].state(moment.mirrored())
        assert state == twin_state
        if getattr(moment, STEPS[name].mirror.field) != 0:
            assert mirrored != twin_mirrored
            n_sided += 1
    assert n_sided > 1900


def test_without_the_mirror_left_and_right_are_states_of_their_own():
    space = STEPS["+ last action"]
    assert any(space.state(moment)[0] != space.state(moment.mirrored())[0] for moment in moments())
    assert not any(space.state(moment)[1] for moment in moments())


def test_mirror_swaps_left_and_right_and_nothing_else():
    assert MIRRORED[MOVE_LEFT] == MOVE_RIGHT
    assert MIRRORED[MOVE_RIGHT] == MOVE_LEFT
    assert [action for action in range(4) if MIRRORED[action] == action] == [0, 1]


@pytest.mark.parametrize("name", STEPS)
def test_every_state_number_is_in_the_space_and_0_is_no_ball(name):
    space = STEPS[name]
    assert space.state(None) == (0, False)
    numbers = {space.state(moment)[0] for moment in moments()}
    assert min(numbers) >= 1
    assert max(numbers) < space.n_states


def test_states_are_counted_like_the_cells_of_a_table():
    space = StateSpace(lambda moment: (bucket(moment.offset, (0, 9)), int(moment.falling)), (3, 2))
    for moment in moments(50):
        values = bucket(moment.offset, (0, 9)), int(moment.falling)
        assert space.state(moment)[0] == 1 + np.ravel_multi_index(values, (3, 2))


@pytest.mark.parametrize(
    ("values", "words"), [((3,), "does not fit"), ((-1,), "does not fit"), ((0, 0), "2 numbers")]
)
def test_a_state_that_does_not_fit_is_refused_in_words(values, words):
    with pytest.raises(ValueError, match=words):
        StateSpace(lambda moment: values, (3,)).state(next(moments()))


# The environment


def test_it_is_the_game_with_its_defaults_and_nothing_else():
    ours, theirs = make_breakout(), gym.make("ALE/Breakout-v5")
    assert theirs.spec.kwargs["frameskip"] == 4
    assert theirs.spec.kwargs["repeat_action_probability"] == 0.25
    ours.reset(seed=3)
    theirs.reset(seed=3)
    for action in actions(800):
        _, reward, terminated, truncated, info = ours.step(action)
        game_action = ours.played
        picture, their_reward, their_terminated, their_truncated, their_info = theirs.step(game_action)
        assert (reward, terminated, truncated) == (their_reward, their_terminated, their_truncated)
        assert info == their_info
        if terminated:
            ours.reset()
            theirs.reset()
    np.testing.assert_array_equal(ours.unwrapped.ale.getScreenRGB(), picture)


def test_actions_of_mirrored_states_are_swapped_back():
    env = make_breakout()
    env.reset(seed=0)
    seen = set()
    for action in actions(400):
        mirrored = env.mirrored
        env.step(action)
        assert env.played == (MIRRORED[action] if mirrored else action)
        seen.add(mirrored)
    assert seen == {True, False}


@pytest.mark.parametrize("source", ["memory", "pixels"])
def test_every_observation_is_a_state_of_the_space(source):
    env = make_breakout(source=source)
    assert env.observation_space == gym.spaces.Discrete(BEST.n_states)
    state, _ = env.reset(seed=1)
    seen = {state}
    for action in actions(300):
        state, *_ = env.step(action)
        assert state in env.observation_space
        seen.add(state)
    assert len(seen) > 30


def test_unknown_source_is_refused_in_words():
    with pytest.raises(ValueError, match="expected one of 'memory', 'pixels'"):
        make_breakout(source="radio")


class Scripted(gym.Env):
    """Gives rewards and lives from a script, one row a step."""

    observation_space = action_space = gym.spaces.Discrete(10)

    def __init__(self, rows):
        self.rows = rows
        self.n_resets = 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.n_resets += 1
        self.at = 0
        return 0, {"lives": 3}

    def step(self, action):
        reward, lives, terminated, truncated = self.rows[self.at]
        self.at += 1
        return self.at, reward, terminated, truncated, {"lives": lives}


def test_rewards_are_clipped_to_their_sign():
    env = ClipReward(Scripted([(7.0, 3, False, False), (0.0, 3, False, False), (-4.0, 3, False, False)]))
    env.reset()
    assert [env.step(0)[1] for _ in range(3)] == [1.0, 0.0, -1.0]


def test_a_lost_life_costs_one_and_terminates_but_the_game_goes_on():
    game = Scripted([(0, 3, False, False), (1, 2, False, False), (0, 2, False, False), (0, 0, True, False)])
    env = LostLife(game)
    env.reset(seed=0)
    assert env.step(0)[1:3] == (0, False)
    assert env.step(0)[1:3] == (0, True)  # a brick and a life: 1 − 1
    observation, info = env.reset()
    assert (observation, info["lives"], game.n_resets) == (2, 2, 1)
    assert env.step(0)[1:3] == (0, False)
    assert env.step(0)[1:3] == (-1, True)
    env.reset()
    assert game.n_resets == 2


def test_a_time_limit_is_no_lost_life():
    env = LostLife(Scripted([(0, 3, False, True)]))
    env.reset()
    assert env.step(0)[1:4] == (0, False, True)
    env.reset()
    assert env.env.n_resets == 2


def test_a_seed_begins_a_new_game_even_in_the_middle_of_one():
    env = LostLife(Scripted([(0, 2, False, False), (0, 2, False, False)]))
    env.reset()
    env.step(0)
    assert env.reset(seed=1)[0] == 0


def test_real_scores_are_kept_below_clipped_rewards():
    env = make_breakout(for_training=True)
    agent = RandomAgent(4, rng=np.random.default_rng(0))
    progress = learn(env, agent, 1500, seed=0, average_last=0)
    plain = make_breakout()
    scores = evaluate(plain, RandomAgent(4, rng=np.random.default_rng(0)), 2, seed=0).returns
    assert progress.scores[:2] == scores.tolist()
    assert progress.ends == sorted(progress.ends)


# Learning


def test_learning_is_counted_in_decisions_and_the_same_to_the_last_bit():
    tables = [trained(n_decisions=1500, seed=5)[0].q_values for _ in range(2)]
    np.testing.assert_array_equal(*tables)
    agent, progress = trained(n_decisions=1500, seed=6)
    assert agent.n_steps == progress.n_decisions == 1500
    assert (agent.q_values != tables[0]).any()


def test_the_ordinary_train_learns_here_too():
    env = make_breakout(for_training=True)
    agent = QLearningAgent(env.observation_space.n, 4, rng=np.random.default_rng(0))
    history = train(env, agent, n_episodes=5, seed=0)
    assert len(history.returns) == 5
    assert (history.returns >= -1).all()
    assert (agent.q_values != 0).any()


def test_schedules_fall_with_the_decisions():
    agent = new_agent(10, 1000, seed=0)
    assert agent.learning_rate(1) == 1
    assert agent.learning_rate(10**9) == 0.002
    assert agent.epsilon(0) > agent.epsilon(800) > agent.epsilon(900) == agent.epsilon(1000)
    assert agent.q_values.min() == 1.0


def test_the_stop_button_keeps_what_is_learned():
    env = make_breakout(for_training=True)
    agent = new_agent(BEST.n_states, 10_000, seed=0)

    def stop(progress):
        raise KeyboardInterrupt

    progress = learn(env, agent, 10_000, seed=0, on_game=stop)
    assert len(progress.scores) == 1
    assert 0 < progress.n_decisions == agent.n_steps < 10_000


def test_a_short_training_beats_random_with_non_overlapping_intervals():
    _, progress = trained(n_decisions=30_000, seed=0)
    learned = np.array(progress.scores[-15:])
    random = evaluate(make_breakout(), RandomAgent(4, rng=np.random.default_rng(0)), 15, seed=100).returns

    def interval(values):
        half = 2.2 * values.std(ddof=1) / len(values) ** 0.5
        return values.mean() - half, values.mean() + half

    assert interval(learned)[0] > interval(random)[1]


def test_a_table_comes_back_from_its_file(tmp_path):
    table = np.arange(12.0).reshape(3, 4)
    save_table(table, tmp_path / "table.npy")
    first = (tmp_path / "table.npy").read_bytes()
    np.testing.assert_array_equal(load_agent(tmp_path / "table.npy").q_values, table)
    save_table(table, tmp_path / "table.npy")
    assert (tmp_path / "table.npy").read_bytes() == first


def test_the_shipped_table_fits_the_shipped_state_and_plays_well():
    agent = load_agent()
    assert agent.q_values.shape == (BEST.n_states, 4)
    score, _ = run_episode(make_breakout(), agent, seed=1, learn=False, explore=False)
    assert score > 150


def test_the_shipped_table_plays_from_pixels_too():
    score, _ = run_episode(make_breakout(source="pixels"), load_agent(), seed=1, learn=False, explore=False)
    assert score > 100
