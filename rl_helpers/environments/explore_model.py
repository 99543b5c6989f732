"""The transition model of a small world, found by trying every action in every state."""

from collections import Counter, deque

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count
from rl_helpers.environments.copies import Copier
from rl_helpers.environments.explored_world import ExploredWorld
from rl_helpers.environments.table_rows import n_actions_of
from rl_helpers.environments.walks import SHARED, comparable, shares_with_copies
from rl_helpers.history import reward_unit
from rl_helpers.notebook.progress import progress_counter

AGREEING = 30
"""Ways by which a state was reached that have to lead to the same where the world hides something."""

MOST_COPIES = 50_000  # kept at once, a few kilobytes each


def explore_model(env, *, n_samples=100, n_starts=1_000, most_states=5_000, seed=0, progress=False):
    """Return the transition model of a world, for exact answers where it has no `P`.

    Every action is tried in a copy of the world, in every state that can be reached. A pair of state and
    action is exact if its steps draw no random number and all ways by which the state was reached agree: all
    of them in a world without chance, 30 in any other. Elsewhere the model counts: probabilities are shares
    of `n_samples` tries, and `uncertainty` says how far they may be off. Time limits are not seen.

    A state is an observation. Where the world keeps something else that matters, such as the dealer's second
    card in Blackjack, the tries begin from as many ways of reaching the state as there were. The best value
    in a counted model is a little above the true one: the best of several numbers that err is one that errs
    upwards. More samples make that smaller.

    Args:
        env: a Gymnasium environment with `Discrete` actions that `copy.deepcopy` can copy. Put the wrapper
            that numbers its states around it first, and rows are those of the agent's table.
        n_samples: tries of each pair of state and action in which chance has a part.
        n_starts: starts looked at.
        most_states: when to give up.
        seed: of all chance.
        progress: whether to show how many tries were made. A million takes about a minute; there are
            `n_samples` for each action in each state where chance has a part.

    Returns:
        An `ExploredWorld`: an environment with `P`, which `value_iteration` and `train_many` take, and whose
        `str` says how exact it is. Where observations are `Discrete` from 0, rows are the same numbers; else
        states are numbered in the order in which they were found.

    Raises:
        TypeError: if the world cannot be copied, draws chance that no seed fixes, its actions are not
            numbers from 0, or its observations are buckets of numbers with a fraction.
        ValueError: if there are more than `most_states` states, or the world cuts off episodes by itself.

    >>> explored = explore_model(gym.make("CliffWalking-v1"), n_samples=5)
    >>> explored.P[36][1]                  # right, from the start into the cliff and back
    [(1.0, 36, -100.0, False)]
    """
    n_samples, n_starts = count("n_samples", n_samples), count("n_starts", n_starts)
    exploration = _Exploration(env, n_samples, count("most_states", most_states), seed)
    exploration.look_at_starts(n_starts)
    with progress_counter(progress, total=None, unit="try") as bar:
        exploration.try_all(bar)
    explored = exploration.result()
    explored.metadata = {"reward_unit": reward_unit(env)}
    return explored


def _refuse_buckets(env):
    """Raise where a wrapper sorts numbers with a fraction into buckets.

    A row then stands for many states. What follows depends on where in its bucket one is, and most tries end
    in the bucket that they began in: the model would be of a part of the world, and of no agent's.
    """
    numbers = env.unwrapped.observation_space
    has_fraction = isinstance(numbers, gym.spaces.Box) and numbers.dtype.kind == "f"
    if has_fraction and not isinstance(env.observation_space, gym.spaces.Box):
        raise TypeError(
            f"the observations of {type(env.unwrapped).__name__} have fractions, and each row of "
            f"{env.observation_space} stands for many states, so no model of the rows is true: train with "
            "`train_many`, which needs none"
        )


