"""Baird's counterexample: Q-learning's three habits together let weights grow without end.

Seven states, no reward, so that every value is 0. The six upper states are worth 2 wᵢ + w₈, the seventh
w₇ + 2 w₈. The action "dashed" leads to one of the upper six by chance, "solid" to the seventh. What is
learned about always takes "solid"; who plays takes it once in seven steps. The weights could say all values
exactly, and still learning leads away from them: function approximation, bootstrapping, and learning about
another policy than the one that plays. Without one of the three it does not happen.

Source: Baird (1995), "Residual algorithms"; Sutton & Barto (2018), section 11.2, figure 11.2.
"""

import numpy as np

from rl_helpers.arguments import count, number_in

N_STATES = 7
FEATURES = np.hstack([2 * np.eye(7), np.ones((7, 1))])
FEATURES[6, 6], FEATURES[6, 7] = 1, 2
"""What each state's value is made of, (7 states, 8 weights): v = FEATURES @ w."""

FIRST_WEIGHTS = np.array([1.0, 1, 1, 1, 1, 1, 10, 1])
"""Those of the book's figure."""

SOLID_SHARE = 1 / N_STATES
"""How often who plays takes "solid", so that all states come equally often."""


def baird_sweeps(n_sweeps, *, learning_rate=0.01, discount=0.99, hold=1):
    """Return the weights of semi-gradient dynamic programming, one update a sweep over all states.

    w ← w + (α / 7) Σ_s (γ v⁻(7) − v(s)) ∇v(s): no chance is in it, and it grows all the same.

    Args:
        n_sweeps: number of updates.
        learning_rate: α > 0.
        discount: γ, 0 ≤ γ ≤ 1.
        hold: sweeps for which the targets stay as they are; v⁻ is v where it is 1.

    Returns:
        float (n_sweeps + 1, 8), the first weights among them.

    >>> baird_sweeps(1000)[[0, 500, 1000], 7].round(1)
    array([  1. ,  76.8, 335. ])
    """
    weights = _start(n_sweeps, learning_rate, discount, hold)
    for sweep in range(n_sweeps):
        if sweep % hold == 0:
            target = discount * FEATURES[6] @ weights[sweep]
        error = target - FEATURES @ weights[sweep]
        weights[sweep + 1] = weights[sweep] + learning_rate / N_STATES * error @ FEATURES
    return weights


def baird_steps(n_steps, *, learning_rate=0.01, discount=0.99, hold=1, is_on_policy=False, rng=None):
    """Return the weights of semi-gradient off-policy TD(0) along one life of the player.

    w ← w + α ρ δ ∇v(s), with δ = γ v⁻(s′) − v(s) and ρ = π(a | s) / b(a | s): 7 after "solid", and 0 after
    "dashed", which the policy that is learned about never takes.

    Args:
        n_steps: time steps.
        learning_rate, discount, hold: see `baird_sweeps`, `hold` in time steps.
        is_on_policy: whether the policy that is learned about plays: then ρ = 1.
        rng: `np.random.Generator`.

    Returns:
        float (n_steps + 1, 8).
    """
    weights = _start(n_steps, learning_rate, discount, hold)
    rng = np.random.default_rng() if rng is None else rng
    share = 1.0 if is_on_policy else SOLID_SHARE
    state = rng.integers(N_STATES)
    for step in range(n_steps):
        if step % hold == 0:
            held = weights[step]
        is_solid = rng.random() < share
        next_state = 6 if is_solid else rng.integers(6)
        ratio = is_solid / share
        td_error = discount * FEATURES[next_state] @ held - FEATURES[state] @ weights[step]
        weights[step + 1] = weights[step] + learning_rate * ratio * td_error * FEATURES[state]
        state = next_state
    return weights


def baird_growth(*, learning_rate=0.01, discount=0.99, hold=1):
    """Return by what factor the values grow in a sweep in the long run; below 1 they come to rest at 0.

    A sweep is a linear map of the values, v ← (I − K) v + γ K P v⁻ with K = (α / 7) Φ Φᵀ, and so are `hold`
    sweeps towards the same targets. The factor is the largest size of that map's eigenvalues, per sweep.

    Args:
        learning_rate, discount, hold: see `baird_sweeps`.

    >>> float(round(baird_growth(), 6)), float(round(baird_growth(hold=1000), 6))
    (1.002393, 0.99999)
    """
    kernel = learning_rate / N_STATES * FEATURES @ FEATURES.T
    to_seventh = np.zeros((N_STATES, N_STATES))
    to_seventh[:, 6] = discount
    period = np.eye(N_STATES)
    for _ in range(hold):
        period = (np.eye(N_STATES) - kernel) @ period + kernel @ to_seventh
    return np.abs(np.linalg.eigvals(period)).max() ** (1 / hold)


def _start(n_updates, learning_rate, discount, hold):
    number_in("learning_rate", learning_rate, 0, np.inf, low_open=True, high_open=True)
    number_in("discount", discount, 0, 1)
    count("hold", hold)
    weights = np.empty((count("n_updates", n_updates) + 1, 8))
    weights[0] = FIRST_WEIGHTS
    return weights
