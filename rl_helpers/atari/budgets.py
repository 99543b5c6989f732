"""How many decisions a training takes for which one likes to wait so long."""

import os


def decisions_in(budget, budgets, *, variable=None):
    """Return how many decisions a budget of time is good for.

    Args:
        budget: a key of `budgets`, such as "30 s".
        budgets: from a time to wait, in words, to decisions.
        variable: an environment variable that may say another number, where nobody watches.

    Raises:
        ValueError: if there is no such budget.

    >>> decisions_in("30 s", {"30 s": 60_000, "2 min": 250_000})
    60000
    """
    if budget not in budgets:
        raise ValueError(f"budget is {budget!r}, expected one of {', '.join(map(repr, budgets))}")
    return int(os.environ.get(variable or "", budgets[budget]))
