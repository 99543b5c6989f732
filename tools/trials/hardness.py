"""Measures how hard the levels are: `python -m tools.trials.hardness` writes `data/super_bob_hardness.json`.

A random player plays, each error of one decision along a way is tried, each jump of it is pressed sooner
and later. The way is the one that the search finds from the phases of seed 0.
"""

import argparse
import json
import sys

from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.super_bob.hardness import fatal_errors, jumps, random_play
from rl_helpers.super_bob.levels import LEVELS
from rl_helpers.super_bob.search import solve

RESULTS = DATA / "super_bob_hardness.json"
N_DECISIONS = 10_000_000


def hardness(name, n_decisions=N_DECISIONS):
    """Return what was measured of a level, a dict for the file.

    Raises:
        ValueError: if the search finds no way.

    >>> hardness("meadow", 256)["columns"]
    80
    """
    env = SuperBobEnv(name)
    env.reset(seed=0)
    found = solve(env.game)
    if not found.is_found:
        raise ValueError(f"no way through {name} was found: give the search more decisions")
    fatal, errors = fatal_errors(env.game, found.actions)
    played = random_play(name, n_decisions)
    return {
        "level": name,
        "columns": env.level.n_columns,
        "flag": env.level.flag_column,
        "way": len(found.actions),
        "fatal": fatal,
        "errors": errors,
        "pictures": sorted(jump.n_pictures for jump in jumps(env.game, found.actions)),
        "random_decisions": played.n_decisions,
        "random_games": played.n_episodes,
        "random_farthest": played.farthest,
        "random_finished": played.n_finished,
    }


def main(arguments=None):
    """Measure the levels, the last one first, and write the file after each; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.trials.hardness", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--decisions", type=int, default=N_DECISIONS, help="of the random player on each level"
    )
    options = parser.parse_args(arguments)
    rows = []
    for name in reversed(LEVELS):
        rows.insert(0, hardness(name, options.decisions))
        print(rows[0], flush=True)
        RESULTS.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
