"""Trains Bob on the nightmare and measures him: `python -m tools.super_bob` rebuilds `data/super_bob*`.

Every row of `data/super_bob.json` is written as soon as it is measured, and what stands there is not measured
again: stop with Ctrl+C and go on later. A training that is stopped leaves its network in `notebooks/output`,
and begins there the next time; its row says so. `--anew` forgets all rows of the parts that are asked for.
Learning is counted in decisions; the seconds are the processor's, on one core, on the machine of each row.
"""

import argparse
import sys

from tools.super_bob.parts import PARTS
from tools.super_bob.table import Table


def main(arguments=None):
    """Do what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.super_bob", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--only", choices=PARTS, nargs="+", default=list(PARTS), help="parts; all if not given"
    )
    parser.add_argument("--anew", action="store_true", help="measure again what is in the file")
    options = parser.parse_args(arguments)
    table = Table()
    try:
        for part in options.only:
            if options.anew:
                table.forget(part)
            PARTS[part](table)
    except KeyboardInterrupt:
        print("stopped: what was learned is kept, the same command goes on from there", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
