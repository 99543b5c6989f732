"""The game in words: a text picture for terminals, and the sentences for alt texts."""

from rl_helpers.super_bob.game.single import ALIVE, CAUGHT, FELL, SPIKED, Game, State
from rl_helpers.super_bob.levels.level import ENEMY_NAMES
from rl_helpers.super_bob.levels.movers import ENEMIES, PLATFORM, TRACKS
from rl_helpers.super_bob.levels.rules import BODY_HEIGHT, LATE_JUMP, N_ROWS, TILE, TILE_BITS

SHOWN_BEHIND, SHOWN_COLUMNS = 6, 20
AHEAD = 10  # columns to the right that are told in words
DEATHS = {FELL: "He has fallen out of the level.", SPIKED: "The spikes have got him.",
          CAUGHT: "An enemy has got him."}  # fmt: skip


def first_column(game: Game, state: State) -> int:
    """Return the first column that a picture of 20 columns shows."""
    return max(0, min(state.column - SHOWN_BEHIND, game.level.n_columns - SHOWN_COLUMNS))


def _now(game: Game, state: State) -> list[list[str]]:
    """Return the map as it is now: movers where they are, without the fish collected."""
    level = game.level
    rows = [list(line) for line in level.rows]
    for row, column in level.where("".join((*ENEMIES, PLATFORM, TRACKS, "B"))):
        rows[row][column] = "."
    taken = (cell for cell, number in level.coins.items() if state.collected >> number & 1)
    for row, column in map(level.place_of, taken):
        rows[row][column] = "."
    alive = [mover for bit, mover in enumerate(level.enemies) if not state.stomped >> bit & 1]
    for mover in (*level.platforms, *alive):
        now = (game.phases[mover.group] + state.time) % mover.period
        row, column = ((mover.ys[now] + TILE // 2) >> TILE_BITS, (mover.xs[now] + TILE // 2) >> TILE_BITS)
        for tile in range(column, min(column + mover.n_tiles, level.n_columns)):
            if 0 <= row < N_ROWS:
                rows[row][tile] = mover.kind
    return rows


def text_picture(game: Game, state: State) -> str:
    """Draw 20 columns around Bob in the characters of the legend; the last line says how he does.

    >>> from rl_helpers.super_bob.game.single import first_state
    >>> from rl_helpers.super_bob.levels import parse_level
    >>> game = Game(parse_level("B..F" + chr(10) + "####"))
    >>> print(text_picture(game, first_state(game.level)).partition("B")[2])
    ..F
    ####
    column 0 of 4, 0 fish, picture 0
    """
    rows, left = _now(game, state), first_column(game, state)
    row = (state.y + BODY_HEIGHT // 2) >> TILE_BITS
    if 0 <= row < N_ROWS and 0 <= state.column < game.level.n_columns:
        rows[row][state.column] = "B"
    how = f"column {state.column} of {game.level.n_columns}, {state.collected.bit_count()} fish"
    end = ", at the flag" if state.finished else f": {DEATHS[state.cause]}" if state.cause != ALIVE else ""
    lines = ["".join(line[left : left + SHOWN_COLUMNS]) for line in rows]
    return "\n".join([*lines, f"{how}, picture {state.time}{end}"])


def describe(game: Game, state: State) -> str:
    """Say in words where Bob is and what comes within ten columns, as an alt text.

    >>> from rl_helpers.super_bob.game.single import first_state
    >>> from rl_helpers.super_bob.levels import parse_level
    >>> game = Game(parse_level("B..^.F" + chr(10) + "####.#"))
    >>> describe(game, first_state(game.level)).partition("Ahead")[2]
    ': spikes 3 columns ahead; a gap 4 columns ahead; the flag 5 columns ahead.'
    """
    level = game.level
    where = "on the ground" if state.late == LATE_JUMP else "in the air"
    goes = "running right" if state.vx > 0 else "running left" if state.vx < 0 else "at rest"
    said = [
        f"Bob the cat is {where}, {goes}, in column {state.column} of the {level.n_columns} of "
        f"{level.name or 'this level'}, with {state.collected.bit_count()} fish."
    ]
    if state.finished:
        said.append("He has touched the flag.")
    elif state.cause != ALIVE:
        said.append(DEATHS[state.cause])
    elif ahead := _ahead(game, state):
        said.append(f"Ahead: {'; '.join(ahead)}.")
    return " ".join(said)


def _ahead(game: Game, state: State) -> list[str]:
    names = {"^": "spikes", "v": "hanging spikes", "S": "a spring", "F": "the flag", PLATFORM: "a platform"}
    names |= {kind: f"a {name}" for kind, name in ENEMY_NAMES.items()}
    rows, told, last = _now(game, state), [], ()
    for distance in range(1, AHEAD + 1):
        column = state.column + distance
        if column >= game.level.n_columns:
            break
        kinds = [rows[row][column] for row in range(N_ROWS)]
        here = [name for kind, name in names.items() if kind in kinds]
        here += ["a gap"] if not set(kinds) & set("#=S^-") else []
        told += [f"{name} {distance} column{'s' * (distance > 1)} ahead" for name in here if name not in last]
        last = here
    return told
