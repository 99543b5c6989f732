"""Update rules: one pure function each, the equation and nothing else.

Every function takes numbers or arrays of any leading shape, so one agent and a hundred agents side by side
are taught by the same line.
"""


def q_learning_target(reward, next_q_values, terminated, discount):
    """Return the target of Q-learning: r + γ max Q(s′, ·), and r alone after a terminal step.

    Args:
        reward: r, shape (...).
        next_q_values: Q(s′, ·), a list of floats or an array (..., n_actions).
        terminated: whether s′ is terminal, bool, shape (...). A time limit does not make a state terminal.
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        The target, shape (...).

    Source:
        Sutton & Barto (2018), equation 6.8.

    >>> q_learning_target(1.0, [0.0, 2.0], terminated=False, discount=0.5)
    2.0
    >>> q_learning_target(1.0, [0.0, 2.0], terminated=True, discount=0.5)
    1.0
    """
    # A row of Python floats is what a single agent holds; on it, built-in max is far faster than NumPy's.
    best = max(next_q_values) if type(next_q_values) is list else next_q_values.max(axis=-1)
    return reward + discount * best * (1 - terminated)
