"""Trains Bob with other rewards: `python -m tools.super_bob_rewards` writes what he does then."""

import argparse
import json
import platform
import time

import numpy as np

from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning import new_agent, play_games
from rl_helpers.super_bob.lesson.alley import ALLEY, REWARD_SETTINGS
from rl_helpers.super_bob.lesson.live import WatchedGames, learn

RESULTS = DATA / "super_bob_rewards.json"
SEEDS = range(1, 6)
N_DECISIONS = 250_000
N_GAMES, MOST = 100, 400  # games that are measured, and decisions after which Bob counts as waiting


def row(name, seed, n_decisions=N_DECISIONS):
    """Train with one setting and one seed; return what Bob does then, as a dict for the file."""
    began = time.process_time()
    games = WatchedGames(level=ALLEY, rewards=REWARD_SETTINGS[name])
    bob = new_agent(n_decisions, seed=seed, n_envs=games.num_envs, n_batches=4)
    learn(bob, games, n_decisions, seed=seed)
    seconds = time.process_time() - began
    played = play_games(bob, ALLEY, N_GAMES, explore=True, max_episode_steps=MOST)
    died = played.causes != ""
    return {
        "rewards": name,
        "seed": seed,
        "decisions": n_decisions,
        "seconds": round(seconds, 1),
        "finished": int(played.finished.sum()),
        "died": int(died.sum()),
        "waiting": int((~played.finished & ~died).sum()),
        "column": round(float(played.columns.mean()), 1),
        "fish": round(float(np.mean(games.coins[-N_GAMES:])), 2),
    }


def main(arguments=None):
    """Train all settings with all seeds; what is in the file already is kept, unless `--anew` is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anew", action="store_true", help="forget what is in the file")
    parser.add_argument("--decisions", type=int, default=N_DECISIONS)
    parser.add_argument("--only", nargs="*", default=list(REWARD_SETTINGS))
    options = parser.parse_args(arguments)
    known = [] if options.anew or not RESULTS.exists() else json.loads(RESULTS.read_text())["rows"]
    done = {(each["rewards"], each["seed"], each["decisions"]) for each in known}
    for seed in SEEDS:
        for name in options.only:
            if (name, seed, options.decisions) not in done:
                known.append(row(name, seed, options.decisions))
                print(known[-1], flush=True)
                about = {
                    "games": N_GAMES,
                    "most": MOST,
                    "numpy": np.__version__,
                    "machine": platform.machine(),
                }
                lines = ",\n".join(map(json.dumps, known))
                RESULTS.write_text(f'{{"about": {json.dumps(about)}, "rows": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
