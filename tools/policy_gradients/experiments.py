"""Which trainings are compared: worlds, settings, seeds, and what is measured of each run."""

from collections.abc import Callable
from typing import NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.deep import FourierFeatures, PPOAgent, ReinforceAgent, evaluate_many
from rl_helpers.deep.many.rollout import Player
from rl_helpers.deep.many.vectors import vector_of
from rl_helpers.planning import best_walk, policy_values, value_iteration
from rl_helpers.schedules import LinearDecay

TEST_SEED = 10_000  # of the episodes that measure; training uses 0, 1, 2, ...
ROOM_DISCOUNT, CONTINUOUS_DISCOUNT = 0.95, 0.99
GOOD = 0.95  # of the best there is


class PPOWithoutBootstrap(PPOAgent):
    """A bug, planted: it takes an episode that a time limit has cut off for one that is over."""

    def advantages(self, rollout):
        """Return V(s) and the advantages of a rollout's steps, as if every episode had ended by itself."""
        return super().advantages(rollout._replace(terminated=rollout.ended))


class PPOWithRandomCritic(PPOAgent):
    """A linear critic that makes random promises before it has learned anything."""

    def _critic(self, start):
        return self._network(1, 1.0, start)


class Row(NamedTuple):
    """A training of many runs with one setting.

    Attributes:
        name: of the row in its experiment.
        agent: the class.
        settings: arguments of `train_many`, but for the seed.
        world: arguments of `gymnasium.make` for training, with the id.
        n_seeds: how many seeds are trained, from 0 on.
        test: arguments of `gymnasium.make` for measuring, if other than those of training.
    """

    name: str
    agent: type
    settings: dict
    world: dict
    n_seeds: int = 2
    test: dict | None = None


class Experiment(NamedTuple):
    """Rows that are compared with each other.

    Attributes:
        measure: function from the trained agent, the history, the world that measures and the seed to one
            number a run.
        unit: what that number is.
        rows: of the experiment.
        reaches: what a run must reach to count as good.
    """

    measure: Callable
    unit: str
    rows: tuple[Row, ...]
    reaches: float


def last_episodes(agent, history, env, seed):
    """Return the mean return of the last hundred episodes of training in every run."""
    return history.returns[:, -100:].mean(axis=1)


def standing(agent, history, env, seed):
    """Return the mean return of every run in 30 episodes after training, the most probable actions."""
    return evaluate_many(agent, env, n_episodes=30, seed=TEST_SEED + seed).returns.mean(axis=1)


def share_of_the_best(agent, history, env, seed):
    """Return what the most probable actions are worth from the start, exactly, by what the best are worth."""
    start = int(env.unwrapped.initial_state_distrib.argmax())
    states = np.tile(np.arange(env.observation_space.n), (agent.n_runs, 1))
    best = value_iteration(env, ROOM_DISCOUNT)[start].max()
    policies = agent.choose(states, explore=False)
    return np.array([policy_values(env, policy, ROOM_DISCOUNT)[start] for policy in policies]) / best


def share_of_the_best_walk(agent, history, env, seed):
    """Return the discounted return of an episode without chance in every run, by that of the best walk."""
    rollout, _ = Player(vector_of(env, agent.n_runs), agent, seed=TEST_SEED).play_episodes(explore=False)
    rewards = (rollout.rewards * rollout.is_valid)[:, 0]
    discounted = rewards @ CONTINUOUS_DISCOUNT ** np.arange(rewards.shape[1])
    return discounted / best_walk(env, CONTINUOUS_DISCOUNT).discounted_return


