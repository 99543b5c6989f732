"""Exercise of notebook 05: the training loop around any agent that learns."""

import functools

from rl_helpers.exercises.checking.drawing.scripts import DEEP, FIRST_STATE, LONGER_THAN_ANY_LOOP, script
from rl_helpers.exercises.checking.drawing.scripts import words as in_words
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake
from rl_helpers.exercises.checking.scripted_world import (
    ScriptedAgent,
    ScriptedWorld,
    look_at_actions,
    look_at_end,
)
from rl_helpers.training import Transition


def training_loop(env, agent, n_episodes, seed):
    """Let the agent learn for a number of episodes and return the list of their returns."""
    returns = []
    for episode in range(n_episodes):
        # One seed for the whole training: with the same one every time, all episodes would be alike.
        state, _ = env.reset(seed=seed if episode == 0 else None)
        episode_return = 0.0
        while True:
            action = agent.act(state)
            next_state, reward, terminated, truncated, _ = env.step(action)
            agent.update(Transition(state, action, reward, next_state, terminated))
            episode_return += reward
            state = next_state
            if terminated or truncated:
                break
        returns.append(episode_return)
    return returns


SEED = 11


def _case(*episodes, n_episodes, expected, words, seed=SEED, first_state=0, **facts):
    world = ScriptedWorld(*episodes, first_state=first_state)
    return Case(
        world,
        ScriptedAgent(world),
        n_episodes,
        seed,
        expected=expected,
        world=words,
        **facts,
    )


def _draw(rng):
    scripts = [[script(rng) for _ in range(rng.integers(1, 5))] for _ in range(60)]
    for episodes in [*scripts, [script(rng, LONGER_THAN_ANY_LOOP)], [([0.5], "both")] * 2]:
        # The script begins again where there are more episodes than it has.
        n_episodes = len(episodes) + int(rng.integers(2))
        played = [episodes[number % len(episodes)] for number in range(n_episodes)]
        n_steps = sum(len(rewards) for rewards, _ in played)
        yield _case(
            *episodes,
            n_episodes=n_episodes,
            expected=[sum(rewards) for rewards, _ in played],
            words=in_words(*played),
            seed=int(rng.integers(100)) * int(rng.integers(2)),
            first_state=FIRST_STATE,
            size=n_steps,
            deep=n_steps > DEEP,
        )


def _observe(returns, env, agent, n_episodes, seed):
    """Return what was returned, after a look at the log: were all steps learned from, was it seeded well?"""
    if not env.n_steps:
        return returns
    look_at_actions(env, agent)
    look_at_end(env)
    if agent.n_updates < env.n_steps:
        raise Mistake(
            "`agent.update` is never called: the agent plays and learns nothing"
            if agent.n_updates == 0
            else f"{env.n_steps} steps were taken, and the agent learned from {agent.n_updates}: update "
            "after every step, before you look whether the episode is over. The last step brings the reward "
            "that matters"
        )
    seeds = [given for given in env.seeds if given is not None]
    if seeds[:1] != [seed]:
        raise Mistake(
            "`seed` is not used: pass it to the first `env.reset`, so that the training can be repeated"
        )
    if len(set(seeds)) < len(seeds):
        raise Mistake(
            "every episode begins with the same seed, so all episodes have the same random numbers: pass "
            "`seed` to the first `env.reset` only"
        )
    if len(seeds) > 1:
        raise Mistake(
            f"the environment was given {len(seeds)} seeds: one, at the first `env.reset`, is enough for the "
            "whole training"
        )
    return returns


def _loop(
    goes_on=lambda terminated, truncated: not (terminated or truncated),
    *,
    reset_once=False,
    keep=False,
    n_more=0,
    add=float,
):
    """Return a training loop with one mistake in it."""

    def loop(env, agent, n_episodes, seed):
        returns, episode_return = [], 0.0
        state, _ = env.reset(seed=seed)
        for episode in range(n_episodes + n_more):
            if episode and not reset_once:
                state, _ = env.reset()
            if not keep:
                episode_return = 0.0
            terminated = truncated = False
            while goes_on(terminated, truncated):
                action = agent.act(state)
                next_state, reward, terminated, truncated, _ = env.step(action)
                agent.update((state, action, reward, next_state, terminated))
                episode_return += add(reward)
                state = next_state
            returns.append(episode_return)
        return returns

    return loop


