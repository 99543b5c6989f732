"""Many independent runs at once: NumPy over the run axis, with the update rules that single agents use."""

from dataclasses import dataclass

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.fast.world_copies import ManyPosts, copies_of
from rl_helpers.training.episodes import History, progress_bar


@dataclass(frozen=True)
class StepHistory:
    """What a number of time steps brought, an entry a step.

    Attributes:
        rewards: float, (n_runs, n_steps).
        q_values: the tables at the end, (n_runs, n_states, n_actions).
        best: on `Bob/Posts-v0`, whether the post taken was the best one, bool, shape of `rewards`; else None.
        regret: on `Bob/Posts-v0`, how much more the best post is worth, float, same shape; else None.
    """

    rewards: np.ndarray
    q_values: np.ndarray
    best: np.ndarray | None = None
    regret: np.ndarray | None = None


def train_many(
    agent_class,
    env,
    *,
    n_runs=100,
    n_episodes=None,
    n_steps=None,
    seed=None,
    progress=False,
    **hyperparameters,
):
    """Train many agents at once, each in a world of its own, and return all their learning curves.

    Statistically the same as calling `train` `n_runs` times with different seeds, and some thirty times as
    fast: every time step is taken by all runs together, in the world's transition model.

    Args:
        agent_class: one of `rl_helpers.agents` with a table, or a subclass that changes its `target` but none
            of its methods.
        env: a world with a transition model (`P`), or `Bob/Posts-v0`, as `gym.make` returns it: its time
            limit counts.
        n_runs: number of independent runs.
        n_episodes, n_steps: how long each run lasts, in episodes or in time steps: give one of the two.
        seed: fixes all random numbers of all runs.
        progress: whether to show a progress bar.
        **hyperparameters: as `agent_class` takes them, such as `learning_rate=0.1`, but for `rng`.

    Returns:
        With `n_episodes` a `History` with `returns` and `lengths` (n_runs, n_episodes) and `q_values`
        (n_runs, n_states, n_actions). With `n_steps` a `StepHistory` with `rewards` (n_runs, n_steps) and
        `q_values`. When stopped it holds the episodes, or steps, that all runs have finished.

    Raises:
        TypeError: if the environment has no transition model, the agent cannot be trained this way, `rng` is
            given, or not exactly one of `n_episodes` and `n_steps`.
        ValueError: if the furniture moves while one learns, or episodes of `Bob/Posts-v0` are too short.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import QLearningAgent
    >>> env = gym.make("CliffWalking-v1", max_episode_steps=500)
    >>> history = train_many(QLearningAgent, env, n_runs=20, n_episodes=50, seed=0, learning_rate=0.5)
    >>> history.returns.shape
    (20, 50)
    """
    if (n_episodes is None) == (n_steps is None):
        raise TypeError(
            f"n_episodes is {n_episodes} and n_steps is {n_steps}: give one of them, how long a run lasts"
        )
    _check_agent(agent_class, hyperparameters)
    n_runs = count("n_runs", n_runs)
    rng = np.random.default_rng(seed)
    worlds = copies_of(env, n_runs, rng)
    # The agent itself validates the hyperparameters and fills in its defaults.
    agent = agent_class(worlds.n_states, worlds.n_actions, **hyperparameters)
    agents = agent_class.many(agent, n_runs, rng)
    if n_steps is None:
        if isinstance(worlds, ManyPosts):
            raise TypeError("Bob/Posts-v0 has no episodes to learn over: give n_steps in place of n_episodes")
        return _run_episodes(agents, worlds, n_runs, count("n_episodes", n_episodes), progress)
    n_steps = count("n_steps", n_steps)
    if isinstance(worlds, ManyPosts) and n_steps > worlds.time_limit:
        raise ValueError(
            f"n_steps is {n_steps}, and the posts are replaced after {worlds.time_limit} time steps: give "
            "gym.make a larger max_episode_steps"
        )
    return _run_steps(agents, worlds, n_runs, n_steps, progress)


def _run_episodes(agents, worlds, n_runs, n_episodes, progress):
    runs = _Episodes(agents, worlds, n_runs, n_episodes)
    with _bar(progress, runs.returns.size, "episode") as bar:
        try:
            while runs.active.size:
                bar.update(runs.step())
        except KeyboardInterrupt:
            pass  # As in `train`: hand over what there is.
    finished = n_episodes - runs.remaining().max()
    return History(runs.returns[:, :finished], runs.lengths()[:, :finished], agents.q_values)


def _run_steps(agents, worlds, n_runs, n_steps, progress):
    runs = _Runs(agents, worlds, n_runs)
    rewards = np.zeros((n_steps, n_runs))
    with_regret = isinstance(worlds, ManyPosts)
    best = np.zeros((n_steps, n_runs), dtype=bool) if with_regret else None
    regret = np.zeros((n_steps, n_runs)) if with_regret else None
    finished = 0
    with _bar(progress, n_steps, "step") as bar:
        try:
            for step in range(n_steps):
                rewards[step], ended = runs.advance()
                runs.restart(ended, runs.active.take(ended))
                if with_regret:
                    best[step], regret[step] = worlds.best, worlds.regret
                finished = step + 1
                bar.update(1)
        except KeyboardInterrupt:
            pass  # As in `train`: hand over what there is.
    per_run = [None if column is None else column[:finished].T for column in (rewards, best, regret)]
    return StepHistory(per_run[0], agents.q_values, best=per_run[1], regret=per_run[2])


