"""What a Q-network can see: spaces that are allowed, observations as they are stored, told, and mirrored."""

import gymnasium as gym
import numpy as np

from rl_helpers.deep.spaces import check_number_of_states, way_to_one_axis
from rl_helpers.environments.table_rows import way_to_columns


def check_q_spaces(observation_space, action_space, n_frames=1):
    """Raise unless a Q-network can see and act in these spaces.

    Raises:
        TypeError: with what was expected, what came, and what helps.

    >>> check_q_spaces(gym.spaces.Discrete(3), gym.spaces.Box(-1, 1, (2,)))
    Traceback (most recent call last):
    ...
    TypeError: the action_space is Box(-1.0, 1.0, (2,), float32), expected Discrete: the network says ...
    """
    if not isinstance(action_space, gym.spaces.Discrete):
        raise TypeError(
            f"the action_space is {action_space}, expected Discrete: the network says Q for each action, so "
            f"{way_to_columns(action_space)}, or take PPOAgent where actions are numbers with a fraction"
        )
    check_number_of_states(observation_space)
    is_states = isinstance(observation_space, gym.spaces.Discrete) and observation_space.start == 0
    is_box = isinstance(observation_space, gym.spaces.Box) and observation_space.shape
    if not (is_states or is_box):
        raise TypeError(
            f"the observation_space is {observation_space}, expected a Box or Discrete from 0 on: "
            f"{way_to_one_axis(observation_space)}"
        )
    if n_frames > 1 and (is_states or observation_space.shape[0] != n_frames):
        raise ValueError(
            f"n_frames is {n_frames}, and the observation_space is {observation_space}: its first axis must "
            "be that of the pictures"
        )


def stored_as(space, dtype):
    """Return how many numbers an observation is, and the dtype in which they are stored.

    >>> stored_as(gym.spaces.Box(0, 255, (2, 8, 8), np.uint8), np.float32)
    (128, dtype('uint8'))
    """
    if isinstance(space, gym.spaces.Discrete):
        return 1, np.dtype(np.int32)
    return int(np.prod(space.shape)), np.dtype(np.uint8 if space.dtype == np.uint8 else dtype)


def flat(observations, dtype):
    """Return observations (n_runs, n_samples, ...) with all numbers of each along one axis."""
    return np.asarray(observations).reshape(*observations.shape[:2], -1).astype(dtype, copy=False)


def as_inputs(seen, space, dtype):
    """Return what a network is told of flat observations: bytes from 0 to 1, states by their number.

    >>> as_inputs(np.array([[[4, 16]]], np.uint8), gym.spaces.Box(0, 16, (2,), np.uint8), np.float32)
    array([[[0.25, 1.  ]]], dtype=float32)
    """
    if isinstance(space, gym.spaces.Discrete):
        return seen[..., 0].astype(np.intp)
    if seen.dtype == np.uint8:
        return seen * np.dtype(dtype).type(1 / max(float(space.high.max()), 1.0))
    return seen


def on_scale(inputs, moments, *, largest=10.0):
    """Return (x − mean) / spread, cut off at ±`largest`, as `statistics.standardise` does, and faster.

    Pictures are many numbers: here all are of the inputs' dtype, in one array.
    """
    spread = np.sqrt(moments.variance + 1e-8)
    scaled = inputs - moments.mean[:, None].astype(inputs.dtype)
    scaled /= spread[:, None].astype(inputs.dtype)
    return np.clip(scaled, -largest, largest, out=scaled)


def mirrored(batch, mirror, space, rng):
    """Return a `Sample` in which each step was replaced by its mirror image with probability ½.

    Args:
        batch: `Sample`.
        mirror: function from n observations and n actions to those of the mirrored world.
        space: of the observations.
        rng: `np.random.Generator`.

    Raises:
        ValueError: if the mirror returns other shapes.
    """
    chosen = rng.random(batch.actions.shape) < 0.5
    actions, seen = batch.actions.copy(), []
    for each in batch.observations, batch.next_observations:
        before = each[chosen].reshape(-1, *space.shape)
        after, there = mirror(before, batch.actions[chosen])
        if np.shape(after) != before.shape or np.shape(there) != batch.actions[chosen].shape:
            raise ValueError(
                f"mirror returns observations {np.shape(after)} and actions {np.shape(there)} for "
                f"{before.shape} and {batch.actions[chosen].shape}: return both in the shapes that came"
            )
        copy = each.copy()
        copy[chosen] = np.reshape(after, (len(after), -1))
        seen.append(copy)
        actions[chosen] = there
    return batch._replace(observations=seen[0], next_observations=seen[1], actions=actions)
