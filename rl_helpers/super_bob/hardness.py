"""How hard a level is, in numbers: a random player, errors that kill, and how exact the jumps must be."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.super_bob.game.single import ACTIONS, DIRECTIONS, FIRST_JUMP, Game, State, first_state
from rl_helpers.super_bob.levels.rules import FRAME_SKIP, LATE_JUMP, TILE
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

SAFE_PICTURES = 120  # who is alive so long after an error has survived it
SURVIVAL_EFFORT = 3_000  # decisions that are tried to survive
LONGEST_FLIGHT = 240  # pictures from the press of a key to the landing
MOST_SHIFT = 12  # pictures by which the press of a key is shifted, both ways
NEAR_LANDING = 2 * TILE


class RandomPlay(NamedTuple):
    """What a player who presses keys by chance achieves.

    Attributes:
        farthest: the last column reached.
        n_finished: episodes that ended at the flag.
        n_episodes: episodes that ended.
        n_decisions: decisions played.
    """

    farthest: int
    n_finished: int
    n_episodes: int
    n_decisions: int


def random_play(level, n_decisions: int, *, n_games: int = 128, seed: int = 0) -> RandomPlay:
    """Let a random player play: each action is as probable, in every decision anew.

    Args:
        level: as `SuperBobEnv` takes it.
        n_decisions: how many, rounded up to whole steps of all games.
        n_games: played side by side.
        seed: of games and player.

    >>> random_play("meadow", 1_000).n_decisions
    1024
    """
    games = SuperBobVectorEnv(n_games, level)
    games.reset(seed=seed)
    rng = np.random.default_rng(seed)
    n_steps = -(-count("n_decisions", n_decisions) // n_games)
    farthest = n_finished = n_episodes = 0
    for _ in range(n_steps):
        _, _, terminated, truncated, infos = games.step(rng.integers(len(ACTIONS), size=n_games))
        farthest = max(farthest, int(infos["column"].max()))
        if "final_info" in infos:
            farthest = max(farthest, int(infos["final_info"]["column"].max()))
            n_finished += int(infos["final_info"]["finished"].sum())
            n_episodes += int((terminated | truncated).sum())
    return RandomPlay(farthest, n_finished, n_episodes, n_steps * n_games)


def survives(game: Game, state: State) -> bool:
    """Search whether Bob can stay alive for two seconds from a state on.

    States that are nearly alike count as one, and the search gives up after `SURVIVAL_EFFORT` decisions.
    """
    stack, known = [state], set()
    for _ in range(SURVIVAL_EFFORT // len(ACTIONS)):
        if not stack:
            return False
        here = stack.pop()
        if here.finished or (not here.cause and here.time >= state.time + SAFE_PICTURES):
            return True
        # Standing still is tried first: it comes last onto the stack.
        for action in reversed(range(len(ACTIONS))):
            after = game.after(here, action)
            kind = (after.x >> 10, after.y >> 10, after.vx >> 7, after.vy >> 7, after.time)
            if not after.cause and kind not in known:
                known.add(kind)
                stack.append(after)
    return False


def fatal_errors(game: Game, actions: Sequence[int]) -> tuple[int, int]:
    """Count the errors of one decision that kill along a way.

    An error is another action than the way's, once; it kills if a search finds no way to stay alive after it.

    Args:
        game: a level with the phases of its movers.
        actions: a way, one action a decision.

    Returns:
        How many errors kill, and how many errors there are: five a decision.
    """
    state, n_fatal, n_errors = first_state(game.level), 0, 0
    for action in actions:
        for other in range(len(ACTIONS)):
            if other != action:
                n_errors += 1
                after = game.after(state, other)
                n_fatal += bool(after.cause) or not survives(game, after)
        state = game.after(state, action)
    return n_fatal, n_errors


class Jump(NamedTuple):
    """How exactly a jump of a way must be timed.

    Attributes:
        column: where it starts.
        earliest, latest: pictures by which the key may be pressed sooner (0 or less) and later (0 or more).
    """

    column: int
    earliest: int
    latest: int

    @property
    def n_pictures(self) -> int:
        """Pictures in which the key may be pressed: 60 of them are a second."""
        return self.latest - self.earliest + 1


def jumps(game: Game, actions: Sequence[int]) -> list[Jump]:
    """Measure how exactly each jump of a way must be timed.

    The key is pressed some pictures sooner or later, and all else is done as on the way. It is the same jump
    if Bob lands alive, as high, and within two tiles of where he landed on the way. At most 12 pictures are
    tried, both ways.

    Args:
        game: a level with the phases of its movers.
        actions: a way, one action a decision.

    Returns:
        The jumps that end on something, in their order.
    """
    pictures = [action for action in actions for _ in range(FRAME_SKIP)]
    states = [first_state(game.level)]
    for action in pictures:
        states.append(states[-1] if states[-1].is_over else game.after(states[-1], action, 1))
    found = []
    for press in range(MOST_SHIFT, len(pictures)):
        starts = pictures[press] >= FIRST_JUMP > pictures[press - 1] and states[press].late
        landing = _landing(game, states[press], pictures[press:]) if starts else None
        if landing is None:
            continue
        fits = {0}
        for sign in (-1, 1):
            for shift in range(1, MOST_SHIFT + 1):
                if not _is_same_jump(game, states, pictures, press, sign * shift, landing):
                    break
                fits.add(sign * shift)
        found.append(Jump(states[press].column, min(fits), max(fits)))
    return found


def _landing(game: Game, state: State, pictures: Sequence[int]) -> State | None:
    """Return the state in which Bob stands again after he has left the ground; None if he does not."""
    has_left = False
    for action in pictures[:LONGEST_FLIGHT]:
        state = game.after(state, action, 1)
        if state.cause:
            return None
        if state.finished or (has_left and state.late == LATE_JUMP):
            return state
        has_left = has_left or state.late == 0
    return None


def _is_same_jump(
    game: Game,
    states: Sequence[State],
    pictures: Sequence[int],
    press: int,
    shift: int,
    landing: State,
) -> bool:
    first = min(press, press + shift)
    changed = list(pictures[first:])
    for picture in range(abs(shift)):
        direction = DIRECTIONS[changed[picture]]
        wanted = [each for each, goes in enumerate(DIRECTIONS) if goes == direction]
        changed[picture] = wanted[1] if shift < 0 else wanted[0]  # with the jump key, or without
    there = _landing(game, states[first], changed)
    if there is None:
        return False
    return bool(there.finished) or (there.y == landing.y and abs(there.x - landing.x) <= NEAR_LANDING)
