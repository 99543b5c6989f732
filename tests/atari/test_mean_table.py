"""The mean of many tables."""

import numpy as np

from rl_helpers.atari import MeanTable


def test_the_mean_is_that_of_all_tables_and_leaves_them_as_they_are():
    tables = np.random.default_rng(0).normal(size=(7, 3, 2))
    kept, mean = tables.copy(), MeanTable()
    for table in tables:
        mean.add(table)
    np.testing.assert_allclose(mean.table, tables.mean(axis=0))
    np.testing.assert_array_equal(tables, kept)
    assert mean.n_tables == 7
