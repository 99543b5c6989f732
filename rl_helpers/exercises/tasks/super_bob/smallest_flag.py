"""Exercise of notebook 12: the reward that ends an episode, against a wage for ever."""

from rl_helpers.exercises.checking.drawing.inputs import number
from rl_helpers.exercises.checking.exercise import Case, Exercise


def smallest_flag(wage, discount):
    """Return the reward for the flag at which touching it is worth what waiting for ever is."""
    return discount * wage / (1 - discount)


def _draw(rng):
    for _ in range(200):
        yield Case(number(rng), float(rng.choice([0.0, 0.5, 0.9, 0.99, round(rng.random() * 0.95, 2)])))


exercise = Exercise(
    notebook="12",
    place=1,
    solution=smallest_flag,
    cases=(
        Case(0.25, 0.5, expected=0.25),
        Case(1.0, 0.9, expected=9.0),
        Case(0.1, 0.98, expected=4.9),
        Case(-0.5, 0.75, expected=-1.5),
        Case(3.0, 0.0, expected=0.0),
        Case(0.0, 0.98, expected=0.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("flag", "rewards"),
            "the flag's reward is what is asked for: only `wage` and `discount` are given.",
        ),
        "gamma": "γ is `discount` in code.",
    },
    mistakes=(
        (
            lambda wage, discount: wage / (1 - discount),
            "that is what waiting for ever is worth. Who touches the flag is paid the wage of that decision, "
            "too: take it off.",
        ),
        (
            lambda wage, discount: wage / (1 - discount) + wage,
            "the wage of the last decision is paid in both cases: it is taken off, not added.",
        ),
        (
            lambda wage, discount: wage / discount,
            "a wage for ever is worth wage / (1 − γ), not wage / γ.",
        ),
        (
            lambda wage, discount: wage * (1 - discount),
            "1 − γ divides: wage + γ·wage + γ²·wage + … = wage / (1 − γ).",
        ),
        (
            lambda wage, discount: discount * wage * (1 - discount),
            "1 − γ divides: wage + γ·wage + γ²·wage + … = wage / (1 − γ).",
        ),
        (
            lambda wage, discount: (1 - discount) * wage / discount if discount else 0.0,
            "γ and 1 − γ have changed their places.",
        ),
        (
            lambda wage, discount: discount * wage / (1 + discount),
            "the sum of γ⁰ + γ¹ + γ² + … is 1 / (1 − γ), with a minus.",
        ),
        (
            lambda wage, discount: 1500 * wage,
            "an episode is cut off after 1,500 decisions, but that is no end. What comes later is "
            "discounted: wage / (1 − γ) is what all of it is worth.",
        ),
        (
            lambda wage, discount: wage,
            "waiting pays this wage again and again: add up wage + γ·wage + γ²·wage + …",
        ),
    ),
    hint=(
        "wait for ever: wage / (1 − γ). Touch the flag now: wage + flag, and nothing after it. Set the two "
        "equal."
    ),
)
