"""Trains Bob to finish the nightmare and measures him: `python -m tools.super_bob` rebuilds `data/super_bob*`.

Every row of `data/super_bob.json` is written as soon as it is measured, and what stands there is not measured
again: stop with Ctrl+C and go on later. A training that is stopped leaves its network in `notebooks/output`,
and begins there the next time; its row says so. `--anew` forgets all rows of the parts that are asked for.
Learning is counted in decisions; the seconds are the processor's, on one core, on the machine of each row.
"""

import argparse
import importlib.metadata
import itertools
import json
import platform

import numpy as np

from rl_helpers.deep.files import load, save
from rl_helpers.gifs import create_gif
from rl_helpers.notebook.paths import DATA, output_path
from rl_helpers.super_bob.hardness import random_play
from rl_helpers.super_bob.learning import Stage, Training, curriculum, film_game, play_games
from rl_helpers.super_bob.learning.pixels import PixelGames
from rl_helpers.super_bob.learning.shipped import network_file
from rl_helpers.super_bob.levels import LEVELS
from rl_helpers.super_bob.random_levels import random_levels

RESULTS, FILM = DATA / "super_bob.json", DATA / "super_bob.gif"
SEEDS, PART_SEEDS = (1, 2, 3), range(1, 7)
N_GAMES = 100
N_POINTS = 40  # of each curve
N_RANDOM = 10_000_000


class Table:
    """The rows of the file, by part; each is known by what was asked for.

    Args:
        path: of the file.
    """

    def __init__(self, path=RESULTS):
        self.path = path
        self.parts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

    def has(self, part, asked):
        """Return whether a row stands there that answers what is asked."""
        return any(asked.items() <= row.items() for row in self.parts.get(part, ()))

    def put(self, part, row):
        """Add a row and write the file."""
        print(part, {name: value for name, value in row.items() if name != "curve"}, flush=True)
        self.parts.setdefault(part, []).append(row | {"made_with": versions()})
        self.write()

    def forget(self, part):
        """Take out all rows of a part."""
        self.parts.pop(part, None)

    def write(self):
        """Write the file: a row a line, so that changes can be read."""
        parts = (
            f"{json.dumps(part)}: [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
            for part, rows in self.parts.items()
        )
        self.path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def versions():
    """Return what the numbers depend on, in one string."""
    named = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("gymnasium", "numpy"))
    return f"Python {platform.python_version()} {named} {platform.machine()}"


def trained(name, training):
    """Let a training run to its end, from where it was stopped the last time; return how often it was.

    Raises:
        KeyboardInterrupt: when stopped, after what was learned is kept in `notebooks/output`.
    """
    kept = output_path(f"super_bob_{name}.npz")
    about = kept.with_suffix(".json")
    n_stops = 0
    if kept.is_file() and about.is_file():
        load(training.agent, kept)
        before = json.loads(about.read_text())
        n_stops = before["stops"]
        training.go_on_from(before["points"])
        print(f"{name} goes on after {training.agent.n_decisions:,.0f} decisions", flush=True)
    points = training.run()
    try:
        for number, point in enumerate(points):
            if number % 50 == 0:
                share = point.n_finished / max(1, point.n_episodes)
                print(f"{name}: {point.n_decisions:,} of {training.n_decisions:,} decisions, "
                      f"{point.seconds:.0f} s, {share:.0%} of games finished, "
                      f"up to column {point.farthest}", flush=True)  # fmt: skip
    except KeyboardInterrupt:
        save(training.agent, kept)
        about.write_text(json.dumps({"stops": n_stops + 1, "points": training.points}))
        raise
    for path in (kept, about):
        path.unlink(missing_ok=True)
    return n_stops


