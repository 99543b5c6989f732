"""Many games in NumPy: line by line what `single.py` does, on arrays with one entry a game."""

from collections.abc import Sequence

import numpy as np

from rl_helpers.super_bob.game.observations import SIGHTS, Sight
from rl_helpers.super_bob.game.single import (
    CAUGHT,
    DIRECTIONS,
    FELL,
    FIRST_JUMP,
    SPIKED,
    first_state,
)
from rl_helpers.super_bob.game.tables import Tables
from rl_helpers.super_bob.levels.level import (
    AIR,
    COIN,
    FLAG,
    HANGING,
    LAST_SOLID,
    PLANK,
    SPIKES,
    SPRING,
    Level,
)
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

WAYS = np.array(DIRECTIONS) * TOP_SPEED
RATES = np.where(np.array(DIRECTIONS) == 0, FRICTION, ACCELERATION)
FIELDS = ("x", "y", "vx", "vy", "late", "early", "held", "carry_x", "carry_y", "time", "farthest", "cause",
          "finished")  # fmt: skip
"""What of a `State` stands in `Games.now`, one row each; enemies and coins have arrays of their own."""


def is_solid(kinds: np.ndarray) -> np.ndarray:
    """Return where kinds of tiles, uint8, are solid. AIR − 1 is 255: one comparison is enough."""
    return kinds - np.uint8(1) < LAST_SOLID


def is_deadly(kinds: np.ndarray) -> np.ndarray:
    """Return where kinds of tiles, uint8, are spikes."""
    return kinds - np.uint8(SPIKES) <= HANGING - SPIKES


