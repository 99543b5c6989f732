"""Planning: the exact answer, computed from the transition model, that learning is compared with."""

import numpy as np

from rl_helpers.checks import number_in
from rl_helpers.model import transition_model


def value_iteration(env, discount, *, tolerance=1e-10, max_sweeps=100_000):
    """Return the exact action values Q* of the best policy.

    Args:
        env: a finite world with a transition model (`P`); a time limit around it is not seen.
        discount: γ, 0 ≤ γ ≤ 1. With γ = 1 every best policy must end by itself.
        tolerance: largest error of any entry (γ < 1), or largest change in the last sweep (γ = 1); no
            smaller than floats of this size allow.
        max_sweeps: when to give up.

    Returns:
        Q*, float array (n_states, n_actions).

    Raises:
        TypeError: if the environment has no transition model.
        ValueError: if `discount` is out of range, or the values still change after `max_sweeps`.

    Source:
        Sutton & Barto (2018), section 4.4, with action values (equation 4.2).

    >>> import gymnasium as gym
    >>> q_values = value_iteration(gym.make("CliffWalking-v1"), discount=1.0)
    >>> float(q_values[36].max())                # 13 steps from the start to the goal, each costs 1
    -13.0
    """
    discount = number_in("discount", discount, 0, 1)
    model = transition_model(env)
    expected_reward = (model.probability * model.reward).sum(axis=-1)
    continues = discount * model.probability * ~model.terminated
    # Values shrink towards Q* by γ a sweep, so a change of δ leaves an error of at most δ γ / (1 − γ).
    largest_change = tolerance * (1 - discount) / discount if 0 < discount < 1 else tolerance
    # With γ < 1 changes shrink by a factor e in 1 / (1 − γ) sweeps. If they do not, only rounding is left: it
    # can swap the values of two states for ever.
    patience = 1 / (1 - discount) if discount < 1 else np.inf
    smallest_change, stalled = np.inf, 0
    q_values = np.zeros(expected_reward.shape)
    for _ in range(max_sweeps):
        state_values = q_values.max(axis=-1)
        updated = expected_reward + (continues * state_values[model.next_state]).sum(axis=-1)
        change = np.abs(updated - q_values).max()
        q_values = updated
        stalled = 0 if change < smallest_change else stalled + 1
        smallest_change = min(smallest_change, change)
        rounding = 4 * np.finfo(float).eps * np.abs(q_values).max() if discount == 1 else 0
        if change <= max(largest_change, rounding) or stalled > patience:
            return q_values
    raise ValueError(
        f"the values still change by {change:.2g} after {max_sweeps} sweeps with discount {discount}: "
        "take a discount below 1, or a world in which the best policy ends"
    )


def policy_values(env, policy, discount):
    """Return the exact state values of a given policy, by solving its linear Bellman equation.

    Args:
        env: a finite world with a transition model (`P`); a time limit around it is not seen.
        policy: the action taken in every state, int (n_states,), such as `q_values.argmax(axis=1)`.
        discount: γ, 0 ≤ γ < 1.

    Returns:
        V of the policy, float array (n_states,).

    Raises:
        ValueError: if `discount` is not below 1, or `policy` has another shape or unknown actions.

    Source:
        Sutton & Barto (2018), equation 4.4 solved at once.

    >>> import gymnasium as gym, rl_helpers
    >>> room = gym.make("Bob/Room-v0", layout="BP")
    >>> policy_values(room, [1, 4], discount=0.5)            # right, then scratch: half of five
    array([2.5, 5. ])
    """
    discount = number_in("discount", discount, 0, np.nextafter(1, 0))
    model = transition_model(env)
    n_states, n_actions, _ = model.probability.shape
    policy = np.asarray(policy)
    if policy.shape != (n_states,) or not np.isin(policy, np.arange(n_actions)).all():
        raise ValueError(
            f"policy has shape {policy.shape} and holds {np.unique(policy)[:8].tolist()}, expected one "
            f"action from 0 to {n_actions - 1} for each of the {n_states} states"
        )
    states = np.arange(n_states)
    probability = model.probability[states, policy]
    follows = np.zeros((n_states, n_states))
    weight = probability * ~model.terminated[states, policy]
    np.add.at(follows, (states[:, None], model.next_state[states, policy]), weight)
    expected_reward = (probability * model.reward[states, policy]).sum(axis=1)
    return np.linalg.solve(np.eye(n_states) - discount * follows, expected_reward)
