"""The softmax that notebook 04 asks for is the package's."""

import numpy as np
import pytest

from rl_helpers.exercises.tasks.exploration import softmax as task
from rl_helpers.exploration import rules


def test_solution_of_softmax_is_the_softmax_of_the_package():
    rng = np.random.default_rng(0)
    for temperature in (0.01, 0.5, 30.0):
        q_values = rng.normal(scale=100, size=6)
        assert task.softmax(q_values, temperature) == pytest.approx(rules.softmax(q_values, temperature))
