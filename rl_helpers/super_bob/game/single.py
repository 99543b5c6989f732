"""One game in plain Python numbers: what happens in a picture, from the keys to the flag."""

from functools import cache
from typing import NamedTuple

from rl_helpers.super_bob.levels.level import (
    COIN,
    FLAG,
    HANGING,
    LAST_SOLID,
    PAD_SIDE,
    PAD_TOP,
    PLANK,
    SPIKES,
    SPRING,
    TOUCH_REACH,
    Level,
)
from rl_helpers.super_bob.levels.movers import HEDGEHOG
from rl_helpers.super_bob.levels.rules import (
    ACCELERATION,
    BODY_HEIGHT,
    BODY_WIDTH,
    BOUNCE_SPEED,
    BRAKING,
    EARLY_JUMP,
    ENEMY_SIDE,
    ENEMY_TOP,
    FALL_SPEED,
    FRAME_SKIP,
    FRICTION,
    GRAVITY,
    JUMP_SPEED,
    LATE_JUMP,
    N_ROWS,
    SPIKE_END,
    SPIKE_SIDE,
    SPRING_SPEED,
    STOMP_DEPTH,
    TILE,
    TILE_BITS,
    TOP_SPEED,
    WEAK_GRAVITY,
)

ACTIONS = ("NOTHING", "LEFT", "RIGHT", "JUMP", "LEFT+JUMP", "RIGHT+JUMP")
DIRECTIONS = (0, -1, 1, 0, -1, 1)
FIRST_JUMP = 3  # this action and those after it hold the jump key
CAUSES = ("", "fell", "spikes", "enemy")
ALIVE, FELL, SPIKED, CAUGHT = range(4)


