"""Many independent runs of one training: all together where a model allows it, else one by one."""

import warnings

import gymnasium as gym

from rl_helpers.arguments import count
from rl_helpers.fast import train_many as together
from rl_helpers.fast.twins import NoTwinError
from rl_helpers.training.one_by_one import maker_of, train_one_by_one
from rl_helpers.worlds.wrappers import NoModelError, has_method


def train_many(
    agent_class,
    env,
    *,
    n_runs=100,
    n_episodes=None,
    n_steps=None,
    seed=None,
    progress=False,
    twin=None,
    n_jobs=None,
    **hyperparameters,
):
    """Train many agents, each in a world of its own, and return all their learning curves.

    Statistically the same as calling `train` `n_runs` times with different seeds. Where the world has a true
    transition model, every time step is taken by all runs together, some thirty times as fast. Where it has
    none, or the agent has no twin, one run is trained after the other, on `n_jobs` cores. `way` of the result
    says which, and a warning comes where a model was there and could not be used. Either way the same seed
    gives the same bits, whatever the number of jobs.

    Args:
        agent_class: one of `rl_helpers.agents`, or a class of your own that is made by
            `agent_class(n_states, n_actions, rng=…)`.
        env: an environment, the name of one that is registered, or a function without arguments that makes
            one. Every run gets a copy; its time limit counts.
        n_runs: number of independent runs.
        n_episodes, n_steps: how long each run lasts, in episodes or in time steps: give one of the two.
        seed: fixes all random numbers of all runs.
        progress: whether to show a progress bar.
        twin: the class that learns in many runs what `agent_class` learns in one; without it the one that
            `rl_helpers.fast` knows.
        n_jobs: how many runs are trained at once where they are trained one by one, −1 for as many as there
            are cores. None: one, or as many as a `joblib.parallel_config` says, whose backend may be "dask"
            or "ray" as for `sweep`.
        **hyperparameters: as `agent_class` takes them, such as `learning_rate=0.1` or another rule with
            `target=`, but for `rng`. Where all runs go together, a policy or a target of your own is asked
            for all of them at once, with an axis over them; a schedule with one number, as in `train`.

    Returns:
        With `n_episodes` a `History` with `returns` and `lengths` (n_runs, n_episodes) and `q_values`
        (n_runs, n_states, n_actions). With `n_steps` a `StepHistory` with `rewards` (n_runs, n_steps) and
        `q_values`. When stopped (■, Ctrl-C) it holds the episodes, or steps, that all runs have finished; one
        by one, the runs that are finished, or what there is of the first.

    Raises:
        TypeError: if a policy cannot be asked for many runs at once, `rng` is given, not exactly one of
            `n_episodes` and `n_steps`, or observations or actions are no numbers from 0.
        ValueError: if episodes of `Bob/Posts-v0` are too short or the model says that those of another world
            never end, the model makes no sense, the world does not keep to its seed, or rewards are not
            finite.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import QLearningAgent
    >>> env = gym.make("CliffWalking-v1", max_episode_steps=500)
    >>> history = train_many(QLearningAgent, env, n_runs=20, n_episodes=50, seed=0, learning_rate=0.5)
    >>> history.returns.shape, history.way
    ((20, 50), 'all runs together, in the transition model')
    """
    if not callable(agent_class):
        raise TypeError(
            f"agent_class is {agent_class!r}, expected the class of an agent, which comes first: such as "
            "train_many(QLearningAgent, env, …)"
        )
    if n_jobs is not None and n_jobs != -1:
        n_jobs = count("n_jobs", n_jobs)
    make = None if isinstance(env, gym.Env) else maker_of(env)
    env = env if make is None else make()
    if not isinstance(env, gym.Env):
        raise TypeError(f"the function that makes the environment returned {env!r}, expected an environment")
    length = {"n_episodes": n_episodes, "n_steps": n_steps}
    common = {"n_runs": n_runs, "seed": seed, "progress": progress, **length}
    try:
        return together.train_many(agent_class, env, twin=twin, **common, **hyperparameters)
    except (NoModelError, NoTwinError) as error:
        world = env.unwrapped
        has_model = getattr(world, "P", None) is not None or has_method(world, "copies", 2)
        why = str(error)
    if has_model:
        warnings.warn(f"the runs are trained one by one, which takes longer: {why}", stacklevel=2)
    make = make or maker_of(env)
    return train_one_by_one(agent_class, make, hyperparameters, n_jobs=n_jobs, **common)
