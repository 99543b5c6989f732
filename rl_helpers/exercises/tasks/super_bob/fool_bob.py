"""Exercise of notebook 12: a level that a search can finish, and the trained agent mostly cannot."""

from functools import lru_cache

from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake
from rl_helpers.super_bob.learning import play_games
from rl_helpers.super_bob.lesson.graduate import load_graduate
from rl_helpers.super_bob.levels import parse_level
from rl_helpers.super_bob.levels.rules import TILE
from rl_helpers.super_bob.search import is_possible

MOST_COLUMNS, LEAST_WAY = 60, 18  # LEAST_WAY: columns from Bob to the flag
SEARCHED, LONGEST = 40_000, 300  # decisions: of the search, of a game
N_GAMES, MOST_FINISHED = 20, 9
FOOLED = "a level that is possible, and in which Bob mostly fails"


def fool_bob():
    """Return a level in which Bob must wait for a platform; he has learned that a leap mostly pays."""
    rows = (
        ".......................",
        ".B....MM~~~~~~~~.....F.",
        "#####............######",
    )
    return "\n".join(rows)


@lru_cache(maxsize=32)
def _examined(text):
    """Return `FOOLED`, or a hint."""
    try:
        level = parse_level(text)
    except ValueError as error:
        return str(error).rstrip(".")
    if level.n_columns > MOST_COLUMNS:
        return f"the level has {level.n_columns} columns: make do with {MOST_COLUMNS}, it has to be searched"
    begin = level.start[0] // TILE
    if level.flag_column - begin < LEAST_WAY:
        return (
            f"Bob begins in column {begin} and the flag stands in column {level.flag_column}: put it at "
            f"least {LEAST_WAY} columns further right, so that there is a way to fail on"
        )
    verdict = is_possible(level, n_phases=2, max_decisions=SEARCHED)
    if not verdict.is_possible:
        return f"no way was found, and a level that nobody can finish fools nobody. {verdict}".rstrip(".")
    games = play_games(load_graduate(), level, N_GAMES, max_episode_steps=LONGEST)
    n_finished = int(games.finished.sum())
    if n_finished > MOST_FINISHED:
        return (
            f"it is possible, but Bob finishes {n_finished} of {N_GAMES} games: he is fooled when he fails "
            "in more than half. What has he never met in training?"
        )
    return FOOLED


def _observe(text):
    if text is None:
        return None
    if not isinstance(text, str):
        raise Mistake(f"{describe(text, 60)} came, and a text map is expected, with a line for each row")
    verdict = _examined(text)
    if verdict != FOOLED:
        raise Mistake(verdict)
    return verdict


exercise = Exercise(
    notebook="12",
    place=3,
    solution=fool_bob,
    cases=(Case(expected=FOOLED, world="20 games of the shipped Bob"),),
    observe=_observe,
    mistakes=(),
    hint="a text map is expected, with one B, an F, and rows of equal length.",
)
