"""Trains a network at Breakout from pictures: `python -m tools.deep_breakout` rebuilds `data/breakout_deep*`.

Each seed learns in a process of its own, in rounds, and is saved after each. Broken off, the command goes on
from the last save. A copy is kept of the networks at `MILESTONES`. When a seed has taken its decisions, or
its hours, they and the last network are measured over 100 whole games that no training has seen.
"""

import argparse
import contextlib
import itertools
import os
import platform
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from rl_helpers.breakout import make_breakout, make_breakout_games
from rl_helpers.breakout.deep import Training, scores_of
from rl_helpers.breakout.field_agent import NETWORK, new_agent, save_network
from rl_helpers.breakout.game import meetings, tally
from rl_helpers.breakout.picture_player import PicturePlayer
from rl_helpers.intervals import mean_interval
from rl_helpers.notebook.paths import DATA, output_path
from tools.breakout import versions, write

SEEDS = (1, 2, 3)
N_DECISIONS = 5_000_000
HOURS = 4.0  # of a processor, for each seed: two hours of two cores
ROUND = 50_000  # decisions between two saves
MILESTONES = (300_000, 1_000_000)  # decisions that somebody waits for, rather than lets run overnight
N_GAMES = 100
FIRST_GAME_SEED = 10_000  # of the games that measure; games of training have seeds below
RESULTS, CURVE, MEETINGS = (
    DATA / f"breakout_{name}.csv" for name in ("deep", "deep_training", "deep_meetings")
)
N_WATCHED, FIRST_WATCHED_SEED = 50, 20_000  # games in which it is counted where the shipped network misses
HEADER = (
    *("training_seed", "decisions", "planned", "processor_hours", "emulator_decisions_a_second"),
    *("games", "epsilon", "mean", "low", "high", "worst", "best", "versions", "machine"),
)
EPSILON = 0.01


def train(seed, n_decisions, hours, folder):
    """Train a seed until it has taken its decisions, or its hours of a processor; return its file.

    Args:
        seed: of weights, choices and games.
        n_decisions: of the whole training, which the step size falls over.
        hours: after which it is broken off at the end of a round.
        folder: where it is saved.
    """
    path = Path(folder) / f"breakout_deep_{seed}.npz"
    training = Training(new_agent(n_decisions, seed=seed), seed=1_000 * seed)
    seconds = training.load(path)["seconds"] if path.is_file() else 0.0
    before, log = time.process_time() - seconds, training.log
    while log.n_decisions < n_decisions and seconds < 3600 * hours:
        wanted = min(n_decisions, (log.n_decisions // ROUND + 1) * ROUND)
        if training.run(wanted).n_decisions < wanted:
            break  # stopped by hand, in the middle of a round: the last save counts
        seconds = time.process_time() - before
        training.save(path, seconds=seconds, planned=n_decisions, seed=seed)
        if wanted in MILESTONES:
            shutil.copy(path, milestone(path, wanted))
        last = np.mean(log.scores[-100:]) if log.scores else 0.0
        print(
            f"seed {seed}: {log.n_decisions:,} decisions, {seconds / 3600:.2f} processor hours, "
            f"last 100 games {last:.1f} points",
            flush=True,
        )
    return path


def milestone(path, n_decisions):
    """Return where the copy of a training's file is that was made after so many decisions."""
    return path.with_name(f"{path.stem}_at_{n_decisions}.npz")


def loaded(path, n_decisions):
    """Return the training that a file holds, and its notes."""
    training = Training(new_agent(n_decisions, seed=int(path.stem.split("_")[2])), seed=0)
    return training, training.load(path)


def measure(path, n_decisions):
    """Return the row of the results of a file: 100 whole games, each console one."""
    training, notes = loaded(path, n_decisions)
    seed = FIRST_GAME_SEED + 1_000 * notes["seed"]
    scores, _ = scores_of(training.agent, N_GAMES, seed=seed, epsilon=EPSILON)
    mean = [round(value, 1) for value in (scores.mean(), *mean_interval(scores))]
    decisions = training.log.n_decisions
    row = (
        *(notes["seed"], decisions, notes["planned"], round(notes["seconds"] / 3600, 2)),
        *(emulator_speed(), N_GAMES, EPSILON, *mean, int(scores.min()), int(scores.max())),
        *(versions(), platform.processor() or platform.machine()),
    )
    print(
        f"seed {row[0]}, {decisions:,} decisions: mean {mean[0]} ({mean[1]} to {mean[2]}) in {N_GAMES} games",
        flush=True,
    )
    return row


def emulator_speed(n=2_000):
    """Return how many decisions a second of a processor the games alone take here, without any agent."""
    games = make_breakout_games(1)
    games.reset(seed=0)
    actions = np.random.default_rng(0).integers(4, size=(n, 1))
    start = time.process_time()
    for action in actions:
        games.step(action)
    return round(n / (time.process_time() - start))


def main(arguments=None):
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.deep_breakout", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--decisions", type=int, default=N_DECISIONS, help="of each seed")
    parser.add_argument("--hours", type=float, default=HOURS, help="of a processor, for each seed")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="seeds at a time")
    parser.add_argument("--folder", type=Path, default=output_path("deep"), help="where trainings are saved")
    parser.add_argument("--train-only", action="store_true", help="measure nothing, leave data/ as it is")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    n_decisions = itertools.repeat(options.decisions)
    with contextlib.ExitStack() as stack:
        jobs = options.jobs
        at_once = map if jobs == 1 else stack.enter_context(ProcessPoolExecutor(jobs)).map
        about = n_decisions, itertools.repeat(options.hours), itertools.repeat(options.folder)
        paths = [path for path in at_once(train, options.seeds, *about) if path.is_file()]
        if options.train_only:
            return
        stages = [each for path in paths for each in (*(milestone(path, n) for n in MILESTONES), path)]
        stages = [stage for stage in stages if stage.is_file()]
        rows = dict(zip(stages, at_once(measure, stages, n_decisions), strict=True))
    trained = {path: loaded(path, options.decisions)[0] for path in paths}
    best = trained[max(paths, key=lambda path: rows[path][HEADER.index("mean")])].agent
    save_network(best, NETWORK)
    env = make_breakout()
    met = meetings(env, PicturePlayer(best, env), N_WATCHED, seed=FIRST_WATCHED_SEED)
    write(MEETINGS, ("most_bricks", "ball", "paddle", "hits", "misses"), tally(met))
    write(RESULTS, HEADER, rows.values())
    curve = [
        (rows[path][0], end, int(score))
        for path, training in trained.items()
        for end, score in zip(training.log.ends, training.log.scores, strict=True)
    ]
    write(CURVE, ("training_seed", "decisions", "score"), curve)
    print(f"network: {NETWORK.name}, {NETWORK.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
