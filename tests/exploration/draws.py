"""What tests of exploration share: many draws of a rule, and how often each action came."""

import numpy as np

N_DRAWS = 20_000
# Five standard deviations of a frequency over N_DRAWS draws: 5 × sqrt(0.25 / 20,000).
MARGIN = 0.018


def frequencies(actions, n_actions):
    return np.bincount(actions, minlength=n_actions) / len(actions)


def draw(rule, as_array, row, *arguments, seed=0):
    """Return many actions for one row of values, from the rule for lists or the one for arrays."""
    rng = np.random.default_rng(seed)
    if as_array:
        return rule(np.tile(np.array(row), (N_DRAWS, 1)), *arguments, rng)
    return np.array([rule(list(row), *arguments, rng) for _ in range(N_DRAWS)])
