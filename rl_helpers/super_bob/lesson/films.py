"""Films and still pictures of the game for a notebook: small files, whole levels."""

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count
from rl_helpers.gifs import record_episode
from rl_helpers.super_bob.drawing.painter import CELL, picture
from rl_helpers.super_bob.drawing.scenery import HEIGHT
from rl_helpers.super_bob.game.single import Game, first_state
from rl_helpers.super_bob.lesson.measure import FRESH_SEED
from rl_helpers.super_bob.levels import level_of

GAP = 8  # pixels between the strips of a level


def film_game(agent, level, *, seed=FRESH_SEED, explore=False, every=1, most=None):
    """Film a game.

    Args:
        agent: anything with `act(state, explore=...)`.
        level: as `SuperBobEnv` takes it.
        seed: of the game.
        explore: whether actions are drawn by chance.
        every: only every so many-th picture is kept, and shown for as much longer: the file is smaller.
        most: decisions after which the film ends.

    Returns:
        Frames for `create_gif`, a list of dicts, at the speed of the game.
    """
    env = gym.make("Bob/Super-v0", level=level, render_mode="rgb_array")
    frames = record_episode(env, agent, seed=seed, explore=explore, max_steps=most)
    env.close()
    every = count("every", every)
    kept = frames[::every]
    if kept[-1] is not frames[-1]:
        kept.append(frames[-1])
    return [{"frame": each["frame"], "render_fps": each["render_fps"] / every} for each in kept]


def whole_level(level, *, n_strips=1):
    """Draw a whole level, in strips below each other.

    Args:
        level: as `level_of` takes it.
        n_strips: how many.

    Returns:
        A uint8 array (height, width, 3).

    >>> whole_level("B..F" + chr(10) + "####").shape
    (208, 64, 3)
    """
    level = level_of(level)
    whole = picture(Game(level), first_state(level), n_columns=level.n_columns)
    n_strips = count("n_strips", n_strips)
    width = -(-level.n_columns // n_strips) * CELL
    page = np.full((n_strips * (HEIGHT + GAP) - GAP, width, 3), 255, dtype=np.uint8)
    for number in range(n_strips):
        strip = whole[:, number * width : (number + 1) * width]
        top = number * (HEIGHT + GAP)
        page[top : top + HEIGHT, : strip.shape[1]] = strip
    return page
