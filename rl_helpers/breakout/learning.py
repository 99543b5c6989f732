"""Q-learning in Breakout: the settings, training counted in decisions, and tables kept in files."""

from dataclasses import dataclass, field

import numpy as np

from rl_helpers.agents import QLearningAgent
from rl_helpers.breakout.spaces import BEST
from rl_helpers.breakout.worlds import make_breakout
from rl_helpers.checks import count
from rl_helpers.paths import DATA
from rl_helpers.schedules import LinearDecay, PowerDecay
from rl_helpers.training import run_episode

TABLE = DATA / "breakout_table.npy"


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


def new_agent(n_states, n_decisions, *, seed):
    """Return the agent of notebook 06 with what Breakout needs: a falling step size, an optimistic start.

    Args:
        n_states: number of states.
        n_decisions: how long it will be trained; exploration falls over half of that.
        seed: of its random choices.

    Returns:
        A `QLearningAgent`.
    """
    return QLearningAgent(
        n_states,
        4,
        learning_rate=PowerDecay(0.5, floor=0.002),
        discount=0.97,
        epsilon=LinearDecay(0.1, 0.005, n_steps=max(1, n_decisions // 2)),
        initial_value=0.5,
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
    mean = MeanTable()
    budget = Budget(env, count("n_decisions", n_decisions))
    scores = env.get_wrapper_attr("scores")
    first, progress = len(scores), Progress()
    try:
        while budget.left > 0:
            run_episode(budget, agent, seed=seed if budget.left == n_decisions else None)
            progress.n_decisions = n_decisions - budget.left
            if progress.n_decisions > (1 - average_last) * n_decisions:
                mean.add(getattr(agent, "q_values", 0.0))
            if len(scores) > first + len(progress.scores):
                progress.scores.append(scores[-1])
                progress.ends.append(progress.n_decisions)
                if on_game is not None:
                    on_game(progress)
    except KeyboardInterrupt:
        progress.n_decisions = n_decisions - budget.left
    if mean.n_tables and hasattr(agent, "q_values"):
        agent.q_values = mean.table
    return progress


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
    """An environment that truncates when its decisions are used up."""

    def __init__(self, env, n_decisions):
        self.env = env
        self.left = n_decisions
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
