"""The exact model of a room on a grid: rewards, slippery paws, and what can follow each action."""

from collections.abc import Mapping
from itertools import product
from math import isfinite
from numbers import Real
from types import MappingProxyType

from rl_helpers.worlds.dynamics.states import Model, Outcome, encode
from rl_helpers.worlds.maps.actions import MOVES, Action, sideways
from rl_helpers.worlds.maps.layouts import COUCH, CUSHION, DRAPES, POST, RUG, Layout

REWARDS = MappingProxyType(
    {"rug": 1.0, "post": 5.0, "couch": -1.0, "drapes": -5.0, "cushion": 0.0, "step": 0.0}
)
"""Rewards for scratching a thing (treats are positive, water is negative), and for every step as such."""

ENDINGS = (POST, DRAPES)
REWARD_NAMES = {RUG: "rug", POST: "post", COUCH: "couch", DRAPES: "drapes", CUSHION: "cushion"}
"""What is rewarded when it is scratched: the things of a map by the name of their reward."""

USUAL_SLIP = 0.2  # the chosen move with probability 0.8, as in the usual gridworlds


def check_rewards(rewards: Mapping[str, float] | None) -> dict[str, float]:
    """Return all rewards, those given in place of the usual ones.

    >>> check_rewards({"rug": 2})["rug"], check_rewards(None)["post"]
    (2.0, 5.0)
    """
    if rewards is not None and not isinstance(rewards, Mapping):
        raise TypeError(f"rewards are {rewards!r}, expected numbers by name, such as {{'post': 5.0}}")
    for name, value in (rewards or {}).items():
        if name not in REWARDS:
            raise ValueError(f"there is no reward named {name!r}: choose from {', '.join(REWARDS)}")
        if not isinstance(value, Real) or not isfinite(value):
            raise ValueError(f"the reward for {name!r} is {value!r}: give a finite number")
    return REWARDS | {name: float(value) for name, value in (rewards or {}).items()}


def check_slip(slippery: bool | float) -> float:
    """Return the probability that Bob's paws slide: 0 for False, 0.2 for True, or the given number.

    >>> check_slip(True), check_slip(0.5)
    (0.2, 0.5)
    """
    if slippery is True:
        return USUAL_SLIP
    if not isinstance(slippery, Real) or not 0 <= slippery <= 1:
        raise ValueError(f"slippery is {slippery!r}: give True, False or the probability to slide, 0 to 1")
    return float(slippery)


def room_model(layout: Layout, rewards: Mapping[str, float], slip: float) -> Model:
    """List what can follow each action in each state.

    Args:
        layout: the room.
        rewards: all rewards by name, see `REWARDS`.
        slip: probability that a move goes to one of its two sides instead, 0 to 1.

    Returns:
        `model[state][action]`, a list of (probability, next state, reward, terminated) whose probabilities
        sum to 1. Bob is never inside a wall; those states are counted and lead to themselves.
    """
    model: Model = {}
    for row, column in product(range(layout.n_rows), range(layout.n_columns)):
        for treats_left in product((0, 1), repeat=len(layout.rugs)):
            state = encode(layout, row, column, treats_left)
            if layout.is_wall(row, column):
                model[state] = {int(action): [(1.0, state, 0.0, False)] for action in Action}
                continue
            model[state] = {
                int(action): _moves(layout, row, column, treats_left, action, rewards["step"], slip)
                for action in MOVES
            }
            reward, treats_then, terminated = scratch(layout, row, column, treats_left, rewards)
            next_state = encode(layout, row, column, treats_then)
            outcome = (1.0, next_state, reward + rewards["step"], terminated)
            model[state][int(Action.SCRATCH)] = [outcome]
    return model


def _moves(
    layout: Layout, row: int, column: int, treats_left: tuple, action: Action, reward: float, slip: float
) -> list[Outcome]:
    left, right = sideways(action)
    probabilities: dict[int, float] = {}
    for direction, probability in ((action, 1.0 - slip), (left, slip / 2), (right, slip / 2)):
        if probability == 0:
            continue
        rows, columns = MOVES[direction]
        target = (row + rows, column + columns)
        if layout.is_wall(*target):
            target = (row, column)
        next_state = encode(layout, *target, treats_left)
        probabilities[next_state] = probabilities.get(next_state, 0.0) + probability
    return [(probability, next_state, reward, False) for next_state, probability in probabilities.items()]


def scratch(
    layout: Layout, row: int, column: int, treats_left: tuple[int, ...], rewards: Mapping[str, float]
) -> tuple[float, tuple[int, ...], bool]:
    """Scratch what is in a cell.

    Args:
        layout: the room.
        row: Bob's row.
        column: Bob's column.
        treats_left: 0 or 1 for each rug.
        rewards: all rewards by name, see `REWARDS`.

    Returns:
        The reward (without that of the step), the treats that are left, and whether the episode is over.
    """
    kind = layout.rows[row][column]
    reward = rewards[REWARD_NAMES[kind]] if kind in REWARD_NAMES else 0.0
    if kind == RUG:
        rug = layout.rugs.index((row, column))
        reward = reward if treats_left[rug] else 0.0
        treats_left = (*treats_left[:rug], 0, *treats_left[rug + 1 :])
    return reward, treats_left, kind in ENDINGS