def curve(points, n_points=N_POINTS):
    """Return at most so many [decisions, seconds, share finished, farthest column] of a training's points.

    Each tells of the games from Bob's own start that ended since the one before; the share is None if none.
    """
    told = []
    for some in np.array_split(np.arange(len(points)), min(n_points, len(points))):
        part = [points[number] for number in some]
        n_episodes = sum(point.n_episodes for point in part)
        share = round(sum(point.n_finished for point in part) / n_episodes, 3) if n_episodes else None
        last = part[-1]
        told.append(
            [last.n_decisions, round(last.seconds, 1), share, max(point.farthest for point in part)]
        )
    return told


def result(agent, level, n_games=N_GAMES, **options):
    """Return how many games are finished, greedy and sampled, and the mean of the columns reached."""
    told = {"games": n_games}
    for name, explore in (("greedy", False), ("sampled", True)):
        games = play_games(agent, level, n_games, explore=explore, **options)
        told |= {name: int(games.finished.sum()), f"{name}_column": round(float(games.columns.mean()), 1)}
    return told


def summary(training):
    """Return decisions, seconds, and when the first game was finished."""
    first, last = training.first_finish, training.points[-1]
    return {
        "decisions": last.n_decisions,
        "seconds": round(last.seconds, 1),
        "first_finish_decisions": first and first.n_decisions,
        "first_finish_seconds": first and round(first.seconds, 1),
    }


def trainings(table):
    """Train on `rooftops` from the start alone, and on `nightmare` with a curriculum and without."""
    for (level, has_curriculum), seed in itertools.product(TRAININGS, SEEDS):
        asked = {"level": level, "curriculum": has_curriculum, "seed": seed}
        if table.has("trainings", asked):
            continue
        n_decisions = TRAININGS[level, has_curriculum]
        stages = curriculum(level) if has_curriculum else level
        training = Training(stages, n_decisions, seed=seed)
        n_stops = trained(f"{level}_{'along' if has_curriculum else 'own'}_{seed}", training)
        if seed == SEEDS[0] and network_file(level) is not None and has_curriculum == SHIPPED[level]:
            save(training.agent, network_file(level))
        row = asked | summary(training) | result(training.agent, level) | {"stops": n_stops}
        table.put("trainings", row | {"curve": curve(training.points)})


def without(table):
    """Leave out each of what makes Bob learn, with every seed."""
    for name, seed in itertools.product(WITHOUT, PART_SEEDS):
        asked = {"without": name, "level": PART_LEVEL, "seed": seed}
        if table.has("without", asked):
            continue
        changes = dict(WITHOUT[name])
        has_curriculum = changes.pop("curriculum", True)
        stages = curriculum(PART_LEVEL) if has_curriculum else PART_LEVEL
        training = Training(stages, PART_DECISIONS, seed=seed, **changes)
        trained(f"without_{len(WITHOUT)}_{seed}", training)
        row = asked | summary(training) | result(training.agent, PART_LEVEL, most=MOST)
        table.put("without", row | {"curve": curve(training.points, 20)})


def many_levels(table):
    """Train on a number of random levels, test on others that no training has seen."""
    asked = [
        {"n_levels": n, "seed": seed}
        for seed, n in itertools.product(SEEDS, N_LEVELS)
        if not table.has("levels", {"n_levels": n, "seed": seed})
    ]
    if not asked:
        return
    known = random_levels(range(max(N_LEVELS)), DIFFICULTY, n_pieces=N_PIECES)
    new = random_levels(range(FIRST_NEW_LEVEL, FIRST_NEW_LEVEL + N_NEW), DIFFICULTY, n_pieces=N_PIECES)
    for each in asked:
        # Other levels for every seed, as far as there are enough.
        first = (each["seed"] - 1) * each["n_levels"] % max(N_LEVELS)
        own = known[first : first + each["n_levels"]]
        training = Training(Stage(1.0, own).as_list(), LEVELS_DECISIONS, seed=each["seed"])
        trained(f"levels_{each['n_levels']}_{each['seed']}", training)
        told = {
            name: int(one_game_each(training.agent, levels).sum())
            for name, levels in (("known", own), ("new", new))
        }
        table.put("levels", each | summary(training) | told | {"known_games": max(N_NEW, len(own)), "new_games": N_NEW})
