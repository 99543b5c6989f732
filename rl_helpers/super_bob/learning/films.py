"""Films of an agent at play, smoother than one picture a decision."""

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.super_bob.drawing.painter import picture
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.super_bob.game.single import DIRECTIONS
from rl_helpers.super_bob.learning.measuring import observation_of
from rl_helpers.super_bob.levels.rules import PICTURES_A_SECOND


def film_game(
    agent, level, *, seed: int = 0, explore: bool = False, most_decisions: int = 1_500, step: int = 2
) -> list[dict]:
    """Play one game and keep its pictures, those between two decisions too.

    Args:
        agent: anything with `act(observation, explore=...)`.
        level: as `SuperBobEnv` takes it.
        seed: of the phases of what moves.
        explore: whether actions are drawn by chance; else the most probable are taken.
        most_decisions: after which the film ends.
        step: game pictures from one of the film to the next: 1 for 60 a second, 2 for 30, 4 for 15.

    Returns:
        Frames for `gifs.create_gif`: dicts with "frame", uint8 (208, 320, 3), "render_fps", and "finished",
        whether Bob had touched the flag.

    Raises:
        ValueError: if a decision is no whole number of steps.

    >>> from rl_helpers.super_bob.learning import new_agent
    >>> frames = film_game(new_agent(1_000), "B..F" + chr(10) + "####", explore=True)
    >>> frames[0]["frame"].shape, frames[0]["render_fps"], frames[-1]["finished"]
    ((208, 320, 3), 30, True)
    """
    env = SuperBobEnv(level, observation=observation_of(agent))
    if env.frame_skip % count("step", step):
        raise ValueError(f"step is {step}, expected 1, 2 or 4: a decision lasts {env.frame_skip} pictures")
    observation, _ = env.reset(seed=seed)
    frames = [_frame(env.game, env.state, env.faces_left, step)]
    for _ in range(count("most_decisions", most_decisions)):
        before, action = env.state, int(agent.act(observation, explore=explore))
        faces_left = DIRECTIONS[action] < 0 if DIRECTIONS[action] else env.faces_left
        observation, _, is_over, _, _ = env.step(action)
        n_pictures = env.state.time - before.time
        for number in range(step, env.frame_skip + 1, step):
            if number - step < n_pictures:
                state = env.game.after(before, action, number)
                frames.append(_frame(env.game, state, faces_left, step))
        if is_over:
            break
    return frames


def _frame(game, state, faces_left: bool, step: int) -> dict[str, np.ndarray | int | bool]:
    return {
        "frame": picture(game, state, faces_left=faces_left),
        "render_fps": PICTURES_A_SECOND // step,
        "finished": bool(state.finished),
    }
