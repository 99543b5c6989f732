"""Many copies of one world, which take their steps together; each has chance of its own."""

import math
from typing import Protocol

import numpy as np

from rl_helpers.fast.random_blocks import in_blocks
from rl_helpers.worlds.transition_model import models_by_step
from rl_helpers.worlds.wrappers import (
    FROM_EXPERIENCE,
    NoModelError,
    has_method,
    refuse_untrue_model,
    world_and_rewards,
)

LARGEST_URN = 60


class WorldCopies(Protocol):
    """What `train_many` asks of a world's copies; a world may bring its own by `copies(n_runs, rng)`.

    Attributes:
        n_states, n_actions: sizes of the world.
        has_episodes: whether one can learn over episodes; without, each is another problem.
        has_regret: whether `best` and `regret` are known of the last step: whether no other action had a
            higher value, bool, and how much the best value was above that of the action taken, (n_runs,).
    """

    n_states: int
    n_actions: int
    has_episodes: bool
    has_regret: bool

    def start(self, n):
        """Return the states in which `n` episodes begin, one or (n,)."""

    def step(self, runs, state, action):
        """Return next state, reward, and whether that is terminal, each (n,), for a step of each run."""


def copies_of(env, n_runs, rng):
    """Return `WorldCopies` of `env` for `n_runs` runs.

    Raises:
        TypeError: if the world has neither copies of its own nor a transition model, or a wrapper around it
            does what they do not know.
        ValueError: if the model changes from one episode to the next, or makes no sense.
    """
    world, rewards = world_and_rewards(env)
    if not has_method(world, "copies", 2):
        return ModelCopies(env, n_runs, rng)
    refuse_untrue_model(world, "copies")
    name = type(world).__name__
    if rewards:
        raise NoModelError(
            f"a wrapper changes the rewards of {name}, whose copies do not know: leave it out, "
            f"or {FROM_EXPERIENCE}"
        )
    copies = world.copies(n_runs, rng)
    expected = ("n_states", "n_actions", "has_episodes", "has_regret", "start", "step")
    missing = [attribute for attribute in expected if not hasattr(copies, attribute)]
    if missing:
        raise TypeError(
            f"the copies of {name} are {type(copies).__name__}, without {', '.join(missing)}: give all that "
            "`rl_helpers.fast.world_copies.WorldCopies` asks for"
        )
    return copies


class ModelCopies:
    """Copies of a world with a transition model.

    Attributes:
        n_steps: time steps taken so far.
    """

    has_episodes, has_regret = True, False

    def __init__(self, env, n_runs, rng):
        self.rng = rng
        self.n_steps = 0
        models = models_by_step(env)
        self.n_states, self.n_actions, _ = models[0].probability.shape
        self.pairs_per_state = np.array(self.n_actions)  # an array for speed, see ManyTables
        self.last_model = models[max(models)]
        start = models[0].start
        self.only_start = int(start.argmax()) if start.max() == 1 else None
        self.cumulative_start = start.cumsum() / start.sum()
        outcomes = {
            step: _urn(model) or _Odds(model.probability, *_follows(model)) for step, model in models.items()
        }
        self.outcomes_by_step = {step: each.begin(n_runs, rng) for step, each in outcomes.items()}
        self.outcomes = self.outcomes_by_step[0]

    def start(self, n):
        """Return the states in which `n` episodes begin."""
        if self.only_start is not None:
            return self.only_start
        return np.searchsorted(self.cumulative_start, self.rng.random(n), side="right")

    def state_without_end(self):
        """Return a state from which no end of the episode can be reached, None if there is none.

        Counted are the states that an episode can come to, once the world has become what it stays.
        """
        model = self.last_model
        happens = model.probability > 0
        reached = model.start > 0
        ends = (happens & model.terminated).any(axis=(1, 2))
        goes_on = happens & ~model.terminated
        while True:
            before = reached.sum(), ends.sum()
            reached[model.next_state[reached][goes_on[reached]]] = True
            ends |= (ends[model.next_state] & goes_on).any(axis=(1, 2))
            if (reached.sum(), ends.sum()) == before:
                break
        endless = np.flatnonzero(reached & ~ends)
        return int(endless[0]) if endless.size else None

    def step(self, runs, state, action):
        """Return next state, reward, and whether that is terminal, each (n,), for a step of each run."""
        outcomes = self.outcomes
        drawn = outcomes.draw(state * self.pairs_per_state + action)
        self.n_steps += 1
        if self.n_steps in self.outcomes_by_step:
            self.outcomes = self.outcomes_by_step[self.n_steps]
        return outcomes.next_state.take(drawn), outcomes.reward.take(drawn), outcomes.terminated.take(drawn)


class _Outcomes:
    """The outcomes of all pairs (state × n_actions + action): the first of each, then the second of each."""

    def __init__(self, *columns):
        *shape, self.n_outcomes = columns[0].shape
        self.n_pairs = math.prod(shape)
        self.next_state, self.reward, self.terminated = (
            column.reshape(self.n_pairs, self.n_outcomes).T.ravel() for column in columns
        )

    def begin(self, n_runs, rng):
        """Begin the draws for at most `n_runs` runs, and return these outcomes."""
        self.draws = in_blocks(lambda n_steps: self.numbers(rng, (n_steps, n_runs)), n_runs)
        return self


class _Urn(_Outcomes):
    """Outcomes repeated so often that all are equally probable, like balls in an urn: the fastest to draw."""

    def numbers(self, rng, shape):
        """Return the numbers that `draw` needs: where the outcomes begin of which one is taken."""
        return rng.integers(self.n_outcomes, size=shape) * self.n_pairs

    def draw(self, pair):
        """Return the index of an outcome of each pair."""
        if self.n_outcomes == 1:
            return pair
        return next(self.draws)[: pair.size] + pair


class _Odds(_Outcomes):
    """Outcomes with any probabilities."""

    def __init__(self, probability, *outcomes):
        super().__init__(*outcomes)
        self.cumulative = probability.reshape(-1, self.n_outcomes).cumsum(axis=1)
        self.cumulative[:, -1] = 1.0  # Rounding must not leave a gap above the last probability.

    def numbers(self, rng, shape):
        """Return the numbers that `draw` needs."""
        return rng.random(shape)

    def draw(self, pair):
        """Return the index of an outcome of each pair."""
        above = next(self.draws)[: pair.size, None] >= self.cumulative.take(pair, axis=0)
        return above.sum(axis=1) * self.n_pairs + pair


def _urn(model):
    """Return the model as an urn, None if its probabilities are not multiples of one over a small number."""
    n_states, n_actions, _ = model.probability.shape
    for n_balls in range(1, LARGEST_URN + 1):
        balls = model.probability * n_balls
        if np.abs(balls - balls.round()).max() < 1e-12:
            copies = balls.round().astype(int).ravel()
            return _Urn(
                *(
                    column.ravel().repeat(copies).reshape(n_states, n_actions, n_balls)
                    for column in _follows(model)
                )
            )
    return None


def _follows(model):
    return model.next_state, model.reward, model.terminated
