"""Trains Bob at Breakout and measures him: `python -m tools.breakout` rebuilds `data/breakout_*`.

Three training seeds learn from nothing on one core, and three more on two, and are then measured over 100
games each, with seeds that were not used in training. The steps of the state are compared in shorter
trainings. Learning is counted in decisions, so the files come out the same on every machine with the same
versions, but for the seconds.
"""

import argparse
import csv
import importlib.metadata
import itertools
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import gymnasium as gym
import numpy as np

from rl_helpers.breakout import (
    BEST,
    FINE,
    STEPS,
    ClipReward,
    LostLife,
    learn,
    load_agent,
    make_breakout,
    new_agent,
    save_table,
    trained,
    trained_together,
)
from rl_helpers.breakout.game import meetings, tally
from rl_helpers.breakout.learning import TABLE
from rl_helpers.breakout.results import rows_of
from rl_helpers.exercises.tasks.breakout.trial import BASELINE, TRIALS, trial_score
from rl_helpers.intervals import mean_interval
from rl_helpers.notebook.paths import DATA
from rl_helpers.notebook.published import breakout_scores
from rl_helpers.training import evaluate

SEEDS = (1, 2, 3)
N_DECISIONS = 1_000_000
N_TOGETHER = 3_000_000  # decisions of two cores
N_WORKERS = 2
N_GAMES = 100
FIRST_GAME_SEED = 10_000  # of the games that measure; training uses 1, 2, 3
STEP_DECISIONS = 100_000
N_POINTS = 10  # of each training curve
TRIAL_SEEDS = (1, 2, 3, 4, 5, 6)
PIXEL_GAMES = 30
MEETING_SEEDS = range(3000, 3070)  # one game each, 350 lives, in which every ball that comes down is counted
MOST = 864  # two walls of 432; the game has no third
PARTS = ("scores", "together", "steps", "trials", "pixels", "meetings")
HEADER = (
    *(
        "source",
        "states",
        "cores",
        "training_seed",
        "decisions",
        "games",
        "mean",
        "low",
        "high",
        "worst",
        "best",
    ),
    *("games_of_864", "training_seconds", "versions"),
)
RESULTS, GAMES, TRAINING, CURVES, MEETINGS = (
    DATA / f"breakout_{name}.csv" for name in ("results", "games", "training", "steps", "meetings")
)


def measured(seed, n_decisions=N_DECISIONS, n_games=N_GAMES):
    """Train with one seed and play; return the agent's table, what training and play brought, and seconds."""
    start = time.process_time()

    def tell(progress):
        if len(progress.scores) % 20 == 0:
            last = np.mean(progress.scores[-20:])
            print(f"seed {seed}: {progress.n_decisions:,} decisions, last 20 games {last:.0f}", flush=True)

    agent, progress = trained(BEST, n_decisions=n_decisions, seed=seed, on_game=tell)
    seconds = time.process_time() - start
    history = evaluate(make_breakout(), agent, n_games, seed=FIRST_GAME_SEED + seed)
    print(f"seed {seed}: greedy mean {history.returns.mean():.1f} in {n_games} games", flush=True)
    return agent.q_values, progress, history, seconds


def measured_together(seed, n_decisions=N_TOGETHER, n_games=N_GAMES):
    """Train the fine table with one seed on two cores, play, and return its row of the results."""
    before = _seconds_of_children()

    def tell(progress):
        if progress.n_decisions % 250_000 == 0:
            last = np.mean(progress.scores[-40:])
            print(f"seed {seed}: {progress.n_decisions:,} decisions, last 40 games {last:.0f}", flush=True)

    agent, _ = trained_together(FINE, n_decisions=n_decisions, seed=seed, n_workers=N_WORKERS, on_round=tell)
    seconds = round((_seconds_of_children() - before) / N_WORKERS)
    scores = evaluate(make_breakout(FINE), agent, n_games, seed=FIRST_GAME_SEED + seed).returns
    print(f"seed {seed}, {N_WORKERS} cores: greedy mean {scores.mean():.1f} in {n_games} games", flush=True)
    return ["memory", FINE.n_states, N_WORKERS, seed, n_decisions, *figures(scores), seconds, versions()]


def _seconds_of_children():
    times = os.times()
    return times.children_user + times.children_system


class Serves(gym.Wrapper):
    """Notes at every decision whether the ball waits to be served."""

    def __init__(self, env):
        super().__init__(env)
        self.waits = []

    def step(self, action):
        """Step, and note it."""
        self.waits.append(self.get_wrapper_attr("ball") is None)
        return self.env.step(action)


def step_measured(job, n_decisions=STEP_DECISIONS):
    """Train a step of the state with a seed, a penalty and an initial value; return the points of its curve.

    A point is (decisions, mean score of the games that ended since the last one, share of decisions without a
    ball in play).
    """
    name, seed, penalty, initial_value = job
    space = STEPS[name]
    env = Serves(LostLife(ClipReward(make_breakout(space)), penalty=penalty))
    agent = new_agent(space.n_states, n_decisions, seed=seed, initial_value=initial_value)
    progress = learn(env, agent, n_decisions, seed=seed)
    scores, ends, waits = np.array(progress.scores), np.array(progress.ends), np.array(env.waits)
    points = []
    for low, high in itertools.pairwise(np.linspace(0, n_decisions, N_POINTS + 1).astype(int).tolist()):
        games = scores[(ends > low) & (ends <= high)]
        mean = round(float(games.mean()), 2) if len(games) else "nan"
        points.append((high, mean, round(float(waits[low:high].mean()), 3)))
    print(f"{name}, seed {seed}, {penalty:g}, {initial_value:g}: {points[-1][1]} points", flush=True)
    return points


