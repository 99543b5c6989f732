"""The networks that come with the course play as the table says."""

import json

import numpy as np
import pytest

from rl_helpers.notebook.paths import DATA
from rl_helpers.super_bob.learning import film_game, load_agent, play_games
from rl_helpers.super_bob.learning.shipped import network_file

ROWS = json.loads((DATA / "super_bob.json").read_text(encoding="utf-8"))["shipped"]


@pytest.mark.parametrize("row", ROWS, ids=[row["network"] for row in ROWS])
def test_the_shipped_networks_finish_as_often_as_is_said(row):
    games = play_games(load_agent(row["network"]), row["level"], 200, seed=77_000_000)
    # Two samples of games, each of its own size and chance: four standard errors of their difference.
    share = row["greedy"] / row["games"]
    error = np.sqrt(share * (1 - share) * (1 / 200 + 1 / row["games"]))
    assert games.share == pytest.approx(share, abs=4 * error)


def test_each_network_has_a_row_and_is_small():
    files = {path.name for path in DATA.glob("super_bob_*.npz")}
    assert files == {network_file(row["network"]).name for row in ROWS}
    assert all(network_file(row["network"]).stat().st_size < 350_000 for row in ROWS)


def test_a_network_that_does_not_come_along_is_refused():
    with pytest.raises(ValueError, match="expected one of rooftops, nightmare"):
        load_agent("clockwork")


def test_the_film_of_the_command_ends_at_the_flag():
    from tools.super_bob.settings import FILM_SEED

    frames = film_game(load_agent("nightmare"), "nightmare", seed=FILM_SEED, step=4)
    assert frames[-1]["finished"]
