"""Exercise of notebook 01: the loop between agent and environment."""

from rl_helpers.exercises.checking.drawing.scripts import (
    DEEP,
    FIRST_STATE,
    LONGER_THAN_ANY_LOOP,
    script,
    words,
)
from rl_helpers.exercises.checking.exercise import Case, Exercise
from rl_helpers.exercises.checking.scripted_world import (
    ScriptedAgent,
    ScriptedWorld,
    look_at_actions,
    look_at_end,
)


def interaction_loop(env, agent):
    """Play one episode and return (episode_return, n_steps)."""
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        action = agent.act(state)
        state, reward, terminated, truncated, _ = env.step(action)
        episode_return += reward
        n_steps += 1
        if terminated or truncated:
            return episode_return, n_steps


def _case(rewards, ending, end_words, expected):
    world = ScriptedWorld((rewards, ending))
    return Case(
        world,
        ScriptedAgent(world),
        expected=expected,
        world=f"rewards {rewards}; the last step is {end_words}",
    )


def _draw(rng):
    episodes = [script(rng) for _ in range(80)]
    for rewards, ending in [*episodes, script(rng, LONGER_THAN_ANY_LOOP)]:
        world = ScriptedWorld((rewards, ending), first_state=FIRST_STATE)
        yield Case(
            world,
            ScriptedAgent(world),
            expected=(sum(rewards), len(rewards)),
            world=words((rewards, ending)),
            size=len(rewards),
            deep=len(rewards) > DEEP,
        )


def _loop(goes_on, *, first=0, add=float, result=lambda *both: both):
    """Return an interaction loop that goes on as long as `goes_on(terminated, truncated)` says."""

    def loop(env, agent):
        state, _ = env.reset()
        episode_return, n_steps = 0.0, first
        terminated = truncated = False
        while goes_on(terminated, truncated):
            state, reward, terminated, truncated, _ = env.step(agent.act(state))
            episode_return += add(reward)
            n_steps += 1
        return result(episode_return, n_steps)

    return loop


def _right(terminated, truncated):
    return not (terminated or truncated)


def _without_last_reward(env, agent):
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        n_steps += 1
        if terminated or truncated:
            return episode_return, n_steps
        episode_return += reward


def _without_last_step(env, agent):
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        if terminated or truncated:
            return episode_return, n_steps
        episode_return += reward
        n_steps += 1


def _last_reward_only(env, agent):
    state, _ = env.reset()
    n_steps, terminated, truncated = 0, False, False
    while _right(terminated, truncated):
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        n_steps += 1
    return reward, n_steps


def _one_step(env, agent):
    state, _ = env.reset()
    return env.step(agent.act(state))[1], 1


def _leaves_where_it_should_stay(env, agent):
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        if not (terminated or truncated):
            return episode_return, n_steps


def _observe(result, env, agent):
    """Return the result, after a look at whether the agent had its say in every step."""
    look_at_actions(env, agent)
    look_at_end(env)
    return result


exercise = Exercise(
    notebook="01",
    place=1,
    solution=interaction_loop,
    cases=(
        _case([0.0, 0.5, 5.0], "terminated", "terminated", (5.5, 3)),
        _case([0.25, -1.0, 0.5, 0.75, 0.0], "truncated", "truncated (the time is up)", (0.5, 5)),
        _case([0.5, 0.25], "both", "terminated and truncated at once", (0.75, 2)),
        _case([-0.75], "terminated", "terminated", (-0.75, 1)),
    ),
    observe=_observe,
    draw=_draw,
    names={"action": "`action` is never set in the function: `action = agent.act(state)`."},
    mistakes=(
        (
            _loop(lambda terminated, truncated: not terminated or truncated),
            "`not terminated or truncated` means `(not terminated) or truncated`: the `not` belongs to the "
            "first word alone. Write `not (terminated or truncated)`.",
        ),
        (
            _loop(lambda terminated, truncated: not terminated or not truncated),
            "the loop goes on until the episode is terminated *and* truncated; one of the two is enough to "
            "end it.",
        ),
        (
            _loop(lambda terminated, truncated: not terminated),
            "the loop looks at `terminated` alone. When the time is up, `truncated` is true and `terminated` "
            "stays false: without a look at both the loop never ends.",
        ),
        (
            _loop(lambda terminated, truncated: not truncated),
            "the loop looks at `truncated` alone. An episode that reaches its natural end is `terminated`.",
        ),
        (
            _loop(lambda terminated, truncated: terminated or truncated),
            "not a single step is taken: before the first one neither is true. A `while` loop goes on as "
            "long as what stands behind it is true, so a `not` is missing: `while not (terminated or "
            "truncated):`.",
        ),
        (
            _leaves_where_it_should_stay,
            "the loop is left while the episode still goes on: leave it *if* `terminated or truncated`, "
            "without a `not`.",
        ),
        (_loop(_right, first=1), "the number of steps is one too high: begin to count at 0."),
        (_loop(_right, first=-1), "the number of steps is one too low: count every call of `env.step`."),
        (
            _without_last_step,
            "the last step is missing: the episode is over only *after* it, so count it and add its reward "
            "before you leave the loop.",
        ),
        (
            _without_last_reward,
            "the reward of the last step is missing: add it before you leave the loop. It is often the "
            "largest.",
        ),
        (_last_reward_only, "that is the last reward alone: the return is the sum, so use `+=`."),
        (_one_step, "that is one step: repeat it until the episode is over. Is `return` indented too far?"),
        (
            _loop(_right, add=int),
            "rewards are cut to whole numbers: `int` throws away what is behind the point. Add the rewards "
            "as they are.",
        ),
        (
            _loop(_right, result=lambda *both: (int(both[0]), both[1])),
            "the return is cut to a whole number: `int` throws away what is behind the point. Hand it back "
            "as it is.",
        ),
        (
            _loop(_right, result=lambda *both: both[::-1]),
            "the two results are in the wrong order: first the return, then the number of steps.",
        ),
        (_loop(_right, result=lambda *both: both[0]), "return both: `return episode_return, n_steps`."),
        (_loop(_right, result=lambda *both: both[1]), "return both: `return episode_return, n_steps`."),
    ),
    hint="act, step, add the reward, count the step; stop after the step that is terminated or truncated.",
)
