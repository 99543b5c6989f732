"""The three patients, and how they are examined: with a clock that rings soon, and with a late one."""

from dataclasses import dataclass
from types import MappingProxyType

import gymnasium as gym
import numpy as np

from rl_helpers.deep import PPOAgent
from rl_helpers.exercises.tasks.policy_clinic.bugs import BUGS
from rl_helpers.notebook.paths import DATA
from rl_helpers.training import train_many

EXAMINED = DATA / "policy_clinic.npz"
"""What `examine` found in twenty runs of each, written by `python -m tools.policy_gradients.clinic`."""

SOON, LATE = 100, 500
"""After how many steps the clock rings."""

N_STEPS = 20_000
SETTINGS = {"n_epochs": 10, "standardise_advantages": False}
"""Of all patients and of the healthy agent. Standardised advantages would hide the bug of one of them."""

_ORDER = ("takes the clock for the end", "old probabilities anew", "advantage not detached")
PATIENTS = MappingProxyType(dict(zip(("Fritz", "Gina", "Hugo"), map(BUGS.get, _ORDER), strict=True)))
"""Who has which bug: do not look before you have tried."""


@dataclass(frozen=True)
class Findings:
    """What an examination found under one clock.

    Attributes:
        decisions: taken after each update, (n_updates,).
        scores: mean return of the episodes that ended since the update before, (n_runs, n_updates).
        promise: what the critic says of a pole that stands still and upright, (n_runs, n_updates).
        clip_fraction: share of ratios beyond the clip, as the agent reports it, (n_runs, n_updates).
    """

    decisions: np.ndarray
    scores: np.ndarray
    promise: np.ndarray
    clip_fraction: np.ndarray

    def late(self, name):
        """Return the mean of a finding over the last fifth of the updates, (n_runs,)."""
        numbers = getattr(self, name)
        return numbers[:, -(numbers.shape[1] // 5) :].mean(axis=1)


def examine(agent_class=PPOAgent, *, n_runs=20, n_steps=N_STEPS, seed=0):
    """Train many agents of a kind under both clocks.

    Args:
        agent_class: such as `PATIENTS["Fritz"].agent_class`; the healthy one if not given.
        n_runs: number of independent runs under each clock.
        n_steps: decisions of each run.
        seed: fixes all random numbers.

    Returns:
        From the clock, `SOON` or `LATE`, to its `Findings`.

    >>> findings = examine(n_runs=2, n_steps=1000)
    >>> [(clock, len(found.promise)) for clock, found in findings.items()]
    [(100, 2), (500, 2)]
    """

    class Promises(agent_class):
        """The same agent, whose critic is asked after each update."""

        def learn(self, rollout):
            upright = np.zeros((self.n_runs, 1, 4), self.dtype)
            return super().learn(rollout) | {"promise": self.values(upright)[:, 0]}

    def under(clock):
        env = gym.make("CartPole-v1", max_episode_steps=clock)
        history = train_many(Promises, env, n_runs=n_runs, n_steps=n_steps, seed=seed, **SETTINGS)
        scores = np.nan_to_num(history.scores)  # no episode has ended before the first update
        kept = (history.diagnostics[name] for name in ("promise", "clip_fraction"))
        return Findings(history.decisions.mean(axis=0), scores, *kept)

    return {clock: under(clock) for clock in (SOON, LATE)}


def examined(who):
    """Return what twenty runs of each clock have shown, as it is stored.

    Args:
        who: "healthy" or a name in `PATIENTS`.

    Returns:
        From the clock, `SOON` or `LATE`, to its `Findings`, as `examine` returns them.

    Raises:
        ValueError: if nobody of that name was examined.

    >>> examined("Gina")[SOON].scores.shape
    (20, 85)
    """
    if who not in ("healthy", *PATIENTS):
        raise ValueError(f"nobody named {who!r} was examined: choose healthy or {', '.join(PATIENTS)}")
    with np.load(EXAMINED, allow_pickle=False) as stored:
        return {
            clock: Findings(*(stored[f"{who}.{clock}.{what}"] for what in Findings.__annotations__))
            for clock in (SOON, LATE)
        }
