"""Trains Bob with other rewards: `python -m tools.trials.rewards` writes what he does then."""

import argparse
import json
import platform
import time

import numpy as np

from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning import play_games, starts_along
from rl_helpers.super_bob.lesson.alley import ALLEY, BEFORE_THE_FLAG, REWARD_SETTINGS, STARTS_ALONG
from rl_helpers.super_bob.lesson.live import WatchedGames, learn, quick_agent

RESULTS = DATA / "super_bob_rewards.json"
SEEDS = range(1, 6)
N_DECISIONS = 250_000
N_GAMES, MOST = 100, 400  # games that are measured, and decisions after which Bob counts as waiting


FLAGS, WAGE, FEW = (1.0, 5.0, 8.0, 9.0, 10.6, 12.0, 15.0), 0.2, 60_000


def row(name, seed, rewards, n_decisions, starts=None):
    """Train with some rewards and one seed; return what Bob does then, as a dict for the file."""
    began = time.process_time()
    began_at = starts_along(ALLEY) if name == STARTS_ALONG else starts
    games = WatchedGames(level=ALLEY, rewards=rewards, starts=began_at)
    bob = quick_agent(n_decisions, seed=seed)
    learn(bob, games, n_decisions, seed=seed)
    seconds = time.process_time() - began
    played = play_games(bob, ALLEY, N_GAMES, explore=True, max_episode_steps=MOST, starts=starts)
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
        "fish": round(float(np.mean(games.coins[-N_GAMES:])) if games.coins else 0.0, 2),
    }


def main(arguments=None):
    """Train all settings with all seeds; what is in the file already is kept, unless `--anew` is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anew", action="store_true", help="forget what is in the file")
    parser.add_argument("--flags", action="store_true", help="only those with a wage, right before the flag")
    options = parser.parse_args(arguments)
    known = [] if options.anew or not RESULTS.exists() else json.loads(RESULTS.read_text())["rows"]
    done = {(each["rewards"], each["seed"]) for each in known}
    tasks = [(name, rewards, N_DECISIONS, None) for name, rewards in REWARD_SETTINGS.items()]
    near = [(f"flag {flag:g}", {"decision": WAGE, "flag": flag}, FEW, [BEFORE_THE_FLAG]) for flag in FLAGS]
    for seed in SEEDS:
        for name, *how in near if options.flags else tasks + near:
            if (name, seed) not in done:
                known.append(row(name, seed, *how))
                print(known[-1], flush=True)
                _write(known)


def _write(rows):
    machine = {"numpy": np.__version__, "machine": platform.machine()}
    about = {"games": N_GAMES, "most decisions of a game": MOST, "wage of the flags": WAGE, **machine}
    lines = ",\n".join(map(json.dumps, rows))
    RESULTS.write_text(f'{{"about": {json.dumps(about)}, "rows": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
