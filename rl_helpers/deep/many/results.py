"""What long trainings of many seeds brought: the rows of `data/policy_gradients.json`."""

import json

import numpy as np

from rl_helpers.notebook.paths import DATA

RESULTS = DATA / "policy_gradients.json"


def results_of(experiment):
    """Return the rows of an experiment, one for each setting and seed, as `tools.policy_gradients` stored it.

    Args:
        experiment: "corridor", "room", "pole", "parts", "truncation" or "continuous", if it is stored.

    Returns:
        A list of dictionaries: `row` (name of the setting), `seed`, `runs`, `mean`, `low` and `high` (95 %
        interval over runs), `quartiles`, `good` (share of runs that reach `reaches`), `unit` of all these,
        `decisions` of a run, `seconds` of processor time of the training of all runs, `curve` (`updates`,
        `decisions`, `mean`, `low`, `high`), `agent`, `world`, `settings` and `versions`.

    Raises:
        ValueError: if there is no such experiment.

    >>> sorted({row["runs"] for row in results_of("pole")})
    [100]
    """
    experiments = json.loads(RESULTS.read_text(encoding="utf-8"))
    if experiment not in experiments:
        raise ValueError(f"there is no experiment {experiment!r}: choose one of {', '.join(experiments)}")
    return experiments[experiment]


def over_seeds(rows, name, number="mean"):
    """Return one number of every seed of a setting, float (n_seeds,).

    Args:
        rows: of `results_of`.
        name: of the setting, its `row`.
        number: "mean", "good", "decisions", "seconds", ...

    >>> over_seeds([{"row": "a", "mean": 1.0}, {"row": "b", "mean": 2.0}, {"row": "a", "mean": 3.0}], "a")
    array([1., 3.])
    """
    numbers = [row[number] for row in rows if row["row"] == name]
    if not numbers:
        raise ValueError(
            f"there is no row {name!r}: choose one of {', '.join(dict.fromkeys(row['row'] for row in rows))}"
        )
    return np.array(numbers, dtype=float)
