"""Many independent runs at once: NumPy over the run axis, with the update rules that single agents use."""

import numpy as np

from rl_helpers.agents import QLearningAgent
from rl_helpers.checks import count
from rl_helpers.exploration import epsilon_greedy
from rl_helpers.model import transition_model
from rl_helpers.training.episodes import History, progress_bar


def train_many(agent_class, env, *, n_runs=100, n_episodes, seed=None, progress=False, **hyperparameters):
    """Train many agents at once, each in a world of its own, and return all their learning curves.

    Statistically the same as calling `train` `n_runs` times with different seeds, and some thirty times as
    fast: every time step is taken by all runs together, in the world's transition model.

    Args:
        agent_class: `QLearningAgent`, or a subclass that changes its `target` but none of its methods.
        env: a world with a transition model (`P`), as `gym.make` returns it: its time limit counts.
        n_runs: number of independent runs.
        n_episodes: episodes of each run.
        seed: fixes all random numbers of all runs.
        progress: whether to show a progress bar.
        **hyperparameters: as `agent_class` takes them, such as `learning_rate=0.1`, but for `rng`.

    Returns:
        A `History` with `returns` and `lengths` (n_runs, n_episodes) and `q_values` (n_runs, n_states,
        n_actions). When stopped it holds the episodes that all runs have finished.

    Raises:
        TypeError: if the environment has no transition model, the agent cannot be trained this way, or `rng`
            is given.
        ValueError: if the world changes while one learns in it.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import QLearningAgent
    >>> env = gym.make("CliffWalking-v1", max_episode_steps=500)
    >>> history = train_many(QLearningAgent, env, n_runs=20, n_episodes=50, seed=0, learning_rate=0.5)
    >>> history.returns.shape
    (20, 50)
    """
    runs = _Runs(
        agent_class, env, count("n_runs", n_runs), count("n_episodes", n_episodes), seed, hyperparameters
    )
    with progress_bar(None, True, total=runs.returns.size, unit="episode") if progress else _NoBar() as bar:
        try:
            while runs.active.size:
                bar.update(runs.step())
        except KeyboardInterrupt:
            pass  # As in `train`: hand over what there is.
    finished = runs.episode.min()
    return History(runs.returns[:, :finished], runs.lengths[:, :finished], runs.rows.reshape(runs.shape))


