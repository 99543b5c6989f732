"""Tables in files."""

import numpy as np

from rl_helpers.atari import load_agent, save_table


def test_a_table_comes_back_from_its_file(tmp_path):
    table = np.arange(12.0).reshape(3, 4)
    save_table(table, tmp_path / "table.npy")
    first = (tmp_path / "table.npy").read_bytes()
    np.testing.assert_array_equal(load_agent(tmp_path / "table.npy").q_values, table)
    save_table(table, tmp_path / "table.npy")
    assert (tmp_path / "table.npy").read_bytes() == first