class _Runs:
    """All runs that still play: where each is, and when its episode began."""

    def __init__(self, agents, worlds, n_runs):
        self.agents, self.worlds = agents, worlds
        self.active = np.arange(n_runs)
        self.state = np.zeros(n_runs, dtype=np.intp) + worlds.start(n_runs)
        self.begun = np.zeros(n_runs, dtype=int)
        self.n_steps = 0
        self.next_limit = worlds.time_limit  # no episode reaches its time limit before this step
        agents.begin_episode(self.active, self.state)

    def advance(self):
        """Take one time step in every run; return its rewards, and the indices of the runs that it ended."""
        runs, state = self.active, self.state
        action = self.agents.act(runs, state)
        next_state, reward, terminated = self.worlds.step(runs, state, action)
        self.agents.update(runs, state, action, reward, next_state, terminated)
        self.n_steps += 1
        self.state = next_state
        if self.n_steps >= self.next_limit:
            terminated = terminated | (self.n_steps - self.begun >= self.worlds.time_limit)
        return reward, terminated.nonzero()[0]

    def restart(self, ended, runs):
        """Begin the next episode in the runs with these indices and numbers."""
        if ended.size:
            state = self.worlds.start(ended.size)
            self.agents.end_episode(runs)
            self.agents.begin_episode(runs, state)
            self.state[ended] = state
            self.begun[ended] = self.n_steps
        if self.n_steps >= self.next_limit:
            self.next_limit = self.begun.min() + self.worlds.time_limit


class _Episodes(_Runs):
    """Runs that stop after a number of episodes, with the return and the length of each."""

    def __init__(self, agents, worlds, n_runs, n_episodes):
        super().__init__(agents, worlds, n_runs)
        self.returns = np.zeros((n_runs, n_episodes))
        self.ends = np.zeros((n_runs, n_episodes), dtype=int)  # time steps taken when each episode was over
        self.flat_returns, self.flat_ends = self.returns.reshape(-1), self.ends.reshape(-1)
        # Where the present episode of each run is to be noted, and where the notes of the next run begin.
        self.place = np.arange(n_runs) * n_episodes
        self.next_place = self.place + n_episodes
        self.episode_return = np.zeros(n_runs)
        self.next_finish = n_episodes  # no run plays all its episodes before this step

    def remaining(self):
        """Return how many episodes each run has still to end, (n_runs,)."""
        return self.next_place - self.place

    def lengths(self):
        """Return the lengths of all episodes that are over, (n_runs, n_episodes)."""
        return np.diff(self.ends, prepend=0)  # the first step of an episode follows the last one before

    def step(self):
        """Take one time step in every run that still plays, and return how many episodes it ended."""
        reward, ended = self.advance()
        self.episode_return += reward
        runs = self.active.take(ended)
        if ended.size:
            place = self.place.take(runs)
            self.flat_returns[place] = self.episode_return.take(ended)
            self.flat_ends[place] = self.n_steps
            self.place[runs] = place + 1
            self.episode_return[ended] = 0.0
        self.restart(ended, runs)
        if self.n_steps >= self.next_finish:
            self.drop_finished()
        return ended.size

    def drop_finished(self):
        """Go on without the runs that have played all their episodes."""
        remaining = self.remaining().take(self.active)
        goes_on = remaining > 0
        if not goes_on.all():
            for name in ("active", "state", "begun", "episode_return"):
                setattr(self, name, getattr(self, name)[goes_on])
        # An episode takes at least one step.
        self.next_finish = self.n_steps + remaining.min(where=goes_on, initial=self.returns.shape[1])


class _NoBar:
    """A progress bar that shows nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def update(self, n_finished):
        pass


def _bar(show, total, unit):
    return progress_bar(None, True, total=total, unit=unit) if show else _NoBar()


def _check_agent(agent_class, hyperparameters):
    """Refuse what would be ignored: of the class only its `target` and its `many` are used."""
    name = agent_class.__name__
    many = getattr(agent_class, "many", None)
    if many is None:
        raise TypeError(f"{name} has no `target` rule to apply to many runs: use `train`")
    # Between the class and the one that `many` was written for, only the target may be new.
    for parent in agent_class.__mro__:
        if "many" in vars(parent):
            break
        for method, code in vars(parent).items():
            if (callable(code) or isinstance(code, property)) and not method.startswith("__"):
                if method == "target":
                    continue
                raise TypeError(
                    f"{name} has its own `{method}`, which many runs would not call: use `train`, or change "
                    "`target` alone"
                )
    if "rng" in hyperparameters:
        raise TypeError("rng is given, but the seed fixes all random numbers: give seed=… instead")
