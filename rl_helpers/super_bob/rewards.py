"""What is paid for: the rewards of one game and of many."""

from collections.abc import Mapping
from types import MappingProxyType

from rl_helpers.arguments import number_in

REWARDS = MappingProxyType(
    {"column": 0.5, "coin": 0.0, "stomp": 0.0, "flag": 5.0, "death": -1.0, "decision": -0.005}
)
"""For every new column, every fish, every enemy stomped, the flag, a death, and for every decision."""


def check_rewards(changed: Mapping[str, float] | None) -> dict[str, float]:
    """Return all rewards, with those changed that are given.

    Raises:
        TypeError: if one is not a number.
        ValueError: if one is not finite, or there is none of its name.

    >>> check_rewards({"coin": 1})["coin"]
    1.0
    """
    rewards = dict(REWARDS)
    for name, value in (changed or {}).items():
        if name not in rewards:
            raise ValueError(f"there is no reward {name!r}, expected one of {', '.join(rewards)}")
        rewards[name] = number_in(f"rewards[{name!r}]", value, -1e9, 1e9)
    return rewards


def reward_of(rewards, columns, coins, stomps, finished, died):
    """Return what a decision earns; all but `rewards` numbers, or arrays with one entry a game."""
    return (
        rewards["decision"]
        + rewards["column"] * columns
        + rewards["coin"] * coins
        + rewards["stomp"] * stomps
        + rewards["flag"] * finished
        + rewards["death"] * died
    )