BOOK = {
    "n_runs": 100,
    "n_episodes": 1000,
    "hidden": (),
    "optimiser": "plain",
    "discount": 1.0,
    "first_probabilities": (0.95, 0.05),
    "step_by_step": True,
    "dtype": "float64",
}
ROOM, POLE = ({"id": name} for name in ("Bob/Room-v0", "CartPole-v1"))
# The book has no limit; here a run that never comes to the post again ends, and returns of it are −300.
CORRIDOR = {"id": "Bob/Corridor-v0", "max_episode_steps": 300}
FREE_ROOM = {"id": "Bob/ContinuousRoom-v0"}
SHORT = POLE | {"max_episode_steps": 100}
TABLE = {
    "n_runs": 100,
    "n_episodes": 4800,
    "discount": ROOM_DISCOUNT,
    "learning_rate": 0.05,
    "episodes_per_update": 8,
}
PPO = {"n_runs": 50, "n_steps": 20_000, "n_epochs": 10}
EPISODES = {"n_runs": 100, "learning_rate": 0.01, "episodes_per_update": 8}
# Both take spread out of what multiplies the gradient. Each alone and both say which of them does it.
WAYS_TO_STEADY = {
    "with baseline": {},
    "returns standardised": {"baseline": False, "standardise_returns": True},
    "with baseline, returns standardised": {"standardise_returns": True},
}
PARTS = {
    "all parts": {},
    "no clip": {"clip": float("inf")},
    "one pass": {"n_epochs": 1},
    "λ = 0": {"trace_decay": 0.0},
    "λ = 1": {"trace_decay": 1.0},
    "advantages not standardised": {"standardise_advantages": False},
    "gradients not clipped": {"largest_gradient": float("inf")},
    "start not orthogonal": {"is_orthogonal": False},
    "last layer not small": {"first_gain": 1.0},
    "entropy rewarded": {"entropy_weight": 0.01},
    "observations standardised": {"standardise_observations": True},
}


FEATURES = FourierFeatures(
    gym.make("Bob/ContinuousRoom-v0").observation_space, order=4, angles=(2,), flags=(3,)
)
# Plain steps: Adam would make as much of the noise where nothing is earned yet as of any gradient.
CONTINUOUS = {
    "n_runs": 20,
    "n_steps": 500_000,
    "hidden": (),
    "features": FEATURES,
    "optimiser": "plain",
    "learning_rate": LinearDecay(0.15, 0.03, n_steps=500_000),
    "largest_gradient": 1.0,
    "discount": 0.95,
    "trace_decay": 0.95,
    "entropy_weight": 0.003,
    "n_envs": 64,
    "rollout_steps": 200,
    "n_epochs": 4,
    "n_batches": 8,
    "first_action": (0.8, 0.0, 0.25),
}


def _corridor_rows():
    for exponent in (12, 13, 14):
        settings = BOOK | {"baseline": False, "learning_rate": 2.0**-exponent}
        yield Row(f"without baseline, α = 2^−{exponent}", ReinforceAgent, settings, CORRIDOR)
    # The critic's step size is learning_rate × value_weight, 2^−6 as in the book.
    settings = BOOK | {"baseline": True, "learning_rate": 2.0**-9, "value_weight": 8.0}
    yield Row("with baseline, α = 2^−9, 2^−6", ReinforceAgent, settings, CORRIDOR)


EXPERIMENTS = {
    "corridor": Experiment(last_episodes, "return of the last 100 episodes", (*_corridor_rows(),), -15.0),
    "room": Experiment(
        share_of_the_best,
        "value of the start ÷ best",
        tuple(
            Row(f"entropy {weight:g}", ReinforceAgent, TABLE | {"entropy_weight": weight}, ROOM)
            for weight in (0.1, 0.01, 0.0)
        ),
        GOOD,
    ),
    "pole": Experiment(
        standing,
        "return of 30 episodes",
        (
            Row("REINFORCE", ReinforceAgent, EPISODES | {"n_steps": 80_000, "baseline": False}, POLE),
            *(Row(name, ReinforceAgent, EPISODES | {"n_steps": 80_000} | settings, POLE)
              for name, settings in WAYS_TO_STEADY.items()),
            Row("PPO", PPOAgent, {"n_runs": 100, "n_steps": 30_000, "n_epochs": 10}, POLE),
        ),
        475.0,
    ),
    "parts": Experiment(
        standing,
        "return of 30 episodes",
        tuple(Row(name, PPOAgent, PPO | changed, POLE) for name, changed in PARTS.items()),
        475.0,
    ),
    "truncation": Experiment(
        standing,
        "return of 30 episodes of at most 500 steps",
        tuple(Row(name, agent, PPO, SHORT, test=POLE)
              for name, agent in (("V(s′) counts", PPOAgent), ("V(s′) left out", PPOWithoutBootstrap))),
        475.0,
    ),
    "continuous": Experiment(
        share_of_the_best_walk,
        "discounted return ÷ best walk",
        (
            Row("features", PPOAgent, CONTINUOUS, FREE_ROOM),
            Row("features, critic random at first", PPOWithRandomCritic, CONTINUOUS, FREE_ROOM, 1),
        ),
        GOOD,
    ),
}  # fmt: skip
"""By name."""