class _NoBar:
    """A progress bar that shows nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def update(self, n_finished):
        pass


class _Runs:
    """The state of all runs: where each is, what it has learned, how far it has come."""

    def __init__(self, agent_class, env, n_runs, n_episodes, seed, hyperparameters):
        if getattr(env.unwrapped, "rearrange_every", None):
            raise ValueError(
                "the furniture moves (rearrange_every), so the transition model holds for a few episodes: "
                "use `train`, or a room that stays as it is"
            )
        if getattr(env.unwrapped, "changes_after", None):
            raise ValueError(
                f"the walls move after {env.unwrapped.changes_after} time steps, so the transition model "
                "does not hold: use `train`, or a maze that stays as it is"
            )
        _check_agent(agent_class, hyperparameters)
        model = transition_model(env)
        n_states, n_actions, self.n_outcomes = model.probability.shape
        # The agent itself validates the hyperparameters and fills in its defaults.
        self.agent = agent_class(n_states, n_actions, **hyperparameters)
        self.target = agent_class.target
        self.n_actions = n_actions
        self.n_episodes = n_episodes
        self.rng = np.random.default_rng(seed)

        # Flat arrays and `take`: what NumPy looks up fastest. A pair is state × n_actions + action, and its
        # outcomes lie beside each other.
        self.next_state = model.next_state.ravel()
        self.reward = model.reward.ravel()
        self.terminated = model.terminated.ravel()
        self.cumulative = model.probability.reshape(n_states * n_actions, self.n_outcomes).cumsum(axis=1)
        # Rounding must not leave a gap above the last probability.
        self.cumulative[:, -1] = 1.0
        self.cumulative_start = model.start.cumsum() / model.start.sum()
        self.time_limit = time_limit(env)

        # One row for every state of every run: (n_runs × n_states, n_actions).
        self.rows = np.tile(self.agent.q_values, (n_runs, 1))
        self.entries = self.rows.reshape(-1)  # the same numbers, one axis
        self.shape = (n_runs, n_states, n_actions)
        self.returns = np.zeros((n_runs, n_episodes))
        self.lengths = np.zeros((n_runs, n_episodes), dtype=int)
        self.episode = np.zeros(n_runs, dtype=np.intp)
        self.n_steps = 0

        # The runs that still have episodes to play: number, first row, present state, return, length.
        self.active = np.arange(n_runs)
        self.first_row = self.active * n_states
        self.state = self.draw_start(n_runs)
        self.episode_return = np.zeros(n_runs)
        self.length = np.zeros(n_runs, dtype=int)

    def draw_start(self, n):
        return np.searchsorted(self.cumulative_start, self.rng.random(n), side="right")

    def draw_outcome(self, pair):
        """Return which outcome follows each pair of state and action, as an index into the flat arrays."""
        if self.n_outcomes == 1:
            return pair
        draw = self.rng.random((pair.size, 1))
        return pair * self.n_outcomes + (draw >= self.cumulative.take(pair, axis=0)).sum(axis=1)

    def step(self):
        """Take one time step in every run and return how many episodes ended."""
        row = self.first_row + self.state
        epsilon = self.agent.epsilon(self.n_steps) if callable(self.agent.epsilon) else self.agent.epsilon
        action = epsilon_greedy(self.rows.take(row, axis=0), epsilon, self.rng)

        outcome = self.draw_outcome(self.state * self.n_actions + action)
        next_state = self.next_state.take(outcome)
        reward = self.reward.take(outcome)
        terminated = self.terminated.take(outcome)

        next_q_values = self.rows.take(self.first_row + next_state, axis=0)
        td_target = self.target(reward, next_q_values, terminated, self.agent.discount)
        entry = row * self.n_actions + action
        td_error = td_target - self.entries.take(entry)
        self.entries[entry] += self.agent.learning_rate * td_error

        self.n_steps += 1
        self.episode_return += reward
        self.length += 1
        self.state = next_state
        ended = terminated | (self.length >= self.time_limit)
        return self.finish(np.flatnonzero(ended)) if ended.any() else 0

    def finish(self, ended):
        """Note the episodes that ended, start the next ones, and drop the runs that have played them all."""
        runs = self.active[ended]
        self.returns[runs, self.episode[runs]] = self.episode_return[ended]
        self.lengths[runs, self.episode[runs]] = self.length[ended]
        self.episode[runs] += 1
        self.state[ended] = self.draw_start(ended.size)
        self.episode_return[ended] = 0.0
        self.length[ended] = 0
        goes_on = self.episode[self.active] < self.n_episodes
        if not goes_on.all():
            self.active = self.active[goes_on]
            self.first_row = self.first_row[goes_on]
            self.state = self.state[goes_on]
            self.episode_return = self.episode_return[goes_on]
            self.length = self.length[goes_on]
        return ended.size


def _check_agent(agent_class, hyperparameters):
    """Refuse what would be ignored: only the `target` of the class is called here, none of its methods."""
    name = agent_class.__name__
    if not hasattr(agent_class, "target"):
        raise TypeError(f"{name} has no `target` rule to apply to many runs: use `train`")
    for method in ("act", "update", "end_episode"):
        if getattr(agent_class, method, None) is not getattr(QLearningAgent, method):
            raise TypeError(
                f"{name} has its own `{method}`, expected that of QLearningAgent, which many runs share: "
                "use `train`"
            )
    if "rng" in hyperparameters:
        raise TypeError("rng is given, but the seed fixes all random numbers: give seed=… instead")


def time_limit(env):
    """Return after how many steps the wrappers of `env` truncate an episode, infinity if never.

    >>> import gymnasium as gym
    >>> time_limit(gym.make("FrozenLake-v1")), time_limit(gym.make("FrozenLake-v1").unwrapped)
    (100, inf)
    """
    from gymnasium.wrappers import TimeLimit

    limit = np.inf
    while env is not env.unwrapped:
        if isinstance(env, TimeLimit):
            limit = min(limit, env._max_episode_steps)
        env = env.env
    return limit
