"""Worlds that nobody named: each is trained, or refused in a sentence that says what to do."""

import re

import gymnasium as gym
import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.wrappers import DiscretizeObservation, TransformAction

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.deep import DQNAgent, PPOAgent
from rl_helpers.environments import NumberedStates, RavelObservation, StateSpace, check_world, explore_model
from rl_helpers.environments.table_rows import MOST_ENTRIES, table_shape
from rl_helpers.training import evaluate, sweep, train, train_many


class Steps(gym.Env):
    """Five steps of a staircase: action 1 leads up, 0 down; at the top a reward of 1."""

    def __init__(self, observations=None, actions=None, *, see=lambda step: step, up=bool, pay=float):
        self.observation_space = observations or spaces.Discrete(5)
        self.action_space = actions or spaces.Discrete(2)
        self.see, self.up, self.pay = see, up, pay

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.at = 2
        return self.see(self.at), {}

    def step(self, action):
        if 0 < self.at < 4:
            self.at += 1 if self.up(action) else -1
        return self.see(self.at), self.pay(self.at == 4), self.at in (0, 4), False, {}


def lamps(step):
    return {"step": step, "lamps": np.array([step % 2, 0], dtype=np.int8)}


SEEN = {
    "a number": (None, None),
    "NumPy's number": (None, np.int64),
    "an array of one": (None, np.array),
    "numbers from 1": (spaces.Discrete(5, start=1), lambda step: step + 1),
    "a dictionary": (spaces.Dict(step=spaces.Discrete(5), lamps=spaces.MultiBinary(2)), lamps),
    "bits": (spaces.MultiBinary(3), lambda step: np.array([step >> bit & 1 for bit in range(3)], np.int8)),
    "a list": (spaces.MultiDiscrete([5]), lambda step: [step]),
    "a box": (spaces.Box(0, 4, (1,), dtype=np.int64), lambda step: np.array([step])),
    "boxes, as in Gymnasium's tutorial": (
        spaces.Dict(agent=spaces.Box(0, 4, (2,), dtype=int), target=spaces.Box(0, 4, (2,), dtype=int)),
        lambda step: {"agent": np.array([step, 0]), "target": np.array([4, 0])},
    ),
    "nested": (
        spaces.Tuple([spaces.Dict(step=spaces.Discrete(5)), spaces.Discrete(2)]),
        lambda step: ({"step": step}, step % 2),
    ),
}


@pytest.mark.parametrize("pay", [float, int, np.float32, np.bool_], ids=lambda pay: pay.__name__)
@pytest.mark.parametrize("seen", SEEN)
def test_whole_numbers_are_trained_however_they_are_packed(seen, pay):
    space, see = SEEN[seen]
    env = RavelObservation(Steps(space, see=see or (lambda step: step), pay=pay))
    assert check_world(env) == []
    settings = {"n_episodes": 60, "seed": 0, "learning_rate": 0.5, "epsilon": 0.2}
    history = train_many(QLearningAgent, env, n_runs=3, **settings)
    assert history.returns.dtype == float
    assert history.returns[:, -20:].mean() > 0.8
    explored = explore_model(env)
    assert str(explored).endswith("3 states to act in, 2 actions: exact")
    assert (
        train_many(QLearningAgent, explored, n_runs=3, **settings).returns[:, -20:].mean(axis=1) > 0.8
    ).all()
    ((_, swept),) = sweep(QLearningAgent, env, vary={"discount": [0.9]}, n_runs=1, **settings)
    assert swept.returns.shape == (1, 60)


