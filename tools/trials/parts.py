"""Trains Bob in the alley with one part of the agent changed: `python -m tools.trials.parts`.

It writes `data/super_bob_parts.json`.
"""

import argparse
import json
import sys

import numpy as np

from rl_helpers.notebook.paths import DATA
from rl_helpers.schedules import LinearDecay
from rl_helpers.super_bob.game.observations import N_TILES
from rl_helpers.super_bob.learning import play_games
from rl_helpers.super_bob.lesson.alley import ALLEY
from rl_helpers.super_bob.lesson.live import WatchedGames, learn, quick_agent

RESULTS = DATA / "super_bob_parts.json"
SEEDS, N_DECISIONS, N_GAMES, MOST = range(1, 6), 250_000, 100, 400

PARTS = {
    "as it is": {},
    "without entropy in the objective": {"entropy_weight": 0.0},
    "entropy weight from 0.05": {"entropy_weight": LinearDecay(0.05, 0.0005, n_steps=N_DECISIONS)},
    "discount 0.8": {"discount": 0.8},
    "discount 0.999": {"discount": 0.999},
    "learns once from each rollout": {"n_epochs": 1, "n_batches": 1},
    "without the 18 numbers": {},
}
"""From a name to settings of the agent that are others than usual."""


def without_numbers(agent):
    """Let an agent see the tiles alone: zeros in the place of the numbers behind them."""
    see = agent.see

    def see_tiles(observations, *, learn=False):
        tiles = np.array(observations)
        tiles[..., N_TILES:] = 0
        return see(tiles, learn=learn)

    agent.see = see_tiles
    return agent


def row(name, seed):
    """Train with one part changed; return how many of 100 new games are finished, a dict for the file."""
    games = WatchedGames(level=ALLEY)
    bob = quick_agent(N_DECISIONS, seed=seed, **PARTS[name])
    if name == "without the 18 numbers":
        bob = without_numbers(bob)
    learn(bob, games, N_DECISIONS, seed=seed)
    played = play_games(bob, ALLEY, N_GAMES, explore=True, max_episode_steps=MOST)
    return {
        "part": name,
        "seed": seed,
        "finished": int(played.finished.sum()),
        "first finish": games.first_finish,
        "last 200 in training": round(100 * games.share_finished()),
    }


def main(arguments=None):
    """Train with all seeds; what is in the file already is kept. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.trials.parts", description=__doc__.splitlines()[0])
    parser.add_argument("--anew", action="store_true", help="forget what is in the file")
    options = parser.parse_args(arguments)
    rows = [] if options.anew or not RESULTS.exists() else json.loads(RESULTS.read_text())
    done = {(each["part"], each["seed"]) for each in rows}
    for seed in SEEDS:
        for name in PARTS:
            if (name, seed) not in done:
                rows.append(row(name, seed))
                print(rows[-1], flush=True)
                RESULTS.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
