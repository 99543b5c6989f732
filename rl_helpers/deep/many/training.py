"""Training and measuring many agents at once, each in environments of its own."""

from dataclasses import dataclass, field

import numpy as np

from rl_helpers.arguments import count, random_numbers
from rl_helpers.deep.many.observations import check_same_spaces
from rl_helpers.deep.many.rollout import Player
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.deep.many.vectors import checked_env, vector_of, warn_where_cut_off
from rl_helpers.history import History, reward_unit
from rl_helpers.notebook.progress import progress_counter

TOGETHER = "all runs together, in copies of the world"


@dataclass(frozen=True)
class PolicyHistory(History):
    """What training brought to many agents that play and learn by turns.

    Attributes:
        returns, lengths: of the episodes in the order in which they ended, as many as every run has finished,
            (n_runs, n_episodes).
        decisions: time steps that each run had taken after each of its updates, int (n_runs, n_updates).
        scores: mean return of the episodes that ended since the update before, float (n_runs, n_updates); as
            before where none did, NaN before the first one.
        diagnostics: what the agent says of each update, by name: float (n_runs, n_updates).
        agent: the trained agent, all runs in one; `agent.run(3)` is one of them.
    """

    decisions: np.ndarray = None
    scores: np.ndarray = None
    diagnostics: dict = field(default_factory=dict)
    agent: object = None


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
    """Train many agents at once and return all their learning curves; see `fast.train_many`.

    Args:
        agent_class: `ReinforceAgent`, `ActorCriticAgent`, `PPOAgent`, `DQNAgent`, or a class like them.
        env: see `vector_of`.
        n_runs: number of independent runs.
        n_episodes, n_steps: how long each run lasts, in episodes or in time steps of all its environments
            together: give one of the two. The last update may go beyond.
        seed: fixes all random numbers of all runs.
        progress: whether to show a progress bar.
        **hyperparameters: as `agent_class` takes them, but for `n_runs` and `rng`.

    Returns:
        A `PolicyHistory`. When stopped it holds the updates made so far, and its agent what was learned.
    """
    wanted = _wanted(n_episodes, n_steps)
    checked_env(env)
    rng = random_numbers(seed)
    env_seed = int(rng.integers(2**31))
    agent = agent_class(
        env.observation_space, env.action_space, n_runs=count("n_runs", n_runs), rng=rng, **hyperparameters
    )
    return go_on(agent, env, **wanted, seed=env_seed, progress=progress)


def go_on(agent, env, *, n_episodes=None, n_steps=None, seed=None, progress=False, watch=None):
    """Let an agent learn on from where it stands, all its runs at once.

    Args:
        agent: of `rl_helpers.deep`, such as one that `load` has given what was learned before.
        env, n_episodes, n_steps, progress: see `train_many`; how much is learned from now on.
        seed: of the environments, an int.
        watch: function called with the time steps that every run has taken since the beginning, after every
            update. It may measure the agent, save it, or end the training by returning True.

    Returns:
        A `PolicyHistory`, as `train_many` does.
    """
    ((name, wanted),) = _wanted(n_episodes, n_steps).items()
    check_same_spaces(agent, checked_env(env))
    player = Player(vector_of(env, agent.n_runs * agent.n_envs), agent, seed=seed)
    notes = _Notes(agent.n_runs)
    with one_thread(), progress_counter(progress, total=wanted, unit=name[2:-1]) as bar:
        try:
            done, is_over = 0, False
            while done < wanted and not is_over:
                rollout, episodes = agent.collect(player)
                warn_where_cut_off(env, episodes)
                notes.add(rollout, episodes, agent.learn(rollout))
                before, done = done, notes.n_steps() if n_episodes is None else notes.n_episodes()
                bar.update(min(done, wanted) - before)
                is_over = watch is not None and bool(watch(notes.n_steps()))
        except KeyboardInterrupt:
            pass  # What is learned so far is worth more than a traceback.
    return notes.history(agent, reward_unit(env))


def _wanted(n_episodes, n_steps):
    """Return the one of the two that was given, by name."""
    if (n_episodes is None) == (n_steps is None):
        raise TypeError(
            f"n_episodes is {n_episodes} and n_steps is {n_steps}: give one of them, how long a run lasts"
        )
    if n_episodes is None:
        return {"n_steps": count("n_steps", n_steps)}
    return {"n_episodes": count("n_episodes", n_episodes)}


def evaluate_many(agent, env, *, n_episodes=30, seed=None, explore=False):
    """Measure every run of an agent: the most probable actions, no learning.

    Args:
        agent: of `rl_helpers.deep`; it learns nothing.
        env: see `vector_of`.
        n_episodes: of each run, all at the same time.
        seed: of the environments; take another than in training.
        explore: whether actions are drawn by chance, as in training.

    Returns:
        A `History`, `returns` and `lengths` (n_runs, n_episodes), in no particular order.
    """
    n_episodes, episodes = count("n_episodes", n_episodes), []
    check_same_spaces(agent, checked_env(env))
    player = Player(vector_of(env, agent.n_runs * n_episodes), agent, seed=seed)
    with one_thread():
        for _ in player.steps_of_episodes(episodes, explore=explore):
            pass  # steps are forgotten: pictures of long episodes would fill the memory
    warn_where_cut_off(env, episodes)
    by_run = _by_run(agent.n_runs, episodes)
    return History(
        np.array([[episode.episode_return for episode in run] for run in by_run]),
        np.array([[episode.length for episode in run] for run in by_run]),
        reward_unit=reward_unit(env),
    )


class _Notes:
    """What happened in training, update by update."""

    def __init__(self, n_runs):
        self.n_runs, self.finished = n_runs, [[] for _ in range(n_runs)]
        self.decisions, self.scores, self.diagnostics = [np.zeros(n_runs, dtype=int)], [], {}

    def add(self, rollout, episodes, diagnostics):
        """Note an update."""
        new = _by_run(self.n_runs, episodes)
        before = self.scores[-1] if self.scores else np.full(self.n_runs, np.nan)
        scores = [
            np.mean([episode.episode_return for episode in run]) if run else score
            for run, score in zip(new, before, strict=True)
        ]
        self.scores.append(np.array(scores))
        self.decisions.append(self.decisions[-1] + rollout.is_valid.sum(axis=(1, 2)))
        for name, numbers in diagnostics.items():
            self.diagnostics.setdefault(name, []).append(numbers)
        for run, ended in zip(self.finished, new, strict=True):
            run += ended

    def n_steps(self):
        """Return how many time steps every run has taken."""
        return int(self.decisions[-1].min())

    def n_episodes(self):
        """Return how many episodes every run has finished."""
        return min(map(len, self.finished))

    def history(self, agent, unit):
        """Return all as a `PolicyHistory`, rewards in a unit."""
        n_episodes = self.n_episodes()
        shape = self.n_runs, n_episodes
        kept = [episode for run in self.finished for episode in run[:n_episodes]]
        return PolicyHistory(
            np.array([episode.episode_return for episode in kept], dtype=float).reshape(shape),
            np.array([episode.length for episode in kept], dtype=int).reshape(shape),
            decisions=np.array(self.decisions[1:]).reshape(-1, self.n_runs).T,
            scores=np.array(self.scores).reshape(-1, self.n_runs).T,
            diagnostics={name: np.array(numbers).T for name, numbers in self.diagnostics.items()},
            agent=agent,
            way=TOGETHER,
            reward_unit=unit,
        )


def _by_run(n_runs, episodes):
    runs = [[] for _ in range(n_runs)]
    for episode in episodes:
        runs[episode.run].append(episode)
    return runs