class Games:
    """Many games side by side, each on one of some levels.

    Args:
        levels: those that may be played.
        n_games: how many games.
        sight: what is told of movers.

    Attributes:
        tables: of the levels.
        level: the number of each game's level, int (n_games,).
        now: int64 (len(FIELDS), n_games).
        lives: whether each enemy is there, bool (n_games, n_enemies).
        kinds: what is in the cells, uint8 (n_games, n_cells): a coin that was collected is gone.
        seen: what agents are told of the cells, float32 of the same shape.
        flat_kinds, flat_seen, corners: both in one row, and where in it each game's level begins.
        coins_won, stomps: of the last step, int (n_games,).
    """

    def __init__(self, levels: Sequence[Level], n_games: int, sight: Sight = SIGHTS["tiles"]):
        self.tables = Tables(levels, sight)
        self.level = np.zeros(n_games, dtype=np.int64)
        self.phases = np.zeros((n_games, self.tables.n_groups), dtype=np.int64)
        self.now = np.zeros((len(FIELDS), n_games), dtype=np.int64)
        self.lives = np.zeros((n_games, self.tables.n_enemies), dtype=bool)
        n_cells = self.tables.kinds.shape[1]
        self.kinds = np.zeros((n_games, n_cells), dtype=np.uint8)
        self.seen = np.zeros((n_games, n_cells), dtype=np.float32)
        self.flat_kinds, self.flat_seen = self.kinds.reshape(-1), self.seen.reshape(-1)
        self._numbers = np.arange(n_games)
        self.corners = self._numbers * n_cells + self.tables.corner
        self.coins_won = np.zeros(n_games, dtype=np.int64)
        self.stomps = np.zeros(n_games, dtype=np.int64)

    @property
    def farthest(self) -> np.ndarray:
        """The last column that was reached in each game, int (n_games,)."""
        return self.now[FIELDS.index("farthest")]

    @property
    def cause(self) -> np.ndarray:
        """What Bob died of in each game, int (n_games,), indices of `CAUSES`."""
        return self.now[FIELDS.index("cause")]

    @property
    def finished(self) -> np.ndarray:
        """Whether he touched the flag, int (n_games,)."""
        return self.now[FIELDS.index("finished")]

    def begin(self, game: int, level: int, column: int | None, phases: np.ndarray) -> None:
        """Begin an episode in one game: on a level, in a column, with phases of the groups of its movers."""
        first = first_state(self.tables.levels[level], column)
        self.now[:, game] = [getattr(first, field) for field in FIELDS]
        self.level[game] = level
        self.phases[game, : len(phases)] = phases
        self.lives[game] = self.tables.lives[level]
        self.kinds[game], self.seen[game] = self.tables.kinds[level], self.tables.seen[level]

    def step(self, actions: np.ndarray, n_pictures: int) -> None:
        """Hold an action in every game for some pictures; where Bob dies or touches the flag it ends earlier.

        Args:
            actions: int (n_games,).
            n_pictures: how many.
        """
        tables, corners, kinds_of = self.tables, self.corners, self.flat_kinds.take
        stride = tables.stride
        x, y, vx, vy, late, early, held, carry_x, carry_y, time, farthest, cause, finished = self.now
        self.coins_won[:] = 0
        self.stomps[:] = 0
        jumps = actions >= FIRST_JUMP
        early = np.where(jumps, np.where(held, early, EARLY_JUMP), 0)
        held[:] = jumps
        ways, rates = WAYS.take(actions), RATES.take(actions)
        columns = tables.columns * self.level + ((x + BODY_WIDTH // 2) >> TILE_BITS)
        numbers = tables.enemies.touching.take(columns, axis=1)
        places, ex, ey = tables.enemies.look_up(numbers, self.level, self.phases, time, n_pictures + 1)
        soft = tables.enemies.is_soft.take(places)
        on_ways = tables.platforms.touching.take(columns, axis=1)
        places, px, py = tables.platforms.look_up(on_ways, self.level, self.phases, time, n_pictures + 2)
        widths = tables.platforms.width.take(places)
        over, last = None, np.empty_like(self.now)  # whose games have ended, and how they were then
        for picture in range(n_pictures):
            # Running.
            change = ways - vx
            rate = np.where(vx * ways < 0, BRAKING, rates)
            vx = vx + np.minimum(np.maximum(change, -rate), rate)
            # Jumping.
            starts = (early > 0) & (late > 0)
            goes_on = ~starts
            early = np.maximum(early - 1, 0) * goes_on
            late = late * goes_on
            carry_x, carry_y = carry_x * goes_on, carry_y * goes_on
            vy = np.where(starts, -JUMP_SPEED, vy)
            weak = (vy < 0) & (jumps | (vy < -JUMP_SPEED))
            vy = np.minimum(vy + np.where(weak, WEAK_GRAVITY, GRAVITY), FALL_SPEED)
            # Across, until a wall.
            way = vx + carry_x
            x = x + way
            right = way > 0
            edge = (x + right * (BODY_WIDTH - 1)) >> TILE_BITS
            at = corners + edge
            head, foot = (y >> TILE_BITS) * stride, ((y + (BODY_HEIGHT - 1)) >> TILE_BITS) * stride
            hit = is_solid(kinds_of(at + head)) | is_solid(kinds_of(at + foot))
            if hit.any():
                x = np.where(hit, (edge << TILE_BITS) + np.where(right, -BODY_WIDTH, TILE), x)
                vx = vx * ~hit
            # Up or down, until a ceiling or a floor.
            way = vy + carry_y
            before = y + BODY_HEIGHT
            y = y + way
            down = way >= 0
            row = (y + down * (BODY_HEIGHT - 1)) >> TILE_BITS
            at = corners + row * stride
            left, right = (
                kinds_of(at + (x >> TILE_BITS)),
                kinds_of(at + ((x + (BODY_WIDTH - 1)) >> TILE_BITS)),
            )
            hit = is_solid(left) | is_solid(right)
            plank = (left == PLANK) | (right == PLANK)
            edge = row << TILE_BITS
            if plank.any():
                hit |= down & plank & (before <= edge)
            y = np.where(hit, edge + np.where(down, -BODY_HEIGHT, TILE), y)
            vy = vy * ~hit
            landed = hit & down
            late = np.where(landed, LATE_JUMP, np.maximum(late - 1, 0))
            springs = landed & ((left == SPRING) | (right == SPRING))
            if springs.any():
                vy = np.where(springs, -SPRING_SPEED, vy)
                late = late * ~springs
            carry_x, carry_y = np.zeros_like(x), np.zeros_like(x)
            if len(widths):
                can_land = vy >= 0
            for p_x, p_y, width in zip(px, py, widths, strict=True):
                top, p_left = p_y[picture + 1], p_x[picture + 1]
                lands = (
                    can_land
                    & (before <= p_y[picture])
                    & (y + BODY_HEIGHT >= top)
                    & (x < p_left + width)
                    & (x + BODY_WIDTH > p_left)
                )
                if lands.any():
                    y = np.where(lands, top - BODY_HEIGHT, y)
                    vy = vy * ~lands
                    late = np.where(lands, LATE_JUMP, late)
                    carry_x = np.where(lands, p_x[picture + 2] - p_left, carry_x)
                    carry_y = np.where(lands, p_y[picture + 2] - top, carry_y)
            # What hurts.
            died = y > N_ROWS * TILE
            why = died * FELL
            at = corners + ((y + SPIKE_END) >> TILE_BITS) * stride
            to_lower = ((y + (BODY_HEIGHT - 1 - SPIKE_END)) >> TILE_BITS) * stride + corners
            inner_left, inner_right = (
                (x + SPIKE_SIDE) >> TILE_BITS,
                (x + (BODY_WIDTH - 1 - SPIKE_SIDE)) >> TILE_BITS,
            )
            pricked = (
                is_deadly(kinds_of(at + inner_left))
                | is_deadly(kinds_of(at + inner_right))
                | is_deadly(kinds_of(to_lower + inner_left))
                | is_deadly(kinds_of(to_lower + inner_right))
            )
            why = np.where(pricked & ~died, SPIKED, why)
            falls = vy > 0
            for slot, enemy in enumerate(numbers):
                e_left, top = ex[slot][picture + 1] + ENEMY_SIDE, ey[slot][picture + 1] + ENEMY_TOP
                touched = (
                    (x < e_left + (TILE - 2 * ENEMY_SIDE))
                    & (x + BODY_WIDTH > e_left)
                    & (y < top + (TILE - ENEMY_TOP))
                    & (y + BODY_HEIGHT > top)
                )
                if touched.any():
                    touched &= self.lives[self._numbers, enemy]
                    stomped = touched & soft[slot] & falls & (y + BODY_HEIGHT <= top + STOMP_DEPTH)
                    if stomped.any():
                        if over is not None:
                            stomped &= ~over
                        self.lives[stomped, enemy[stomped]] = False
                        self.stomps += stomped
                        stays = ~stomped
                        vy = np.where(stomped, -BOUNCE_SPEED, vy)
                        late, carry_x, carry_y = late * stays, carry_x * stays, carry_y * stays
                        touched &= stays
                    why = np.where(touched & (why == 0), CAUGHT, why)
            # What pleases.
            column = (x + BODY_WIDTH // 2) >> TILE_BITS
            cell = corners + ((y + BODY_HEIGHT // 2) >> TILE_BITS) * stride + column
            kinds = kinds_of(cell)
            wins = kinds == COIN
            if wins.any():
                if over is not None:
                    wins &= ~over
                self.flat_kinds[cell[wins]] = AIR
                self.flat_seen[cell[wins]] = 0.0
                self.coins_won += wins
            farthest = np.maximum(farthest, column)
            is_home = (kinds == FLAG) & (why == 0)
            ends = is_home | (why > 0)
            if ends.any():
                over = np.zeros(len(x), dtype=bool) if over is None else over
                new = np.flatnonzero(ends & ~over)
                over |= ends
                now = time + picture + 1
                values = x, y, vx, vy, late, early, held, carry_x, carry_y, now, farthest, why, is_home
                for kept, value in zip(last, values, strict=True):
                    kept[new] = value[new]
        values = (
            x,
            y,
            vx,
            vy,
            late,
            early,
            held,
            carry_x,
            carry_y,
            time + n_pictures,
            farthest,
            cause,
            finished,
        )
        for kept, value in zip(self.now, values, strict=True):
            kept[:] = value
        if over is not None:
            self.now[:, over] = last[:, over]
