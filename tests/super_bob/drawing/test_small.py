"""Small pictures show the same as the large ones, four pixels a tile."""

import numpy as np

from rl_helpers.super_bob.drawing.small import BOB, DARK, SKY, SMALL_SHAPE
from rl_helpers.super_bob.env import SuperBobEnv

LEVEL = "." * 40 + "\nB.o" + "." * 9 + "j" + "." * 23 + "F...\n" + "#" * 40


def test_ground_sky_and_bob_are_where_they_are():
    env = SuperBobEnv(LEVEL, observation="pixels")
    before, now = env.reset(seed=0, options={"phases": (0,)})[0]
    assert env.observation_space.shape == SMALL_SHAPE
    np.testing.assert_array_equal(before, now)
    assert (now[48:] == DARK).all()
    assert (now[:40] == SKY).all()
    rows, columns = np.nonzero(now == BOB)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (44, 47, 0, 2)
    assert (now[45:47, 9:11] == 240).all()
    assert (now[44:48, 48:52] == 30).all()


def test_the_picture_before_is_kept_and_the_level_goes_by():
    env = SuperBobEnv(LEVEL, observation="pixels", starts=[20])
    last = env.reset(seed=0)[0][1]
    for _ in range(10):
        before, now = env.step(2)[0]
        np.testing.assert_array_equal(before, last)
        last = now
    # Bob stays in the same columns of the picture while the level passes by.
    assert set(np.nonzero(now == BOB)[1]) <= {23, 24, 25, 26, 27}


def test_what_is_collected_is_gone():
    env = SuperBobEnv(LEVEL, observation="pixels")
    env.reset(seed=0, options={"phases": (0,)})
    while not env.step(2)[-1]["coins"]:
        pass
    assert not (env.step(0)[0][1] == 240).any()
