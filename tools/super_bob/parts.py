"""The parts of the table, and the film."""

import itertools

from rl_helpers.deep.files import save
from rl_helpers.gifs import create_gif, with_title
from rl_helpers.super_bob.hardness import random_play
from rl_helpers.super_bob.learning import (
    Stage,
    Training,
    curriculum,
    film_game,
    load_agent,
    new_agent,
    starts_along,
)
from rl_helpers.super_bob.learning.shipped import network_file
from rl_helpers.super_bob.levels import LEVELS
from rl_helpers.super_bob.random_levels import random_level, random_levels
from tools.super_bob.settings import (
    FEWER,
    FILM,
    FILM_SEED,
    LEVELS_DECISIONS,
    MOST,
    N_LEVELS,
    N_NEW,
    N_RANDOM,
    PART_DECISIONS,
    PART_LEVEL,
    PART_SEEDS,
    PART_SETTINGS,
    RANDOM_LEVELS,
    SEEDS,
    SHIPPED_TRAININGS,
    TRAININGS,
    VIEW_DECISIONS,
    VIEWS,
    WITHOUT,
)
from tools.super_bob.training import curve, result, summary, trained


def trainings(table):
    """Train on levels from Bob's own start, or with starts along the level first."""
    for (level, has_curriculum), seed in itertools.product(TRAININGS, SEEDS):
        asked = {"level": level, "curriculum": has_curriculum, "seed": seed}
        if table.has("trainings", asked):
            continue
        stages = curriculum(level) if has_curriculum else level
        n_decisions = TRAININGS[level, has_curriculum]
        training = Training(stages, n_decisions, seed=seed)
        ships = SHIPPED_TRAININGS.get((level, has_curriculum)) if seed == SEEDS[0] else None
        stops = trained(
            f"{level}_{'along' if has_curriculum else 'own'}_{seed}", training, ships == "nightmare"
        )
        if ships:
            save(training.agent, network_file(ships))
        row = asked | summary(training) | result(training.agent, level) | {"stops": stops}
        table.put("trainings", row | {"curve": curve(training.points)})


def without(table):
    """Leave out each of what makes Bob learn, with every seed; the curriculum is starts along the level."""
    level = random_level(**PART_LEVEL)
    along = [Stage(0.5, level, starts_along(level)), Stage(0.5, level)]
    for seed, (name, changes) in itertools.product(PART_SEEDS, WITHOUT.items()):
        asked = {"without": name, "level": level.name, "seed": seed}
        if table.has("without", asked):
            continue
        settings = PART_SETTINGS | changes
        stages = along if settings.pop("curriculum") else level
        training = Training(stages, PART_DECISIONS, seed=seed, **settings)
        trained(f"without_{list(WITHOUT).index(name)}_{seed}", training)
        row = asked | summary(training) | result(training.agent, level, **in_its_games(training))
        table.put("without", row | {"curve": curve(training.points, 20)})


def pixels(table):
    """Train on `meadow` from small pictures, and from tiles."""
    for seed, (view, games) in itertools.product(SEEDS, VIEWS.items()):
        asked = {"view": view, "level": "meadow", "seed": seed}
        if table.has("pixels", asked):
            continue
        training = Training(curriculum("meadow"), VIEW_DECISIONS, seed=seed, games=games, **FEWER)
        trained(f"{view}_{seed}", training)
        row = asked | summary(training) | result(training.agent, "meadow", **in_its_games(training))
        table.put("pixels", row | {"curve": curve(training.points)})


def in_its_games(training):
    """Return the options of `play_games` for an agent that sees what it saw in training."""
    return {"games": training.games, "max_episode_steps": MOST}


def many_levels(table):
    """Train on a number of random levels, test on others that no training has seen."""
    asked = [{"levels": n, "seed": seed} for seed, n in itertools.product(SEEDS, N_LEVELS)]
    asked = [each for each in asked if not table.has("levels", each)]
    if not asked:
        return
    known, new = (
        random_levels(range(first, first + n), **RANDOM_LEVELS)
        for first, n in ((0, max(N_LEVELS)), (max(N_LEVELS), N_NEW))
    )
    for each in asked:
        n = each["levels"]
        first = (each["seed"] - 1) * n % max(N_LEVELS)  # other levels for every seed, where there are enough
        own = known[first : first + n]
        training = Training([Stage(1.0, own)], LEVELS_DECISIONS, seed=each["seed"], **FEWER)
        trained(f"levels_{n}_{each['seed']}", training)
        row = each | summary(training)
        for name, levels in (("known", own), ("new", new)):
            told = result(training.agent, levels, 2 * N_NEW, max_episode_steps=MOST)
            row |= {f"{name}_{what}": number for what, number in told.items()}
        table.put("levels", row)


def chance(table):
    """Let a random player play every level."""
    for level in LEVELS:
        if not table.has("random", {"level": level, "decisions": N_RANDOM}):
            play = random_play(level, N_RANDOM, n_games=512)
            row = {"farthest": play.farthest, "finished": play.n_finished, "episodes": play.n_episodes}
            table.put("random", {"level": level, "decisions": N_RANDOM} | row)


def film_frames():
    """Yield the frames of three games on the nightmare: of a new agent, on the way, and up to the flag."""
    for title, agent, explore, most in (
        ("the first try", new_agent(1), True, 28),
        ("on the way", load_agent("nightmare_early"), False, 1_500),
        ("in the end", load_agent("nightmare"), False, 1_500),
    ):
        game = film_game(agent, "nightmare", seed=FILM_SEED, explore=explore, most_decisions=most, step=4)
        yield from with_title(game, title)


def film(_):
    """Film the nightmare: the first try of a new agent, and the game of the one that is shipped."""
    create_gif(film_frames(), FILM, hold_last=1.5)
    print(f"{FILM.name}: {FILM.stat().st_size:,} bytes")


PARTS = {
    "trainings": trainings,
    "without": without,
    "levels": many_levels,
    "pixels": pixels,
    "random": chance,
    "film": film,
}