class State(NamedTuple):
    """All that may change in a game, whole numbers; lengths in 1/256 pixel.

    Attributes:
        x, y: left and top of Bob's body.
        vx, vy: his speed, in 1/256 pixel a picture.
        late: pictures in which a jump may still start; `LATE_JUMP` on the ground.
        early: pictures for which a press of the jump key still counts.
        held: whether the jump key is held, 0 or 1.
        carry_x, carry_y: how far the platform under him goes in the next picture.
        time: pictures since the episode began.
        stomped: a bit for each enemy.
        collected: a bit for each coin.
        farthest: the last column that he reached.
        cause: what he died of, an index of `CAUSES`.
        finished: whether he touched the flag, 0 or 1.
    """

    x: int
    y: int
    vx: int = 0
    vy: int = 0
    late: int = LATE_JUMP
    early: int = 0
    held: int = 0
    carry_x: int = 0
    carry_y: int = 0
    time: int = 0
    stomped: int = 0
    collected: int = 0
    farthest: int = 0
    cause: int = ALIVE
    finished: int = 0

    @property
    def column(self) -> int:
        """The column of the middle of Bob's body."""
        return (self.x + BODY_WIDTH // 2) >> TILE_BITS

    @property
    def is_over(self) -> bool:
        """Whether Bob is dead or has touched the flag."""
        return bool(self.cause or self.finished)


def first_state(level: Level, column: int | None = None) -> State:
    """Return the state in which an episode begins, whatever the phases of its movers.

    Args:
        level: a `Level`.
        column: where Bob stands; None: at his start.
    """
    state = State(*(level.start if column is None else level.standing(column)))
    return state._replace(farthest=state.column)


@cache
def _near(level: Level) -> tuple[list, list]:
    """Return by column the enemies and platforms that may touch Bob, as `after` reads them."""
    enemies = [
        (mover.xs, mover.ys, mover.period, mover.group, 1 << bit, mover.kind != HEDGEHOG)
        for bit, mover in enumerate(level.enemies)
    ]
    platforms = [
        (mover.xs, mover.ys, mover.period, mover.group, mover.n_tiles * TILE) for mover in level.platforms
    ]
    reach = TOUCH_REACH, TOUCH_REACH
    return (
        [[enemies[number] for number in numbers] for numbers in level.near(level.enemies, *reach)],
        [[platforms[number] for number in numbers] for numbers in level.near(level.platforms, *reach)],
    )


class Game:
    """A level with the phases of its movers; it turns states into next states and keeps none.

    Args:
        level: a `Level`.
        phases: of its groups of movers, whole numbers: the picture of their round that each begins with.

    >>> from rl_helpers.super_bob.levels import parse_level
    >>> game = Game(parse_level("B..F" + chr(10) + "####"))
    >>> state = first_state(game.level)
    >>> for _ in range(9):
    ...     state = game.after(state, ACTIONS.index("RIGHT"))
    >>> state.finished, state.column
    (1, 3)
    """

    def __init__(self, level: Level, phases: tuple[int, ...] = ()):
        self.level = level
        self.phases = tuple(map(int, phases)) or (0,) * len(level.periods)
        if len(self.phases) != len(level.periods):
            raise ValueError(
                f"phases has {len(self.phases)} entries, expected {len(level.periods)}: one for each group "
                "of movers"
            )
        self._cells, self._coins, self._stride = level.cells, level.coins, level.stride
        self._corner = PAD_TOP * level.stride + PAD_SIDE
        self._enemies, self._platforms = _near(level)

    def after(self, state: State, action: int, n_pictures: int = FRAME_SKIP) -> State:
        """Return the state after an action was held for some pictures, at most `LONGEST_SKIP`.

        It ends earlier where Bob dies or touches the flag. `rl_helpers/super_bob/game/many.py` says the same
        line by line for many games.
        """
        (x, y, vx, vy, late, early, held, carry_x, carry_y, time, stomped, collected, farthest, cause,
         finished) = state  # fmt: skip
        cells, stride, corner, phases = self._cells, self._stride, self._corner, self.phases
        column = (x + BODY_WIDTH // 2) >> TILE_BITS
        enemies, platforms = self._enemies[column], self._platforms[column]
        direction, jumps = DIRECTIONS[action], action >= FIRST_JUMP
        if not jumps:
            early = 0
        elif not held:
            early = EARLY_JUMP
        for _ in range(n_pictures):
            # Running: the speed goes towards what the keys ask for.
            rate = FRICTION if direction == 0 else BRAKING if vx * direction < 0 else ACCELERATION
            change = direction * TOP_SPEED - vx
            vx += rate if change > rate else -rate if change < -rate else change
            # Jumping.
            if early and late:
                vy, early, late, carry_x, carry_y = -JUMP_SPEED, 0, 0, 0, 0
            elif early:
                early -= 1
            vy += WEAK_GRAVITY if vy < 0 and (jumps or vy < -JUMP_SPEED) else GRAVITY
            if vy > FALL_SPEED:
                vy = FALL_SPEED
            # Across, until a wall.
            way = vx + carry_x
            x += way
            edge = (x + BODY_WIDTH - 1 if way > 0 else x) >> TILE_BITS
            head = cells[corner + (y >> TILE_BITS) * stride + edge]
            foot = cells[corner + ((y + BODY_HEIGHT - 1) >> TILE_BITS) * stride + edge]
            if 0 < head <= LAST_SOLID or 0 < foot <= LAST_SOLID:
                x = (edge << TILE_BITS) - BODY_WIDTH if way > 0 else (edge + 1) << TILE_BITS
                vx = 0
            # Up or down, until a ceiling or a floor.
            way = vy + carry_y
            before = y + BODY_HEIGHT
            y += way
            row = (y if way < 0 else y + BODY_HEIGHT - 1) >> TILE_BITS
            left = cells[corner + row * stride + (x >> TILE_BITS)]
            right = cells[corner + row * stride + ((x + BODY_WIDTH - 1) >> TILE_BITS)]
            late = late - 1 if late else 0
            carry_x = carry_y = 0
            if way < 0:
                if 0 < left <= LAST_SOLID or 0 < right <= LAST_SOLID:
                    y = (row + 1) << TILE_BITS
                    vy = 0
            elif (
                0 < left <= LAST_SOLID
                or 0 < right <= LAST_SOLID
                or ((left == PLANK or right == PLANK) and before <= row << TILE_BITS)
            ):
                y = (row << TILE_BITS) - BODY_HEIGHT
                vy, late = 0, LATE_JUMP
                if left == SPRING or right == SPRING:
                    vy, late = -SPRING_SPEED, 0
            if vy >= 0:
                for xs, ys, period, group, width in platforms:
                    now = phases[group] + time
                    top, left = ys[(now + 1) % period], xs[(now + 1) % period]
                    if (
                        before <= ys[now % period]
                        and y + BODY_HEIGHT >= top
                        and x < left + width
                        and x + BODY_WIDTH > left
                    ):
                        y = top - BODY_HEIGHT
                        vy, late = 0, LATE_JUMP
                        carry_x, carry_y = xs[(now + 2) % period] - left, ys[(now + 2) % period] - top
            time += 1
            # What hurts.
            if y > N_ROWS * TILE:
                cause = FELL
            above = corner + ((y + SPIKE_END) >> TILE_BITS) * stride
            below = corner + ((y + BODY_HEIGHT - 1 - SPIKE_END) >> TILE_BITS) * stride
            left = (x + SPIKE_SIDE) >> TILE_BITS
            right = (x + BODY_WIDTH - 1 - SPIKE_SIDE) >> TILE_BITS
            if (
                SPIKES <= cells[above + left] <= HANGING
                or SPIKES <= cells[above + right] <= HANGING
                or SPIKES <= cells[below + left] <= HANGING
                or SPIKES <= cells[below + right] <= HANGING
            ):
                cause = cause or SPIKED
            falls = vy > 0
            for xs, ys, period, group, bit, soft in enemies:
                if stomped & bit:
                    continue
                now = (phases[group] + time) % period
                left, top = xs[now] + ENEMY_SIDE, ys[now] + ENEMY_TOP
                if (
                    x < left + TILE - 2 * ENEMY_SIDE
                    and x + BODY_WIDTH > left
                    and y < top + TILE - ENEMY_TOP
                    and y + BODY_HEIGHT > top
                ):
                    if soft and falls and y + BODY_HEIGHT <= top + STOMP_DEPTH:
                        stomped |= bit
                        vy, late, carry_x, carry_y = -BOUNCE_SPEED, 0, 0, 0
                    else:
                        cause = cause or CAUGHT
            # What pleases.
            column = (x + BODY_WIDTH // 2) >> TILE_BITS
            cell = corner + ((y + BODY_HEIGHT // 2) >> TILE_BITS) * stride + column
            kind = cells[cell]
            if kind == COIN:
                collected |= 1 << self._coins[cell]
            elif kind == FLAG and not cause:
                finished = 1
            if column > farthest:
                farthest = column
            if cause or finished:
                break
        return State(x, y, vx, vy, late, early, int(jumps), carry_x, carry_y, time, stomped, collected,
                     farthest, cause, finished)  # fmt: skip
