"""Q-learning in Breakout: the settings, training counted in decisions, and tables kept in files."""

import os
from dataclasses import dataclass, field

import numpy as np

from rl_helpers.agents import QLearningAgent
from rl_helpers.arguments import count
from rl_helpers.breakout.spaces import BEST
from rl_helpers.breakout.worlds import make_breakout
from rl_helpers.notebook.paths import DATA
from rl_helpers.schedules import LinearDecay, PowerDecay
from rl_helpers.training import run_episode

TABLE = DATA / "breakout_table.npy"
BUDGETS = {"30 s": 60_000, "2 min": 250_000, "5 min": 600_000}
"""Decisions for a time to wait, on a slow core, which takes some 2,000 decisions a second."""

BUDGET_VARIABLE = "RL_HELPERS_BREAKOUT_DECISIONS"


def decisions(budget):
    """Return how many decisions a training takes for which one likes to wait so long.

    Where nobody watches, the environment variable `RL_HELPERS_BREAKOUT_DECISIONS` may say another number.

    Args:
        budget: "30 s", "2 min" or "5 min".

    Raises:
        ValueError: if it is none of them.

    >>> decisions("30 s")
    60000
    """
    if budget not in BUDGETS:
        raise ValueError(f"budget is {budget!r}, expected one of {', '.join(map(repr, BUDGETS))}")
    return int(os.environ.get(BUDGET_VARIABLE, BUDGETS[budget]))


@dataclass
class Progress:
    """How far a training has come.

    Attributes:
        n_decisions: decisions taken so far.
        scores: points of each finished game, the real ones.
        ends: decisions taken when each of these games was over, as many as `scores`.
    """

    n_decisions: int = 0
    scores: list = field(default_factory=list)
    ends: list = field(default_factory=list)


def new_agent(n_states, n_decisions, *, seed, initial_value=1.0):
    """Return the agent of notebook 06 with what Breakout needs: a falling step size, an optimistic start.

    Args:
        n_states: number of states.
        n_decisions: how long it will be trained; exploration falls over nine tenths of that.
        seed: of its random choices.
        initial_value: every entry of the table at the start.

    Returns:
        A `QLearningAgent`.
    """
    return QLearningAgent(
        n_states,
        4,
        learning_rate=PowerDecay(0.5, floor=0.002),
        discount=0.97,
        epsilon=LinearDecay(0.2, 0.02, n_steps=max(1, n_decisions * 9 // 10)),
        initial_value=initial_value,
        rng=np.random.default_rng(seed),
    )


def learn(env, agent, n_decisions, *, seed=None, on_game=None, average_last=0.4):
    """Let an agent learn for a number of decisions.

    Decisions, not seconds: the same seed gives the same table to the last bit, however fast the machine is.

    Args:
        env: from `make_breakout(…, for_training=True)`.
        agent: has `act`, `update` and `end_episode`; it is changed in place.
        n_decisions: when to stop, also in the middle of a game.
        seed: seeds the environment once, before the first game.
        on_game: called with the `Progress` after every game, to draw it.
        average_last: share of the training, at its end, over which the table is averaged. Every single table
            is a little wrong somewhere, because each step moves an entry by chance; their mean is less so.

    Returns:
        The `Progress`. When stopped (the ■ button, Ctrl-C) it holds the games finished so far, and the agent
        keeps what it has learned.
    """
    training = Training(env, agent, seed=seed, on_game=on_game)
    n_alone = int((1 - average_last) * count("n_decisions", n_decisions))
    try:
        training.run(n_alone)
        training.run(n_decisions - n_alone, averaged=True)
    except KeyboardInterrupt:
        pass
    training.keep_mean()
    return training.progress


class Training:
    """A training that goes on where it stopped, in the middle of a game if need be.

    Args:
        env, agent, seed, on_game: see `learn`.

    Attributes:
        progress: a `Progress`.
        mean: `MeanTable` of the lives that were played with `averaged=True`.
    """

    def __init__(self, env, agent, *, seed=None, on_game=None):
        self.env = Budget(env)
        self.agent, self.on_game = agent, on_game
        self.progress, self.mean = Progress(), MeanTable()
        self._seed = seed
        self._scores = env.get_wrapper_attr("scores")
        self._first = len(self._scores)

    def run(self, n_decisions, *, averaged=False):
        """Learn for a number of decisions; `averaged` takes the tables at the ends of lives into the mean."""
        before = self.progress.n_decisions
        self.env.left = n_decisions
        try:
            while self.env.left > 0:
                seed, self._seed = self._seed, None
                run_episode(self.env, self.agent, seed=seed)
                self.progress.n_decisions = before + n_decisions - self.env.left
                if averaged and hasattr(self.agent, "q_values"):
                    self.mean.add(self.agent.q_values)
                self._note_game()
        finally:
            self.progress.n_decisions = before + n_decisions - self.env.left

    def keep_mean(self):
        """Give the agent the mean of its tables, if there is one."""
        if self.mean.n_tables:
            self.agent.q_values = self.mean.table

    def _note_game(self):
        progress = self.progress
        if len(self._scores) > self._first + len(progress.scores):
            progress.scores.append(self._scores[-1])
            progress.ends.append(progress.n_decisions)
            if self.on_game is not None:
                self.on_game(progress)


class MeanTable:
    """The mean of tables that come one after the other.

    >>> mean = MeanTable()
    >>> for table in ([0.0, 1.0], [2.0, 1.0]):
    ...     mean.add(np.array(table))
    >>> mean.table
    array([1., 1.])

    Source:
        Polyak & Juditsky (1992), "Acceleration of stochastic approximation by averaging".
    """

    def __init__(self):
        self.table = 0.0
        self.n_tables = 0

    def add(self, table):
        """Take one more table into the mean."""
        self.n_tables += 1
        self.table = self.table + (table - self.table) / self.n_tables


class Budget:
    """An environment that truncates when its decisions are used up: `left` of them.

    A training that goes on afterwards goes on in the life that was cut short.
    """

    def __init__(self, env):
        self.env = env
        self.left = 0
        self.reset = env.reset

    def step(self, action):
        """Step, and count it."""
        observation, reward, terminated, truncated, info = self.env.step(action)
        self.left -= 1
        return observation, reward, terminated, truncated or self.left <= 0, info


def save_table(q_values, path=TABLE):
    """Write a Q-table as float32, the same bytes for the same table."""
    with open(path, "wb") as file:
        np.save(file, np.asarray(q_values, dtype="<f4"), allow_pickle=False)


def load_agent(path=TABLE, *, seed=0):
    """Return an agent with the learned table.

    Args:
        path: of the table; the shipped one if not given.
        seed: of its random choices, which greedy play needs for ties alone.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    table = np.load(path, allow_pickle=False).astype(float)
    agent = QLearningAgent(*table.shape, rng=np.random.default_rng(seed))
    agent.q_values = table
    return agent


def trained(space=BEST, *, n_decisions, seed, source="memory", on_game=None):
    """Return an agent trained from nothing, and its `Progress`."""
    env = make_breakout(space, source=source, for_training=True)
    agent = new_agent(space.n_states, n_decisions, seed=seed)
    progress = learn(env, agent, n_decisions, seed=seed, on_game=on_game)
    env.close()
    return agent, progress
