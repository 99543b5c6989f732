"""From an environment to many of its kind in one vector environment."""

from contextlib import closing
from functools import partial

import gymnasium as gym
import numpy as np
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from rl_helpers.deep.many.finite import VectorFiniteWorld, longest_episode
from rl_helpers.deep.many.observations import check_returned
from rl_helpers.environments.walks import SHARED, shares_with_copies
from rl_helpers.training.one_by_one import maker_of
from rl_helpers.training.steps import LONGEST_EPISODE, begin, checked, warn_of_no_end
from rl_helpers.worlds.vector import VectorAcrobot, VectorPendulum
from rl_helpers.worlds.wrappers import has_method, has_time_limit, world_and_rewards

OWN = {"AcrobotEnv": VectorAcrobot, "PendulumEnv": VectorPendulum}
"""For worlds of Gymnasium without a vector environment of their own."""

MAY_CHANGE = (
    "isopen",
    "render_mode",
    "steps_beyond_terminated",
    "last_u",
    "np_random_seed",
    "_np_random_seed",
)
"""Numbers and texts of Gymnasium's worlds that are no settings."""


def vector_of(env, num_envs):
    """Return a vector environment of many worlds like this one, the fastest there is.

    Args:
        env: an environment. A finite world steps in its transition model; CartPole, Acrobot, Pendulum and
            Bob's rooms have vector environments in NumPy; of any other world, or of one with wrappers that
            change something, as many are made and stepped one by one; a wrapper with a method `many` makes
            them itself.
        num_envs: how many.

    Raises:
        TypeError: if the environment is no Gymnasium environment, or can neither be copied nor made anew.

    >>> vector_of(gym.make("CartPole-v1"), 5).num_envs
    5
    """
    checked_env(env)
    _refuse_changed(env)
    if has_method(env, "many", 1):
        return env.many(num_envs)
    if is_plain(env):
        world = env.unwrapped
        if getattr(world, "P", None) is not None or has_method(world, "copies", 2):
            return VectorFiniteWorld(env, num_envs)
        options = {"max_episode_steps": longest_episode(env)}
        if env.spec is not None:
            options = {**env.spec.kwargs, **options}
            options.pop("render_mode", None)
            if env.spec.vector_entry_point is not None:
                mode = "vector_entry_point"
                return gym.make_vec(env.spec.id, num_envs=num_envs, vectorization_mode=mode, **options)
        if type(world).__module__.startswith("gymnasium.envs.") and type(world).__name__ in OWN:
            return OWN[type(world).__name__](num_envs, **options)
    is_gymnasiums = env.spec is not None and type(env.unwrapped).__module__.startswith("gymnasium.envs.")
    if not is_gymnasiums and shares_with_copies(env):
        raise TypeError(f"{type(env.unwrapped).__name__} cannot be played many at once: {SHARED}")
    make = partial(gym.make, env.spec) if is_gymnasiums else partial(_with_chance_of_its_own, maker_of(env))
    if not has_time_limit(env):
        make = partial(_cut_off, make)
    _try_one(make())
    return SyncVectorEnv([make] * num_envs, autoreset_mode=AutoresetMode.SAME_STEP)


def _with_chance_of_its_own(make):
    """Return a new world that does not go on with the random numbers of the one it was copied from."""
    env = make()
    env.reset(seed=int(np.random.default_rng().integers(2**31)))
    return env


def _cut_off(make):
    """Return a new world whose episodes end after `LONGEST_EPISODE` steps."""
    return gym.wrappers.TimeLimit(make(), LONGEST_EPISODE)


def checked_env(env):
    """Return an environment; raise a `TypeError` that says what to give where it is something else."""
    if isinstance(env, gym.Env):
        return env
    way_out = "such as gymnasium.make returns"
    if isinstance(env, str):
        way_out = f"give gymnasium.make({env!r})"
    elif isinstance(env, gym.vector.VectorEnv):
        way_out = "give a single one, of which as many are made as are needed"
    elif callable(env):
        way_out = "give what the function returns"
    raise TypeError(f"env is {env!r}, expected an environment: {way_out}")


def warn_where_cut_off(env, episodes):
    """Say that an episode was cut off which nobody has set a limit: Python shows a warning once.

    Args:
        env: the environment that was played in many times.
        episodes: a list of each `Episode` that ended.
    """
    if any(episode.length >= LONGEST_EPISODE for episode in episodes) and not has_time_limit(env):
        warn_of_no_end(env, "make it with gymnasium.make(…, max_episode_steps=…)")


def _try_one(env):
    """Take one step in a world and close it: NumPy's words about what does not fit into arrays help nobody.

    Raises:
        ValueError: with what the world returned and what was expected.
    """
    with closing(env):
        observation = begin(env, 0)
        check_returned("reset", observation, env.observation_space)
        observation, *_ = checked(env.step(env.action_space.sample()), 1)
        check_returned("step", observation, env.observation_space)


def _refuse_changed(env):
    """Raise for a world of Gymnasium that was changed after it was made: others of its kind would not be."""
    world = env.unwrapped
    if env.spec is None or not type(world).__module__.startswith("gymnasium.envs.classic_control"):
        return
    fresh = gym.make(env.spec).unwrapped
    for name in dir(fresh):
        setting = getattr(fresh, name)
        if isinstance(setting, int | float | str) and name not in MAY_CHANGE:
            changed = getattr(world, name)
            if not name.startswith("__") and changed != setting:
                raise TypeError(
                    f"{name} of {type(world).__name__} was changed from {setting!r} to {changed!r} after "
                    "gymnasium.make, and more of its kind would be without: learn with `train`"
                )


def is_plain(env):
    """Return whether no wrapper changes what the world does, but for a time limit.

    >>> is_plain(gym.make("CartPole-v1"))
    True
    >>> is_plain(gym.wrappers.TransformReward(gym.make("CartPole-v1"), lambda reward: 2 * reward))
    False
    """
    try:
        return not world_and_rewards(env)[1]
    except TypeError:
        return False
