"""Finds a way to the flag: A* over the game, whose states can be copied and gone on from."""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from rl_helpers.super_bob.game.single import ACTIONS, Game, State, first_state
from rl_helpers.super_bob.levels.rules import FRAME_SKIP, TILE, TOP_SPEED

ORDER = (5, 2, 3, 4, 1, 0)  # actions, those that lead on first
SEARCHES = (
    ((11, 8, 9, 4), 3.0),
    ((11, 8, 9, 4), 6.0),
    ((12, 8, 9, 4), 3.0),
    ((11, 8, 9, 4), 24.0),
    ((10, 7, 7, 3), 3.0),
)
"""How states are told apart, and how eagerly the search goes on; one after the other is tried.

Places, both speeds and times are told apart as finely as powers of two say. A picture of way that is left
counts as many times as much as one that was played: 1 would find the quickest way, and take long.
"""


class Solution(NamedTuple):
    """What a search has found.

    Attributes:
        actions: one a decision, up to the flag; None if it was not reached.
        n_decisions: how many decisions the search has tried.
        farthest: the last column that it reached.
        is_exhausted: whether the last search tried everything that it tells apart.
    """

    actions: tuple[int, ...] | None
    n_decisions: int
    farthest: int
    is_exhausted: bool = False

    @property
    def is_found(self) -> bool:
        """Whether there is a way."""
        return self.actions is not None


def solve(
    game: Game,
    *,
    state: State | None = None,
    frame_skip: int = FRAME_SKIP,
    max_decisions: int = 600_000,
    max_pictures: int = 6_000,
) -> Solution:
    """Search a way to the flag.

    States that are nearly alike count as one, so a search that ends without a way is strong evidence that
    there is none, and no proof; a way found is a proof.

    Args:
        game: a level with the phases of its movers.
        state: where to begin; its first state if not given.
        frame_skip: pictures a decision lasts.
        max_decisions: how many are tried before it gives up.
        max_pictures: how long a way may take.

    Returns:
        A `Solution`.

    >>> from rl_helpers.super_bob.levels import parse_level
    >>> game = Game(parse_level("B.....F" + chr(10) + "###.###"))
    >>> found = solve(game)
    >>> found.is_found, replay(game, found.actions).finished
    (True, 1)
    """
    start = first_state(game.level) if state is None else state
    tried, farthest, exhausted = 0, start.farthest, False
    for number, (grain, eagerness) in enumerate(SEARCHES):
        budget = (max_decisions - tried) // (len(SEARCHES) - number)
        found = _search(game, start, grain, eagerness, frame_skip, budget, max_pictures)
        tried, farthest = tried + found.n_decisions, max(farthest, found.farthest)
        exhausted = found.is_exhausted
        if found.is_found:
            break
    return Solution(found.actions, tried, farthest, exhausted)


def _search(
    game: Game,
    start: State,
    grain: tuple[int, ...],
    eagerness: float,
    frame_skip: int,
    max_decisions: int,
    max_pictures: int,
) -> Solution:
    """Search once; see `SEARCHES`."""
    goal = game.level.flag_column * TILE
    # A heap of (estimate, order of arrival, state, number of the node it came from, action).
    heap = [(0.0, 0, start, -1, 0)]
    nodes: list[tuple[int, int]] = []
    known = {_kind(start, grain)}
    n_decisions, farthest = 0, start.farthest
    while heap and n_decisions < max_decisions:
        _, _, here, parent, action = heapq.heappop(heap)
        nodes.append((parent, action))
        if here.time - start.time >= max_pictures:
            continue
        for action in ORDER:
            after = game.after(here, action, frame_skip)
            n_decisions += 1
            farthest = max(farthest, after.farthest)
            if after.finished:
                return Solution((*_way(nodes, len(nodes) - 1), action), n_decisions, farthest)
            if after.cause or (kind := _kind(after, grain)) in known:
                continue
            known.add(kind)
            estimate = after.time + eagerness * (goal - after.x) / TOP_SPEED
            heapq.heappush(heap, (estimate, n_decisions, after, len(nodes) - 1, action))
    return Solution(None, n_decisions, farthest, is_exhausted=not heap)


def _kind(state: State, grain: tuple[int, ...]) -> tuple[int, ...]:
    """Return what tells states apart."""
    place, across, down, time = grain
    return (
        state.x >> place,
        state.y >> place,
        state.vx >> across,
        state.vy >> down,
        state.late > 0,
        state.held,
        state.time >> time,
        state.stomped,
    )


def _way(nodes: Sequence[tuple[int, int]], last: int) -> list[int]:
    actions = []
    while nodes[last][0] >= 0:
        parent, action = nodes[last]
        actions.append(action)
        last = parent
    return actions[::-1]


def replay(
    game: Game, actions: Sequence[int], *, state: State | None = None, frame_skip: int = FRAME_SKIP
) -> State:
    """Return the state after actions, or where the game was over before.

    Args:
        game, state, frame_skip: as `solve` takes them.
        actions: one a decision, as a `Solution` has them.
    """
    state = first_state(game.level) if state is None else state
    for action in actions:
        if state.is_over:
            break
        state = game.after(state, action, frame_skip)
    return state


def as_text(actions: Sequence[int]) -> str:
    """Return actions as digits, for a file.

    >>> as_text((2, 2, 5)), as_actions("225")
    ('225', (2, 2, 5))
    """
    return "".join(map(str, actions))


def as_actions(text: str) -> tuple[int, ...]:
    """Return the actions that `as_text` wrote.

    Raises:
        ValueError: if a character is no action.
    """
    actions = tuple(int(digit) for digit in text)
    if actions and max(actions) >= len(ACTIONS):
        raise ValueError(f"{max(actions)} is no action, expected digits from 0 to {len(ACTIONS) - 1}")
    return actions
