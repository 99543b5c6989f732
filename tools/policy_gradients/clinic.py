"""Examines the policy clinic: `python -m tools.policy_gradients.clinic` writes `data/policy_clinic.npz`."""

import json
import sys
import time

import numpy as np

from rl_helpers.deep import PPOAgent
from rl_helpers.exercises.tasks.policy_clinic import PATIENTS, examine
from rl_helpers.exercises.tasks.policy_clinic.examination import EXAMINED
from tools.policy_gradients.measuring import versions

N_RUNS, SEED = 20, 0


def found_of(who, findings):
    """Return the arrays of one patient's findings by the names under which they are stored."""
    kept = {f"{who}.{clock}.{what}": np.asarray(numbers) for clock, found in findings.items()
            for what, numbers in vars(found).items()}  # fmt: skip
    return {name: np.round(numbers, 4).astype(np.float32) for name, numbers in kept.items()}


def main():
    """Examine everybody, and store it."""
    start, arrays = time.process_time(), {}
    for who, kind in {
        "healthy": PPOAgent,
        **{name: bug.agent_class for name, bug in PATIENTS.items()},
    }.items():
        arrays |= found_of(who, examine(kind, n_runs=N_RUNS, seed=SEED))
    about = {"seed": SEED, "minutes": round((time.process_time() - start) / 60, 1), "versions": versions()}
    np.savez_compressed(EXAMINED, about=np.array(json.dumps(about)), **arrays)


if __name__ == "__main__":
    sys.exit(main())
