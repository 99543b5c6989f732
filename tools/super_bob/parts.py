"""The parts of the table, and the film."""

import itertools

from rl_helpers.gifs import create_gif, with_title
from rl_helpers.super_bob.learning import (
    Stage,
    Training,
    curriculum,
    film_game,
    fluency,
    load_agent,
    new_agent,
    starts_along,
)
from rl_helpers.super_bob.random_levels import random_level
from tools.super_bob.settings import (
    BEGINNING,
    BEGINNINGS,
    EARLY,
    FILM,
    FILM_SEED,
    LEFT_OUT,
    MINUTES,
    MOST,
    N_LAST,
    NIGHTMARE,
    PART_DECISIONS,
    PART_LEVEL,
    PART_SEEDS,
    PART_SETTINGS,
    RECIPES,
    SEEDS,
    TRAININGS,
    UNNAMED,
    VIEW_DECISIONS,
    VIEW_SETTINGS,
    VIEWS,
    WITHOUT,
)
from tools.super_bob.training import curve, result, ship, summary, trained


def trainings(table):
    """Train on levels from their beginning to mastery, and leave out what that is laid to."""
    for ((level, left_out), n_decisions), seed in itertools.product(TRAININGS.items(), SEEDS):
        asked = {"level": level, "without": left_out, "seed": seed}
        if table.has("trainings", asked):
            continue
        training = training_of(level, left_out, n_decisions, seed)
        ships = left_out == "nothing" and seed == SEEDS[0]
        name = f"{level}_{list(LEFT_OUT).index(left_out)}_{seed}"
        keeps_early = ships and EARLY[0].startswith(level)
        stops, measured = trained(name, training, measured_on=level, keeps_early=keeps_early)
        row = (
            asked
            | summary(training)
            | result(training.agent, level, N_LAST, tells_columns=True)
            | {"stops": stops, "curve": measured}
        )
        table.put("trainings", row)
        if ships:
            ship(table, training, level, row)


def beginnings(table):
    """Begin what ships, and without a part of it, up to the first finish or so many decisions."""
    level, n_decisions = NIGHTMARE
    for seed, left_out in itertools.product(PART_SEEDS, BEGINNINGS):
        asked = {"level": level, "without": left_out, "seed": seed}
        if table.has("beginnings", asked):
            continue
        training = training_of(level, left_out, n_decisions, seed)
        for point in training.run():
            if point.n_finished or point.n_decisions >= BEGINNING:
                break
        farthest = max(point.farthest for point in training.points)
        table.put("beginnings", asked | summary(training) | {"farthest": farthest})


def training_of(level, left_out, n_decisions, seed):
    """Return a training by the recipe of a level, without a part of it."""
    stages, settings = LEFT_OUT[left_out](*RECIPES[level](level, n_decisions))
    return Training(stages, n_decisions, seed=seed, **settings)


def unnamed(table):
    """Train on random levels, as on the rooftops and as long."""
    for seed, difficulty in UNNAMED.items():
        level = random_level(seed, difficulty, n_pieces=6)
        asked = {"level": level.name, "difficulty": difficulty, "seed": SEEDS[0]}
        if table.has("unnamed", asked):
            continue
        stages, settings = fluency(level, MINUTES)
        training = Training(stages, MINUTES, seed=SEEDS[0], **settings)
        stops, _ = trained(f"unnamed_{seed}", training)
        row = asked | {"columns": level.n_columns} | summary(training) | result(training.agent, level, N_LAST)
        table.put("unnamed", row | {"stops": stops, "curve": curve(training.points)})


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
        training = Training(curriculum("meadow"), VIEW_DECISIONS, seed=seed, games=games, **VIEW_SETTINGS)
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
    "beginnings": beginnings,
    "unnamed": unnamed,
    "without": without,
    "pixels": pixels,
    "film": film,
}
