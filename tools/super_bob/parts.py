"""The parts of the table, and the film."""

import itertools

from rl_helpers.gifs import create_gif, with_title
from rl_helpers.super_bob.learning import (
    Stage,
    Training,
    curriculum,
    film_game,
    load_agent,
    new_agent,
    starts_along,
)
from rl_helpers.super_bob.random_levels import random_level
from tools.super_bob.settings import (
    FEWER,
    FILM,
    FILM_SEED,
    MOST,
    PART_DECISIONS,
    PART_LEVEL,
    PART_SEEDS,
    PART_SETTINGS,
    SEEDS,
    SHIPPED_TRAININGS,
    TRAININGS,
    VIEW_DECISIONS,
    VIEWS,
    WITHOUT,
)
from tools.super_bob.training import curve, result, ship, summary, trained


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
        name = f"{level}_{'along' if has_curriculum else 'own'}_{seed}"
        stops = trained(name, training, ships == "nightmare")
        told = result(training.agent, level)
        if ships:
            ship(training.agent, ships, told["greedy"])
        row = asked | summary(training) | told | {"stops": stops}
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
    "pixels": pixels,
    "film": film,
}
