"""Fourier features: products of waves over the lengths of an observation, of its angles, and of its flags."""

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count


class FourierFeatures:
    """Products of waves over the lengths, of an angle's cosine and sine, and of flags, for a `Box`.

    Each length x between its bounds gives cos(k π x̂), k = 0, ..., order, with x̂ from 0 to 1; each angle gives
    1, cos and sin; each flag gives itself and its opposite. The features are all products of one of each. So
    a linear policy can say another thing in every place, heading and flag, and what it learns in one changes
    little elsewhere. Their number grows fast with the numbers of an observation.

    Args:
        space: a one-dimensional `Box`; where the lengths are it has bounds.
        order: number of the shortest wave: the larger, the nearer are places that are told apart.
        angles: places of the angles in an observation, in radians.
        flags: places of the numbers that are 0 or 1. All others are lengths.

    Source:
        Konidaris, Osentoski and Thomas (2011), "Value function approximation in reinforcement learning using
        the Fourier basis"; Sutton & Barto (2018), section 9.5.2.

    >>> features = FourierFeatures(gym.spaces.Box(np.float32([0, 0]), np.float32([4, 1])), 1, flags=(1,))
    >>> features(np.array([[0.0, 1.0], [4.0, 0.0]])).tolist()
    [[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, -0.0, -1.0]]
    """

    def __init__(self, space, order, *, angles=(), flags=()):
        if not (isinstance(space, gym.spaces.Box) and len(space.shape) == 1):
            raise TypeError(f"the space is {space}, expected a Box of one axis")
        places = sorted([*angles, *flags])
        if len(set(places)) < len(places) or not set(places) <= set(range(space.shape[0])):
            raise ValueError(
                f"angles are {angles} and flags {flags}: each place from 0 to "
                f"{space.shape[0] - 1} once at most"
            )
        self.order, self.angles, self.flags = count("order", order), tuple(angles), tuple(flags)
        self.lengths = tuple(set(range(space.shape[0])) - set(places))
        self.low, self.high = (bound[[*self.lengths]] for bound in (space.low, space.high))
        if not np.isfinite([self.low, self.high]).all():
            raise ValueError(f"the space is {space}: a number without bounds is no length, bound it first")

    def __call__(self, observations):
        """Return the features of observations (..., n_numbers), float (..., n_features)."""
        observations = np.asarray(observations)
        if observations.dtype.kind != "f":
            observations = observations.astype(float)
        # Samples last: NumPy is fast along a long last axis, and those of waves and flags are short.
        numbers = observations.reshape(-1, observations.shape[-1]).T
        low, high = self.low[:, None], self.high[:, None]
        orders = np.arange(self.order + 1, dtype=observations.dtype)[:, None]
        factors = [np.cos(np.pi * orders * x) for x in (numbers[[*self.lengths]] - low) / (high - low)]
        factors += [np.stack([np.ones_like(x), np.cos(x), np.sin(x)]) for x in numbers[[*self.angles]]]
        factors += [np.stack([x, 1 - x]) for x in numbers[[*self.flags]]]
        features = np.ones((1, numbers.shape[1]), observations.dtype)
        for factor in factors:
            features = (features[:, None] * factor).reshape(-1, numbers.shape[1])
        return np.ascontiguousarray(features.T).reshape(*observations.shape[:-1], -1)

    def __repr__(self):
        return f"FourierFeatures(order={self.order}, angles={self.angles}, flags={self.flags})"