def interval(scores):
    """Return the mean over games with its 95 % interval: mean, low, high."""
    return [float(np.mean(scores)), *mean_interval(scores)]


def figures(scores):
    """Return the number of games, mean, its interval, worst, best and how many games were complete."""
    ends = int(scores.min()), int(scores.max()), int((scores == MOST).sum())
    return [len(scores), *(round(value, 1) for value in interval(scores)), *ends]


def versions():
    """Return the versions that the numbers depend on, in one string."""
    return " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ale-py", "gymnasium", "numpy"))


def write(path, header, rows):
    """Write a CSV file, the same bytes on every system."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main_run(pool):
    """Train and measure every seed; write the table, the results and the games."""
    outcomes = dict(zip(SEEDS, pool.map(measured, SEEDS), strict=True))
    save_table(outcomes[SEEDS[0]][0], TABLE)
    rows, games, training = [], [], []
    for seed, (_, progress, history, seconds) in outcomes.items():
        about = "memory", BEST.n_states, 1, seed, N_DECISIONS
        rows.append([*about, *figures(history.returns), round(seconds), versions()])
        played = zip(history.returns, history.lengths, strict=True)
        games += [
            [seed, FIRST_GAME_SEED + seed, i, int(score), int(n)] for i, (score, n) in enumerate(played)
        ]
        learned = zip(progress.ends, progress.scores, strict=True)
        training += [[seed, end, int(score)] for end, score in learned]
    put(rows)
    write(GAMES, ("training_seed", "game_seed", "game", "score", "decisions"), games)
    write(TRAINING, ("training_seed", "decisions", "score"), training)


def put(rows):
    """Write rows into the file of results, in place of older ones of the same source, cores and seed."""
    old = [list(row.values()) for row in rows_of("results")] if RESULTS.is_file() else []
    kept = {_about(row): row for row in [*old, *rows]}
    write(RESULTS, HEADER, [kept[about] for about in sorted(kept)])


def _about(row):
    source, _, cores, seed, *_ = row
    return source, int(cores), int(seed)


def pixels_run():
    """Play the shipped table from pixels."""
    env = make_breakout(source="pixels")
    scores = evaluate(env, load_agent(), PIXEL_GAMES, seed=FIRST_GAME_SEED + SEEDS[0]).returns
    put([["pixels", BEST.n_states, 1, SEEDS[0], N_DECISIONS, *figures(scores), "", versions()]])


def met_in_a_game(seed):
    """Return each meeting of ball and paddle in a game of the shipped table."""
    return meetings(make_breakout(), load_agent(), n_games=1, seed=seed)


def meetings_run(pool):
    """Count where the shipped table hits and misses."""
    met = list(itertools.chain.from_iterable(pool.map(met_in_a_game, MEETING_SEEDS)))
    write(MEETINGS, ("most_bricks", "ball", "paddle", "hits", "misses"), tally(met))


def together_run():
    """Train the fine table with every seed on two cores, and measure it."""
    for seed in SEEDS:
        put([measured_together(seed)])


def steps_run(pool):
    """Train every step of the state with three seeds, the last one with other rewards too."""
    jobs = [(name, seed, -1.0, 1.0) for name in STEPS for seed in SEEDS]
    others = ((0.0, 0.0), (0.0, 1.0), (-1.0, 0.0))
    jobs += [(list(STEPS)[-1], seed, *other) for other in others for seed in SEEDS]
    rows = []
    for job, points in zip(jobs, pool.map(step_measured, jobs), strict=True):
        rows += [[*job, *point] for point in points]
    write(
        CURVES, ("step", "training_seed", "penalty", "initial_value", "decisions", "score", "waiting"), rows
    )


def trials_run(pool):
    """Write what the exercise of the notebook compares a learner's state with."""
    scores = pool.map(trial_score, [STEPS[BASELINE]] * len(TRIAL_SEEDS), TRIAL_SEEDS)
    rows = [(BASELINE, seed, round(score, 2)) for seed, score in zip(TRIAL_SEEDS, scores, strict=True)]
    write(TRIALS, ("step", "training_seed", "score"), rows)


def board(rows):
    """Print the table beside the published scores."""
    lines = [
        (
            f"{row[1]} states, {row[2]} cores, seed {row[3]}, {row[0]}",
            row[6],
            f"{row[7]} to {row[8]}, {row[5]} games",
        )
        for row in rows
    ]
    lines += [(f"{name}, published", score, "") for name, score in breakout_scores().items()]
    for name, score, remark in sorted(lines, key=lambda line: float(line[1])):
        print(f"{name:32} {float(score):7.1f}  {remark}")


def main(arguments=None):
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.breakout", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=PARTS, help="a part; all if not given")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="trainings at a time")
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(options.jobs) as pool:
        if options.only in (None, "scores"):
            main_run(pool)
        if options.only in (None, "scores", "pixels"):
            pixels_run()
        if options.only in (None, "scores", "meetings"):
            meetings_run(pool)
        if options.only in (None, "together"):
            together_run()
        if options.only in (None, "steps"):
            steps_run(pool)
        if options.only in (None, "trials"):
            trials_run(pool)
    board([list(row.values()) for row in rows_of("results")])
    print(f"table: {TABLE.name}, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
