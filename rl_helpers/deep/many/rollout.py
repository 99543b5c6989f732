"""Playing in any vector environment of Gymnasium, and transitions of what was played.

What the environments return is sorted out here, so that an agent learns from plain transitions, whichever way
an episode that is over is followed by the next:

- `SAME_STEP`: the observation returned is already the first of the next episode, the last one is in `infos`;
- `NEXT_STEP`: the last one is returned; the next step ignores its action and only begins the next episode:
  that is no transition, and `is_valid` says so;
- `DISABLED`: environments begin again because `Player` asks them to.
"""

from typing import NamedTuple

import numpy as np
from gymnasium.vector import AutoresetMode

from rl_helpers.deep.many.observations import NOT_FINITE, is_finite


class Rollout(NamedTuple):
    """Transitions of all runs, axes (n_runs, n_envs, n_steps): a state, what was done in it, what followed.

    Attributes:
        inputs: what the networks were told of the states, float (n_runs, n_envs, n_steps, n_inputs), or
            numbers of states, int (n_runs, n_envs, n_steps).
        actions: those taken, int, or float with an axis more.
        rewards: float.
        next_inputs: what is told of the states that followed, as `inputs`: where an episode ended, of its
            last state, never of the first of the next episode.
        terminated: whether that state is terminal, bool.
        ended: whether the episode was over, by its end or by a time limit, bool.
        is_valid: whether it is a transition at all, bool.
    """

    inputs: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    next_inputs: np.ndarray
    terminated: np.ndarray
    ended: np.ndarray
    is_valid: np.ndarray

    def flat(self):
        """Return the same with environments and steps along one axis, (n_runs, n_samples)."""
        return Rollout(*(each.reshape(len(each), -1, *each.shape[3:]) for each in self))


class Episode(NamedTuple):
    """An episode that is over: of which run, its return, and its length in time steps."""

    run: int
    episode_return: float
    length: int


class Player:
    """Environments of many runs, and the episodes that are under way in them.

    Args:
        vector: a Gymnasium vector environment of n_runs × n_envs environments, run by run.
        agent: has `n_runs`, `see` (observations → inputs of its networks), `choose` (inputs → actions) and
            `for_world` (actions → actions of the world).
        seed: of the environments, an int.

    Attributes:
        infos: what the environments told beside the last step, a dict.
        begun: another object each time that all episodes are begun anew.
    """

    def __init__(self, vector, agent, *, seed=None):
        if vector.num_envs % agent.n_runs:
            raise ValueError(
                f"there are {vector.num_envs} environments for {agent.n_runs} runs: make as many for each run"
            )
        self.vector, self.agent, self.seed = vector, agent, seed
        self.shape = agent.n_runs, vector.num_envs // agent.n_runs
        self.mode = vector.metadata.get("autoreset_mode", AutoresetMode.NEXT_STEP)
        self.begin()

    def begin(self):
        """Begin an episode everywhere."""
        observations, _ = self.vector.reset(seed=self.seed)
        self.seed = None  # from now on the environments go on with their random numbers
        self.begun = object()
        self.inputs = self._see(observations, learn=False)
        self.begins_next = np.zeros(self.shape, dtype=bool)  # whether the next step does no more than that
        self.returns, self.lengths = np.zeros(self.shape), np.zeros(self.shape, dtype=int)

    def play(self, n_steps, *, explore=True):
        """Play so many time steps everywhere; return a `Rollout` and a list of every `Episode` that ended."""
        steps, episodes = [], []
        for _ in range(n_steps):
            steps.append(self.step(episodes, explore=explore))
        return self.joined(steps), episodes

    def play_episodes(self, *, explore=True):
        """Play one whole episode everywhere; return the same. What follows an episode is not valid."""
        episodes = []
        return self.joined([*self.steps_of_episodes(episodes, explore=explore)]), episodes

    def steps_of_episodes(self, episodes, *, explore=True):
        """Play one whole episode everywhere and yield every step; see `step`."""
        self.begin()
        plays = np.ones(self.shape, dtype=bool)
        while plays.any():
            step = self.step(episodes, plays, explore=explore)
            plays = plays & ~step.ended
            yield step

    def step(self, episodes, counts=True, *, explore=True):
        """Take one time step everywhere and return it, a `Rollout` with axes (n_runs, n_envs).

        Args:
            episodes: a list that gets every `Episode` that ends.
            counts: which environments count, bool (n_runs, n_envs), or all.
            explore: whether actions are drawn by chance; else the most probable ones are taken, and nothing
                is learned of the scale of the observations.

        Raises:
            ValueError: if a reward or an observation is not finite.
            TypeError: if environments that begin anew by themselves do not tell what they saw last.
        """
        inputs, begins = self.inputs, self.begins_next
        actions = self.agent.choose(inputs, explore=explore)
        for_world = self.agent.for_world(actions)
        observations, *numbers, infos = self.vector.step(for_world.reshape(-1, *for_world.shape[2:]))
        self.infos = infos
        rewards, terminated, truncated = (np.asarray(each).reshape(self.shape) for each in numbers)
        is_valid = ~begins & counts
        self._count(rewards, is_valid)
        ended = terminated | truncated
        next_inputs = self.inputs = self._see(observations, learn=explore)
        self.begins_next = ended if self.mode == AutoresetMode.NEXT_STEP else np.zeros_like(ended)
        if ended.any():
            if self.mode == AutoresetMode.SAME_STEP:
                if "final_obs" not in infos:
                    raise TypeError(
                        f"{type(self.vector).__name__} begins episodes anew in the same step, and its infos "
                        'have no "final_obs": leave out wrappers that change infos'
                    )
                last = observations.copy()
                last[ended.ravel()] = np.stack([*infos["final_obs"][ended.ravel()]])
                next_inputs = self._see(last, learn=False)
            elif self.mode == AutoresetMode.DISABLED:
                observations, _ = self.vector.reset(options={"reset_mask": ended.ravel()})
                self.inputs = self._see(observations, learn=False)
            self._note(ended, is_valid, episodes)
        return Rollout(inputs, actions, rewards, next_inputs, terminated, ended, is_valid)

    def _see(self, observations, *, learn):
        if not is_finite(observations):
            env = np.argwhere(~np.isfinite(observations))[0, 0]
            raise ValueError(
                f"an observation of environment {env} is {observations[env]}, expected finite numbers: "
                f"{NOT_FINITE}"
            )
        return self.agent.see(observations.reshape(*self.shape, *observations.shape[1:]), learn=learn)

    def _count(self, rewards, is_valid):
        if not np.isfinite(rewards).all():
            run, env = np.argwhere(~np.isfinite(rewards))[0]
            raise ValueError(
                f"reward is {rewards[run, env]} in run {run}, environment {env}, step "
                f"{self.lengths[run, env] + 1} of its episode, expected a finite number: look for a division "
                "by zero or an infinite penalty where the environment makes its rewards"
            )
        self.returns += rewards * is_valid
        self.lengths += is_valid

    def _note(self, ended, is_valid, episodes):
        for run, env in np.argwhere(ended & is_valid).tolist():
            episodes.append(Episode(run, float(self.returns[run, env]), int(self.lengths[run, env])))
        self.returns[ended] = 0.0
        self.lengths[ended] = 0

    @staticmethod
    def joined(steps):
        """Return one `Rollout` with an axis of time behind those of runs and environments."""
        return Rollout(*(np.stack(column, axis=2) for column in zip(*steps, strict=True)))