class _Exploration:
    """What is known of a world so far."""

    def __init__(self, env, n_samples, most_states, seed):
        self.n_actions = n_actions_of(env)
        _refuse_buckets(env)
        space = env.observation_space
        is_numbered = isinstance(space, gym.spaces.Discrete) and space.start == 0
        self.n_rows = int(space.n) if is_numbered else None
        self.name, self.space = type(env.unwrapped).__name__, space
        self.n_samples, self.most_states = n_samples, most_states
        self.copier, self.seed = Copier(env, seed), seed
        if shares_with_copies(env):
            raise TypeError(f"{self.name} cannot be explored: {SHARED}")
        self.arrivals, self.n_arrivals, self.n_copies = {}, Counter(), 0  # copies that are in a state
        self.followed, self.by_chance = {}, set()
        self.seen = set()
        self.queue, self.queued = deque(), set()

    def look_at_starts(self, n_starts):
        """Begin episodes, and note where."""
        self.starts = Counter()
        for seed in np.random.default_rng(self.seed).integers(2**31, size=n_starts).tolist():
            observation, env = self.copier.begun(seed)
            state = self.note(observation)
            self.starts[state] += 1
            self.arrive(state, env)

    def note(self, observation):
        """Return an observation as a key, and count it."""
        state = comparable(observation)
        if self.n_rows is not None and not (isinstance(state, int) and 0 <= state < self.n_rows):
            raise ValueError(
                f"{self.name} returned the observation {state!r}, which is not in {self.space}: "
                "rl_helpers.environments.check_world(env) looks for such faults"
            )
        self.seen.add(state)
        if len(self.seen) > self.most_states:
            raise ValueError(
                f"{self.name} has more than {self.most_states:,} states: leave out of the observation what "
                "does not matter, allow more with most_states=…, or train with `train_many`, which needs no "
                "model"
            )
        return state

    def arrive(self, state, env):
        """Keep a copy that is in a state, as one more way to have come there."""
        ways = self.arrivals.setdefault(state, [])
        if ways and (len(ways) >= max(self.n_samples, AGREEING) or self.n_copies >= MOST_COPIES):
            return
        ways.append(env)
        self.n_copies += 1
        for action in range(self.n_actions):
            self.ask((state, action))

    def ask(self, pair):
        """Queue a pair if it has to be tried again."""
        if pair not in self.queued and not self.is_known(pair):
            self.queue.append(pair)
            self.queued.add(pair)

    def is_known(self, pair):
        """Return whether a pair was tried often enough."""
        followed = self.followed.get(pair)
        if not followed:
            return False
        n = followed.total()
        if self.is_alike(pair):
            return n >= min(AGREEING, len(self.arrivals[pair[0]]))
        return n >= self.n_samples

    def is_alike(self, pair):
        """Return whether a pair had one outcome so far, without chance."""
        return pair not in self.by_chance and len(self.followed[pair]) == 1

    def try_all(self, bar):
        """Try pairs until all are known, and tell a progress bar."""
        while self.queue:
            pair = self.queue.popleft()
            self.queued.remove(pair)
            self.try_once(pair)
            bar.update(1)
            self.ask(pair)

    def try_once(self, pair):
        """Take one step from a state, in a copy."""
        state, action = pair
        followed = self.followed.setdefault(pair, Counter())
        ways = self.arrivals[state]
        n = followed.total()
        env = self.copier.copy(ways[n % len(ways)])
        before = self.copier.chance()
        step = self.copier.check_global(lambda: env.step(action)) if n == 0 else env.step(action)
        if self.copier.chance() != before:
            self.by_chance.add(pair)
        if not _is_step(step):
            raise TypeError(
                f"step({action}) of {self.name} returned {step!r}, expected an observation, one finite "
                "number as reward, True or False as terminated and truncated, and a dictionary: "
                "rl_helpers.environments.check_world(env) says what to mend"
            )
        observation, reward, terminated, truncated, _ = step
        if truncated and not terminated:
            raise ValueError(
                f"{self.name} cuts episodes off by itself (truncated=True), so its states depend on the "
                "time: leave that to gymnasium.wrappers.TimeLimit, which is not seen here"
            )
        following = self.note(observation)
        followed[following, float(reward), bool(terminated)] += 1
        if not terminated:
            self.arrive(following, env)

    def result(self):
        """Return what was found."""
        if self.n_rows is None:
            states = list(dict.fromkeys([*self.arrivals, *sorted(self.seen, key=repr)]))
        else:
            states = [row if row in self.seen else None for row in range(self.n_rows)]
        row_of = {state: row for row, state in enumerate(states)}
        counts = {
            (row_of[state], action): {(row_of[to], *rest): n for (to, *rest), n in followed.items()}
            for (state, action), followed in self.followed.items()
        }
        certain = not self.by_chance and len(self.starts) == 1
        exact = {
            (row_of[state], action)
            for state, action in self.followed
            if self.is_alike((state, action)) and (certain or len(self.arrivals[state]) >= AGREEING)
        }
        starts = {row_of[state]: n for state, n in self.starts.items()}
        return ExploredWorld(counts, exact, starts, states, self.n_actions)


def _is_step(step):
    """Return whether something can be learned from what `step` returned."""
    if type(step) is not tuple or len(step) != 5:
        return False
    _, reward, *flags, _ = step
    is_number = np.shape(reward) == () and np.asarray(reward).dtype.kind in "buif" and np.isfinite(reward)
    return bool(is_number) and all(np.shape(flag) == () and flag in (0, 1) for flag in flags)
