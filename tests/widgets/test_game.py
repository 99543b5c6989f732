import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers.widgets.game import enlarged, enlargement
from tests.widgets.pages import Counter


def test_pictures_grow_so_that_every_pixel_grows_alike():
    room = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    room.reset(seed=0)
    frame = room.render()
    factor = enlargement(room, frame, 640, 420)
    assert (factor * 3).is_integer()
    assert factor * frame.shape[0] <= 420 < (factor + 1 / 3) * frame.shape[0]
    large = enlarged(room, frame, 384, 320)
    assert large.shape == (288, 384, 3)
    assert np.array_equal(large[::6, ::6], frame[::3, ::3])
    assert enlargement(Counter(), np.zeros((800, 400, 3)), 640, 400) == 0.5
