import gymnasium as gym
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.worlds import LAYOUTS, parse_layout
from rl_helpers.worlds.room import RoomEnv


def test_a_layout_that_is_no_text_is_explained():
    with pytest.raises(TypeError, match="not a list: join the rows"):
        RoomEnv(["B.P"])


def test_a_layout_may_be_indented():
    assert parse_layout("\n    B.R\n    #.P\n  ").rows == ("B.R", "#.P")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_named_room_can_be_made_and_rearranged(layout):
    env = gym.make("Bob/Room-v0", layout=layout, rearrange_every=1)
    env.reset(seed=0)
    env.reset()
    assert env.unwrapped.layout.rows != parse_layout(layout).rows