def _leaves_where_it_should_stay(env, agent, n_episodes, seed):
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        while True:
            action = agent.act(state)
            next_state, reward, terminated, truncated, _ = env.step(action)
            agent.update((state, action, reward, next_state, terminated))
            state = next_state
            if not (terminated or truncated):
                break


def _leaves_after(n_steps, env, agent, n_episodes, seed):
    """Return no returns after some steps: `return` stands inside the loop over steps."""
    state, _ = env.reset(seed=seed)
    for _ in range(n_steps):
        action = agent.act(state)
        next_state, reward, terminated, _, _ = env.step(action)
        agent.update((state, action, reward, next_state, terminated))
        state = next_state
    return []


TOO_FAR = (
    "one return for 2 episodes: is `return` indented too far? "
    "Collect all returns, and hand the list back last."
)

exercise = Exercise(
    notebook="05",
    place=4,
    solution=training_loop,
    cases=(
        _case(
            ([0.0, 0.5, 5.0], "terminated"),
            ([-1.0, 0.25], "terminated"),
            n_episodes=2,
            expected=[5.5, -0.75],
            words="episodes end after 3 and 2 steps, terminated",
        ),
        _case(
            ([0.25, 0.25, 0.0, 1.0], "truncated"),
            ([0.5], "terminated"),
            ([0.75, 0.5], "both"),
            n_episodes=3,
            expected=[1.5, 0.5, 1.25],
            words="of three episodes the first is truncated, the second terminated, the third both at once",
        ),
        _case(
            ([0.5, 0.75], "both"),
            n_episodes=2,
            expected=[1.25, 1.25],
            words="episodes are terminated and truncated at once",
        ),
    ),
    observe=_observe,
    draw=_draw,
    names={"action": "`action` is never set in the function: `action = agent.act(state)`."},
    mistakes=(
        (
            _loop(reset_once=True),
            "`env.reset` is called once, before the loop over episodes. Every episode begins with a reset.",
        ),
        (
            _loop(lambda terminated, truncated: not terminated or truncated),
            "`not terminated or truncated` means `(not terminated) or truncated`: write "
            "`not (terminated or truncated)`.",
        ),
        (
            _loop(lambda terminated, truncated: terminated or truncated),
            "not a single step is taken: before the first one neither is true. A `while` loop goes on as "
            "long as what stands behind it is true, so a `not` is missing: `while not (terminated or "
            "truncated):`.",
        ),
        (
            _leaves_where_it_should_stay,
            "the episode is left while it still goes on: leave it *if* `terminated or truncated`, without a "
            "`not`.",
        ),
        (
            _loop(lambda terminated, truncated: not terminated),
            "the loop stops on `terminated` alone. When the time is up `truncated` is true, and the episode "
            "is over too.",
        ),
        (
            _loop(lambda terminated, truncated: not truncated),
            "the loop stops on `truncated` alone. An episode that reaches its natural end is `terminated`.",
        ),
        (
            _loop(keep=True),
            "the return is carried over from one episode to the next: set it to 0 when an episode begins.",
        ),
        (_loop(n_more=-1), "one episode is missing: `range(n_episodes)` has n_episodes entries."),
        (_loop(n_more=1), "there is one episode too many: `range(n_episodes)` has n_episodes entries."),
        (lambda env, agent, n_episodes, seed: _loop()(env, agent, 1, seed), TOO_FAR),
        (lambda env, agent, n_episodes, seed: _loop()(env, agent, 1, seed)[0], TOO_FAR),
        (
            functools.partial(_leaves_after, 1),
            "no return for 2 episodes: is `return` indented too far? It stands inside the loop over steps.",
        ),
        (
            _loop(add=int),
            "rewards are cut to whole numbers: `int` throws away what is behind the point. Add the rewards "
            "as they are.",
        ),
        (
            lambda *arguments: sum(_loop()(*arguments)),
            "that is the sum over all episodes: return the list, one return an episode.",
        ),
        (
            lambda *arguments: _loop()(*arguments)[-1],
            "that is the return of the last episode: collect one return an episode in a list.",
        ),
    ),
    hint="for every episode: reset; act, step, update, add the reward until it is over; keep the return.",
)
