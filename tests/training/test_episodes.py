import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.training import Transition, evaluate, run_episode, train


class Scripted(gym.Env):
    """Plays back (reward, terminated, truncated) and notes what was done; state t after t steps."""

    def __init__(self, script):
        self.script = script
        self.seeds = []

    def reset(self, *, seed=None, options=None):
        self.seeds.append(seed)
        self.time = 0
        return 0, {}

    def step(self, action):
        reward, terminated, truncated = self.script[self.time]
        self.time += 1
        return self.time, reward, terminated, truncated, {}


class Recorder:
    """An agent that writes down everything it is asked and told."""

    def __init__(self):
        self.asked, self.told, self.ended = [], [], 0

    def act(self, state, *, explore=True):
        self.asked.append((state, explore))
        return 10 + state

    def update(self, transition):
        self.told.append(transition)
        return 0.0

    def end_episode(self):
        self.ended += 1


SUCCESS = [(0, False, False), (0.5, False, False), (1, True, False)]
TIME_LIMIT = [(0, False, False), (0.5, False, True)]


def test_every_step_is_told_the_last_one_included():
    agent = Recorder()
    run_episode(Scripted(SUCCESS), agent)
    assert agent.told == [
        Transition(0, 10, 0, 1, False),
        Transition(1, 11, 0.5, 2, False),
        Transition(2, 12, 1, 3, True),
    ]
    assert agent.ended == 1


def test_truncation_ends_the_episode_but_is_not_told_as_terminal():
    agent = Recorder()
    assert run_episode(Scripted(TIME_LIMIT), agent) == (0.5, 2)
    assert [told.terminated for told in agent.told] == [False, False]


def test_return_is_a_float_sum():
    episode_return, length = run_episode(Scripted(SUCCESS), Recorder())
    assert (episode_return, length) == (1.5, 3)
    assert type(run_episode(Scripted([(1, True, False)]), Recorder())[0]) is float


def test_evaluation_is_greedy_and_silent():
    env, agent = Scripted(SUCCESS), Recorder()
    score = evaluate(env, agent, 2, seed=4)
    assert env.seeds == [4, None]
    assert (agent.told, agent.ended) == ([], 0)
    assert {explore for _, explore in agent.asked} == {False}
    assert score.returns.tolist() == [1.5, 1.5]


def test_training_explores_and_seeds_once():
    env, agent = Scripted(SUCCESS), Recorder()
    history = train(env, agent, 3, seed=5)
    assert env.seeds == [5, None, None]
    assert {explore for _, explore in agent.asked} == {True}
    assert (history.returns.dtype, history.lengths.dtype) == (float, int)
    assert (history.returns.tolist(), history.lengths.tolist()) == ([1.5] * 3, [3] * 3)


def test_stop_button_keeps_what_is_done():
    class Stopped(Scripted):
        def step(self, action):
            if len(self.seeds) == 3:
                raise KeyboardInterrupt
            return super().step(action)

    agent = Recorder()
    history = train(Stopped(SUCCESS), agent, 10)
    assert history.returns.tolist() == [1.5, 1.5]
    assert len(agent.told) == 6


@pytest.mark.parametrize("n_episodes", [0, -1, 1.5])
def test_number_of_episodes_is_checked(n_episodes):
    with pytest.raises(ValueError, match="n_episodes"):
        train(Scripted(SUCCESS), Recorder(), n_episodes)


@pytest.mark.parametrize("play", [train, evaluate])
def test_progress_bar_counts_episodes(play, capsys):
    play(Scripted(SUCCESS), Recorder(), 3, progress=True)
    assert "3/3" in capsys.readouterr().err


@pytest.mark.parametrize("play", [train, evaluate])
def test_no_progress_bar_unless_asked(play, capsys):
    play(Scripted(SUCCESS), Recorder(), 3)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("env_id", ["Bob/Room-v0", "FrozenLake-v1", "Taxi-v4", "CliffWalking-v1"])
def test_time_limit_of_the_environment_holds(env_id):
    env = gym.make(env_id, max_episode_steps=7)
    lengths = train(env, RandomAgent(env.action_space.n, rng=np.random.default_rng(0)), 20, seed=0).lengths
    assert lengths.max() == 7


def test_bob_learns_his_room():
    env = gym.make("Bob/Room-v0")
    agent = QLearningAgent(
        env.observation_space.n, env.action_space.n, epsilon=0.2, rng=np.random.default_rng(0)
    )
    train(env, agent, 1500, seed=0)
    # The treat on the rug and the five at the post.
    assert evaluate(env, agent, 5, seed=1).returns.tolist() == [6.0] * 5


def test_evaluation_asks_for_nothing_but_actions():
    class Planner:
        def act(self, state, *, explore=True):
            return 0

    assert evaluate(Scripted(SUCCESS), Planner(), 1).returns.tolist() == [1.5]


def test_evaluate_changes_nothing():
    learner = QLearningAgent(16, 4, epsilon=1.0, initial_value=1.0, rng=np.random.default_rng(0))
    evaluate(gym.make("FrozenLake-v1"), learner, 20, seed=0)
    assert (learner.q_values == 1.0).all()
    assert learner.n_steps == 0
