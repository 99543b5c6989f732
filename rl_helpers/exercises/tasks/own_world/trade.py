"""Exercise of notebook 09: what a battery does in an hour, and what that earns or costs."""

import numpy as np

from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def trade(charge, action, price, capacity):
    """Return the charge after an hour, and the reward in cents: 0 sells, 1 waits, 2 buys."""
    if action == 0 and charge > 0:
        return charge - 1, 0.9 * price
    if action == 2 and charge < capacity:
        return charge + 1, -price
    return charge, 0.0


def _observe(result, *arguments):
    """Return charge and reward as two numbers; raise `Mistake` where they are none."""
    if not isinstance(result, tuple | list):
        return result
    if len(result) != 2:
        raise Mistake(
            f"{len(result)} values were returned, and two are expected: the new charge, and the reward"
        )
    if any(np.ndim(value) for value in result):
        raise Mistake("the charge and the reward are one number each")
    return tuple(result)


def _swapped(charge, action, price, capacity):
    return trade(charge, action, price, capacity)[::-1]


def _of_wishes(charge, action, price, capacity):
    now, _ = trade(charge, action, price, capacity)
    return now, (0.9 * price, 0.0, -1.0 * price)[action]


def _with(sell=0.9, buy=-1.0, sign=1, wait=0.0):
    """Return a battery with other factors of the price, and the directions of its charge swapped or not."""

    def answer(charge, action, price, capacity):
        now, _ = trade(charge, action, price, capacity)
        if now == charge:
            return charge, wait * price
        return charge + sign * (now - charge), (sell if action == 0 else buy) * price

    return answer


def _without_limits(charge, action, price, capacity):
    return charge + action - 1, (0.9 * price, 0.0, -1.0 * price)[action]


def _capped(charge, action, price, capacity):
    return min(max(charge + action - 1, 0), capacity), (0.9 * price, 0.0, -1.0 * price)[action]


def _one_more(charge, action, price, capacity):
    return trade(charge, action, price, capacity + 1)


def _one_less(charge, action, price, capacity):
    return trade(charge, action, price, capacity - 1)


def _never_empty(charge, action, price, capacity):
    return (charge, 0.0) if charge == 1 and action == 0 else trade(charge, action, price, capacity)


def _only_if_it_pays(charge, action, price, capacity):
    now, reward = trade(charge, action, price, capacity)
    return (charge, 0.0) if action == 0 and price < 0 else (now, reward)


def _never_below_zero(charge, action, price, capacity):
    now, reward = trade(charge, action, price, capacity)
    return now, reward if price > 0 else 0.0


def _draw(rng):
    for _ in range(300):
        capacity = int(rng.integers(1, 7))
        price = float(rng.integers(-20, 60)) + float(rng.integers(4)) / 4
        yield Case(int(rng.integers(capacity + 1)), int(rng.integers(3)), price, capacity)


exercise = Exercise(
    notebook="09",
    place=1,
    solution=trade,
    cases=(
        Case(2, 0, 20, 3, expected=(1, 18.0)),
        Case(1, 2, 20, 3, expected=(2, -20.0)),
        Case(1, 1, 20, 3, expected=(1, 0.0)),
        Case(3, 2, 20, 3, expected=(3, 0.0)),
        Case(0, 0, 20, 3, expected=(0, 0.0)),
        Case(2, 2, -8, 3, expected=(3, 8.0)),
        Case(3, 0, -10, 3, expected=(2, -9.0)),
        Case(1, 0, 30, 3, expected=(0, 27.0)),
        Case(3, 2, 10, 5, expected=(4, -10.0)),
        Case(0, 2, 10, 1, expected=(1, -10.0)),
        Case(1, 0, 0, 2, expected=(0, 0.0)),
    ),
    observe=_observe,
    draw=_draw,
    mistakes=(
        (_swapped, "the two values have changed places: first the charge, then the reward."),
        (
            _capped,
            "a full battery pays for power that it cannot take, or an empty one is paid for power that it "
            "does not have. Where nothing flows, nothing is paid.",
        ),
        (
            _without_limits,
            "the charge leaves its range: an empty battery cannot sell, and a full one cannot buy.",
        ),
        (
            _with(sell=1.0),
            "a tenth of what is sold is lost on its way: only 0.9 of the price comes in.",
        ),
        (_with(sell=0.9, buy=-0.9), "the loss counts when selling. What is bought costs the whole price."),
        (_with(sell=1.0, buy=-0.9), "the loss is on the wrong side: selling brings 0.9 of the price."),
        (_with(buy=1.0), "buying costs: the reward has the other sign."),
        (_with(sell=-0.9), "selling brings money: the reward has the other sign."),
        (
            _with(sell=-0.9, buy=1.0),
            "both signs are the other way round: who sells is paid, and who buys pays.",
        ),
        (_with(sign=-1), "the charge moves the wrong way: buying fills the battery, selling empties it."),
        (_with(sell=0.0), "selling earns nothing: the reward is 0.9 of the price."),
        (_with(buy=0.0), "buying costs nothing: the reward is minus the price."),
        (_with(wait=-1.0), "where nothing flows, nothing is paid: the reward is 0."),
        (_one_more, "a full battery buys: the charge may be `capacity` at most."),
        (_one_less, "the battery never gets full: it can buy as long as the charge is below `capacity`."),
        (_never_empty, "the last unit is never sold: a battery can sell as long as its charge is above 0."),
        (
            _only_if_it_pays,
            "below zero it refuses to sell. Whether that is wise is for the agent to find out: the world "
            "lets it.",
        ),
        (
            _never_below_zero,
            "prices below zero count like any other: then who buys is paid, and who sells pays.",
        ),
        (
            lambda charge, action, price, capacity: trade(charge, 2 - action, price, capacity),
            "selling and buying have changed places: 0 sells, 2 buys.",
        ),
    ),
    hint="three cases, each with its own `return`: it sells and has something; it buys and has room; else.",
)
