"""Proves that levels are possible: `python -m tools.level_proofs` writes the ways it found for the tests.

A way is a line: the level, the seed that drew the phases of what moves, and one digit a decision. The tests
play them in `Bob/Super-v0` up to the flag. Run it after a level or the rules have changed.
"""

import argparse
import sys
from pathlib import Path

from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.super_bob.levels import LEVELS
from rl_helpers.super_bob.search.a_star import as_text, solve

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "tests" / "super_bob" / "ways.txt"


def ways(names, n_seeds):
    """Yield the level, the seed and the `Solution` of every search."""
    for name in names:
        env = SuperBobEnv(name)
        for seed in range(n_seeds):
            env.reset(seed=seed)
            yield name, seed, solve(env.game)


def main(arguments=None):
    """Search ways, or with `--check` only count how many are found; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.level_proofs", description=__doc__.splitlines()[0])
    parser.add_argument("levels", nargs="*", default=LEVELS, help="names; all of them by default")
    parser.add_argument("--seeds", type=int, default=8, help="how many phases of what moves are tried")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    lines, missing = [], 0
    for name, seed, found in ways(given.levels, given.seeds):
        if found.is_found:
            lines.append(f"{name} {seed} {as_text(found.actions)}")
            print(f"{name}, seed {seed}: {len(found.actions)} decisions, {found.n_decisions:,} tried")
        else:
            missing += 1
            print(f"{name}, seed {seed}: no way found after {found.n_decisions:,} decisions, up to column "
                  f"{found.farthest}", file=sys.stderr)  # fmt: skip
    if not given.check and not missing:
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