OTHERS = {
    "Discrete(2, start=1)": (spaces.Discrete(2, start=1), lambda action: action == 2),
    "Discrete(2, start=-1)": (spaces.Discrete(2, start=-1), lambda action: action == 0),
    "MultiDiscrete([2 2])": (spaces.MultiDiscrete([2, 2]), lambda action: action[0] == 1),
    "MultiBinary(2)": (spaces.MultiBinary(2), lambda action: action[0] == 1),
    "Box(-1.0, 1.0, (1,), float32)": (spaces.Box(-1, 1, (1,)), lambda action: action[0] > 0),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_actions_are_refused_before_the_first_step_and_not_played_as_numbers(name):
    space, up = OTHERS[name]
    env = Steps(actions=space, up=up)
    for agent in (QLearningAgent(5, 2, rng=np.random.default_rng(0)), RandomAgent(2)):
        for play in (train, evaluate):
            with pytest.raises(TypeError, match=r"put gymnasium\.wrappers\.\w*Action\(env, ") as refused:
                play(env, agent, 1, seed=0)
            assert f"the actions of Steps are {space}" in str(refused.value)
    assert not hasattr(env, "at")


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_said_of_actions_can_be_pasted(name):
    space, up = OTHERS[name]
    env = Steps(actions=space, up=lambda action: up(action) if space.contains(action) else 1 / 0)
    with pytest.raises(TypeError) as refused:
        table_shape(env)
    line = re.search(r"put (gymnasium\.wrappers\.\w+\(.*\)) around", str(refused.value))[1]
    wrapped = eval(line.replace("bins=…", "bins=2"), {"gymnasium": gym, "np": np, "env": env})
    history = train_many(
        QLearningAgent, wrapped, n_runs=3, n_episodes=60, seed=0, learning_rate=0.5, epsilon=0.2
    )
    assert history.returns[:, -20:].mean() > 0.7


def test_actions_made_by_a_wrapper_are_played():
    from_one = Steps(actions=spaces.Discrete(2, start=1), up=lambda action: action == 2)
    env = TransformAction(from_one, lambda action: action + 1, spaces.Discrete(2))
    agent = QLearningAgent(5, 2, learning_rate=0.5, epsilon=0.2, rng=np.random.default_rng(0))
    assert train(env, agent, 60, seed=0).returns[-20:].mean() > 0.8


class FiveNumbers(Steps):
    def __init__(self):
        super().__init__(spaces.MultiDiscrete([100] * 5), see=lambda step: np.array([step] * 5))


def test_a_table_that_does_not_fit_into_memory_is_refused_in_its_size():
    env = RavelObservation(FiveNumbers())
    for ask in (table_shape, lambda env: train_many(QLearningAgent, env, n_runs=1, n_episodes=1)):
        with pytest.raises(
            ValueError, match=r"FiveNumbers would have 10,000,000,000 rows of 2, .* fewer buckets"
        ):
            ask(env)
    assert table_shape(gym.make("FrozenLake-v1")) == (16, 4)
    assert table_shape(Steps(spaces.Discrete(MOST_ENTRIES // 2))) == (MOST_ENTRIES // 2, 2)
    with pytest.raises(ValueError, match="fewer buckets"):
        table_shape(Steps(spaces.Discrete(MOST_ENTRIES // 2 + 1)))


BUCKETS = {
    "MountainCar": lambda: DiscretizeObservation(gym.make("MountainCar-v0"), bins=10),
    "Acrobot": lambda: NumberedStates(
        gym.make("Acrobot-v1"), StateSpace.of_buckets([(0.0,)] * 4 + [(-1.0, 1.0)] * 2)
    ),
}


@pytest.mark.parametrize("name", BUCKETS)
def test_buckets_are_trained_and_not_taken_for_states(name):
    env = BUCKETS[name]()
    history = train_many(QLearningAgent, env, n_runs=2, n_episodes=2, seed=0)
    assert history.q_values.shape == (2, env.observation_space.n, 3)
    with pytest.raises(
        TypeError, match=r"stands for many states, so no model of the rows is true: train with"
    ):
        explore_model(env)


def test_a_reward_of_nan_is_not_taken_for_chance_without_a_seed():
    env = Steps(pay=lambda top: float("nan"))
    assert check_world(env) == ["reward is nan, expected a finite number: look for a division by zero"]
    with pytest.raises(ValueError, match="episode 1, step 1: reward is nan"):
        train_many(QLearningAgent, env, n_runs=2, n_episodes=2)


def test_a_world_without_spaces_is_told_to_have_some():
    class Nothing(gym.Env):
        """A class to be."""

    for ask in (
        lambda env: train_many(QLearningAgent, env, n_runs=1, n_episodes=1),
        lambda env: train(env, QLearningAgent(3, 2), 1),
        explore_model,
        RavelObservation,
    ):
        with pytest.raises(TypeError, match=r"_space of Nothing is None: set self\.\w+_space in __init__"):
            ask(Nothing())


NO_ROWS = {
    "text": spaces.Text(5),
    "sequence": spaces.Sequence(spaces.Discrete(3)),
    "graph": spaces.Graph(spaces.Box(0, 1, (2,)), None),
    "union": spaces.OneOf([spaces.Discrete(2), spaces.Discrete(3)]),
    "a picture": spaces.Box(0, 255, (20, 20, 3), np.uint8),
    "mixed": spaces.Tuple([spaces.Discrete(2), spaces.Box(0, 1)]),
}


@pytest.mark.parametrize("name", NO_ROWS)
def test_what_has_no_rows_is_told_of_a_function_of_ones_own(name):
    space = NO_ROWS[name]
    env = Steps(space, see=lambda step: space.sample())
    with pytest.raises(TypeError, match=r"observations of Steps are .*NumberedStates\(env, StateSpace\(func"):
        table_shape(env)


def test_words_are_numbered_by_a_function_and_trained():
    words = ("low", "lower", "middle", "higher", "high")
    env = Steps(spaces.Text(6, charset="abcdefghijklmnopqrstuvwxyz"), see=lambda step: words[step])
    numbered = NumberedStates(env, StateSpace(lambda seen: (words.index(seen),), (5,)))
    assert check_world(numbered) == []
    history = train_many(
        QLearningAgent, numbered, n_runs=3, n_episodes=60, seed=0, learning_rate=0.5, epsilon=0.2
    )
    assert history.returns[:, -20:].mean() > 0.8


class OneBoard(Steps):
    """Its board belongs to the class, as a first class often has it."""

    board = np.zeros(1, dtype=int)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.board[0] = 2
        return 2, {}

    def step(self, action):
        self.at = int(self.board[0])
        outcome = super().step(action)
        self.board[0] = self.at
        return outcome


def test_what_belongs_to_the_class_and_changes_is_said_and_not_trained_in():
    (said,) = check_world(OneBoard())
    assert said.startswith("a copy changes the world that it was copied from")
    with pytest.raises(TypeError, match=r"^OneBoard cannot be explored: a copy changes .*with self\."):
        explore_model(OneBoard())
    with pytest.raises(TypeError, match=r"^OneBoard cannot be played many at once: a copy changes"):
        train_many(PPOAgent, OneBoard(), n_runs=2, n_episodes=2)
    assert train_many(QLearningAgent, OneBoard(), n_runs=2, n_episodes=60, epsilon=0.3).returns.any()


def test_more_states_than_fit_are_refused_by_networks_too():
    for agent_class in (PPOAgent, DQNAgent):
        with pytest.raises(
            ValueError, match=r"has 1,000,000,000 states, and each would have a row of weights"
        ):
            train_many(agent_class, Steps(spaces.Discrete(10**9)), n_runs=1, n_episodes=1)


def test_a_class_or_anything_else_is_not_taken_for_a_world():
    with pytest.raises(TypeError, match=r"env is the class Steps, expected an environment: Steps\(\)"):
        train(Steps, QLearningAgent(5, 2), 1)
    with pytest.raises(TypeError, match=r"env is <class .*Steps'>, expected an environment: an instance"):
        explore_model(Steps)
    with pytest.raises(TypeError, match="the function that makes the environment returned 3, expected an"):
        train_many(QLearningAgent, lambda: 3, n_runs=1, n_episodes=1)


def test_taxi_is_trained_in_its_model():
    env = gym.make("Taxi-v4")
    assert train_many(QLearningAgent, env, n_runs=2, n_episodes=2, seed=0).way.startswith("all runs together")


SPOILED = (
    lambda outcome: outcome[:4],
    lambda outcome: (outcome[0], np.array([0.0]), *outcome[2:]),
    lambda outcome: (outcome[0], float("nan"), *outcome[2:]),
    lambda outcome: (outcome[0], "much", *outcome[2:]),
    lambda outcome: (*outcome[:3], None, {}),
)


@pytest.mark.parametrize("spoil", SPOILED)
def test_exploring_says_what_step_has_to_return(spoil):
    class Spoiled(Steps):
        def step(self, action):
            return spoil(super().step(action))

    with pytest.raises(
        TypeError, match=r"step\(0\) of Spoiled returned .*check_world\(env\) says what to mend"
    ):
        explore_model(Spoiled())
