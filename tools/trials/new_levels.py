"""Trains Bob on few and on many levels, and tests him on new ones: `python -m tools.trials.new_levels`.

It writes `data/super_bob_new_levels.json`. The levels are drawn by chance, each proved possible.
"""

import argparse
import json
import sys

import numpy as np

from rl_helpers.deep.files import save
from rl_helpers.notebook.paths import DATA
from rl_helpers.schedules import LinearDecay
from rl_helpers.super_bob.learning import Stage, Training, play_games
from rl_helpers.super_bob.lesson.graduate import NETWORK
from rl_helpers.super_bob.random_levels import random_levels

RESULTS = DATA / "super_bob_new_levels.json"
NUMBERS, SEEDS, N_DECISIONS = (1, 10, 100, 1_000), range(1, 4), 1_200_000
KIND = {"difficulty": 1.5, "n_pieces": 3}
N_NETWORK = 2_500_000
N_TESTED, MOST = 200, 400
FIRST_TEST_LEVEL = 100_000  # training takes the seeds below


def row(n_levels, seed, pool, new, n_decisions=N_DECISIONS):
    """Train on so many levels of a pool; return how many games Bob finishes there and on new levels."""
    chosen = np.random.default_rng(seed).choice(len(pool), n_levels, replace=False)
    levels = [pool[number] for number in chosen]
    entropy = LinearDecay(0.02, 0.001, n_steps=n_decisions)
    training = Training([Stage(1.0, levels)], n_decisions, seed=seed, entropy_weight=entropy)
    for _ in training.run():
        pass
    found = {"levels": n_levels, "seed": seed, "decisions": training.points[-1].n_decisions}
    found["seconds"] = round(training.points[-1].seconds, 1)
    for name, tested in (("trained", levels), ("new", new)):
        for how in (False, True):
            played = play_games(training.agent, tested, N_TESTED, explore=how, max_episode_steps=MOST)
            found[f"{name}, {'drawn' if how else 'greedy'}"] = int(played.finished.sum())
    return found


def main(arguments=None):
    """Train with all seeds; what is in the file already is kept. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.trials.new_levels", description=__doc__)
    parser.add_argument("--anew", action="store_true", help="forget what is in the file")
    parser.add_argument("--network", action="store_true", help="train longer on all levels, for the exercise")
    options = parser.parse_args(arguments)
    if options.network:
        training = Training(
            [Stage(1.0, random_levels(range(max(NUMBERS)), **KIND))],
            N_NETWORK,
            seed=1,
            entropy_weight=LinearDecay(0.02, 0.001, n_steps=N_NETWORK),
        )
        for _ in training.run():
            pass
        save(training.agent, NETWORK)
        return 0
    known = [] if options.anew or not RESULTS.exists() else json.loads(RESULTS.read_text())["rows"]
    done = {(each["levels"], each["seed"]) for each in known}
    pool = random_levels(range(max(NUMBERS)), **KIND)
    new = random_levels(range(FIRST_TEST_LEVEL, FIRST_TEST_LEVEL + N_TESTED), **KIND)
    about = KIND | {"games": N_TESTED, "columns": round(float(np.mean([each.n_columns for each in new])), 1)}
    for seed in SEEDS:
        for n_levels in NUMBERS:
            if (n_levels, seed) not in done:
                known.append(row(n_levels, seed, pool, new))
                print(known[-1], flush=True)
                lines = ",\n".join(map(json.dumps, known))
                RESULTS.write_text(f'{{"about": {json.dumps(about)}, "rows": [\n{lines}\n]}}\n')
    return 0


if __name__ == "__main__":
    sys.exit(main())
