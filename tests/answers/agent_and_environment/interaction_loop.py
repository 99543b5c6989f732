"""Right and wrong answers to `interaction_loop`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def loop_with_break(env, agent):
    state, info = env.reset()
    rewards = []
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        rewards.append(reward)
        if terminated or truncated:
            break
    return sum(rewards), len(rewards)


@right
def loop_that_acts_first(env, agent):
    state = env.reset(seed=3)[0]
    action = agent.act(state)
    total, steps, over = 0, 0, False
    while not over:
        state, reward, *ends, _ = env.step(action)
        action = agent.act(state)
        total, steps, over = total + reward, steps + 1, any(ends)
    return [total, steps]


@right
def loop_by_recursion(env, agent):
    def rest(state):
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        total, steps = (0, 0) if terminated or truncated else rest(state)
        return reward + total, 1 + steps

    return rest(env.reset()[0])


@wrong("`not terminated or truncated` means `(not terminated) or truncated`")
def loop_not_terminated_or_truncated(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    terminated, truncated = False, False
    while not terminated or truncated:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("looks at `terminated` alone")
def loop_ignores_truncated(env, agent):
    state, info = env.reset()
    episode_return, n_steps, done = 0.0, 0, False
    while not done:
        state, reward, done, _, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("looks at `truncated` alone")
def loop_ignores_terminated(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        if truncated:
            return episode_return, n_steps


@wrong("one of the two is enough")
def loop_waits_for_both(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        if terminated and truncated:
            return episode_return, n_steps


@wrong("carry the new state over")
def loop_keeps_the_first_state(env, agent):
    state, info = env.reset()
    episode_return, n_steps, over = 0.0, 0, False
    while not over:
        next_state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        over = terminated or truncated
    return episode_return, n_steps


@wrong("the reward of the last step is missing")
def loop_breaks_before_adding(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        n_steps += 1
        if terminated or truncated:
            break
        episode_return += reward
    return episode_return, n_steps


@wrong("the last step is missing")
def loop_breaks_before_counting(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        if terminated or truncated:
            break
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("one too high")
def loop_counts_from_one(env, agent):
    episode_return, n_steps = loop_with_break(env, agent)
    return episode_return, n_steps + 1


@wrong("return is cut to a whole number")
def loop_returns_an_integer(env, agent):
    episode_return, n_steps = loop_with_break(env, agent)
    return int(episode_return), n_steps


@wrong("rewards are cut to whole numbers")
def loop_adds_integers(env, agent):
    state, info = env.reset()
    total, steps, over = 0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total, steps, over = total + int(reward), steps + 1, terminated or truncated
    return total, steps


@wrong("another step: stop as soon as")
def loop_acts_after_the_end(env, agent):
    state, info = env.reset()
    episode_return, n_steps, over = 0.0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        over = terminated or truncated
    env.step(agent.act(state))
    return episode_return, n_steps


@wrong("wrong order")
def loop_swaps_its_results(env, agent):
    return loop_with_break(env, agent)[::-1]


@wrong("return both")
def loop_returns_the_return_alone(env, agent):
    return loop_with_break(env, agent)[0]


@wrong("called again and again without `env.step`")
def loop_never_steps(env, agent):
    state, info = env.reset()
    while True:
        agent.act(state)


@wrong("prints its result but returns None")
def loop_prints(env, agent):
    print(loop_with_break(env, agent))


@wrong("came before `env.reset`")
def loop_never_resets(env, agent):
    return env.step(0)[1], 1


@wrong("in the middle of an episode")
def loop_resets_in_every_turn(env, agent):
    total, steps, over = 0.0, 0, False
    while not over:
        state, info = env.reset()
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total, steps, over = total + reward, steps + 1, terminated or truncated
    return total, steps


@wrong("which is no action: actions are 0 … 3")
def loop_steps_with_the_state(env, agent):
    state, info = env.reset()
    return env.step("up")[1], 1


@wrong("that is one step")
def loop_of_one_step(env, agent):
    state, info = env.reset()
    state, reward, terminated, truncated, info = env.step(agent.act(state))
    return reward, 1


@wrong("that is the last reward alone")
def loop_that_assigns_instead_of_adding(env, agent):
    state, info = env.reset()
    steps = 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return = reward
        steps += 1
        if terminated or truncated:
            return episode_return, steps


@right
def loop_that_prints_what_the_agent_would_do(env, agent):
    state, info = env.reset()
    total, steps, over = 0.0, 0, False
    while not over:
        print(agent.act(state))
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total, steps, over = total + reward, steps + 1, terminated or truncated
    return total, steps


def play(env, choose):
    """Play an episode with actions that `choose(state)` gives."""
    state, info = env.reset()
    total, steps, over = 0.0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(choose(state))
        total, steps, over = total + reward, steps + 1, terminated or truncated
    return total, steps


@wrong("`agent.act` was asked 1 time, but 3 steps were taken: ask the agent again")
def loop_that_asks_once(env, agent):
    state, info = env.reset()
    action = agent.act(state)
    total, steps, over = 0.0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(action)
        total, steps, over = total + reward, steps + 1, terminated or truncated
    return total, steps


@wrong("was asked 0 times, but 3 steps were taken: ask the agent again before every step")
def loop_with_a_fixed_action(env, agent):
    return play(env, lambda state: 0)


@wrong("was asked 0 times, but 3 steps were taken: ask the agent again before every step")
def loop_with_random_actions(env, agent):
    return play(env, lambda state: env.action_space.sample())


@wrong("the agent chose 1, but you sent 0: give `env.step` the action that the agent chose")
def loop_that_does_not_listen(env, agent):
    def choose(state):
        agent.act(state)
        return 0

    return play(env, choose)


@wrong("the agent chose 1, but you sent 3: give `env.step` the action that the agent chose")
def loop_that_acts_at_random_after_asking(env, agent):
    def choose(state):
        action = agent.act(state)
        env.action_space.seed(state + 3)
        return env.action_space.sample()

    return play(env, choose)


@wrong("`env.step` returns five values: next_state, reward, terminated, truncated, info")
def loop_that_unpacks_four_values(env, agent):
    state, info = env.reset()
    done, episode_return, n_steps = False, 0.0, 0
    while not done:
        state, reward, done, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("`env.step` returns five values")
def loop_that_takes_the_whole_step_for_a_state(env, agent):
    state, info = env.reset()
    while True:
        state = env.step(agent.act(state))


@wrong("`env.reset` returns two values: state, info")
def loop_that_takes_the_whole_reset_for_a_state(env, agent):
    state = env.reset()
    return play(env, lambda now: agent.act(state))


@wrong("`env.reset` returns two values: state, info")
def loop_that_unpacks_three_values_from_reset(env, agent):
    state, reward, info = env.reset()
    return reward, 0


@wrong("the left side of `=` has 4 names")
def loop_that_unpacks_later(env, agent):
    state, info = env.reset()
    answer = env.step(agent.act(state))
    state, reward, done, info = answer
    return reward, 1


@wrong("write one name on the left side")
def loop_that_unpacks_a_number(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0
    return episode_return, n_steps


@wrong("`env.step` returns five values")
def loop_that_asks_the_step_for_its_reward(env, agent):
    state, info = env.reset()
    return env.step(agent.act(state)).reward, 1


@wrong("tell it the state: `agent.act(state)`")
def loop_that_does_not_tell_the_state(env, agent):
    return play(env, lambda state: agent.act())


@wrong("write `agent.act(state)`")
def loop_that_steps_with_a_function(env, agent):
    return play(env, lambda state: agent.act)


@wrong("`( )` in the place of `[ ]`")
def loop_that_asks_with_square_brackets(env, agent):
    return play(env, lambda state: agent.act[state])


@wrong("tell it one action: `env.step(action)`")
def loop_that_steps_without_an_action(env, agent):
    env.reset()
    return env.step()[1], 1


@wrong("the agent has two methods")
def loop_that_invents_a_method_of_the_agent(env, agent):
    return play(env, lambda state: agent.choose(state))


@wrong("the environment has `env.reset()`")
def loop_that_invents_a_method_of_the_environment(env, agent):
    env.start()


@wrong("set both to False before the loop")
def loop_that_asks_for_the_end_before_it_is_set(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while not (terminated or truncated):
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("`total` has no value yet when this line runs: set it before the loop")
def loop_that_adds_to_nothing(env, agent):
    state, info = env.reset()
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total += reward


@wrong("`action` is never set in the function: `action = agent.act(state)`")
def loop_with_an_action_from_another_cell(env, agent):
    state, info = env.reset()
    return env.step(action)[1], 1


@wrong("`return` indented too far?")
def loop_with_return_inside(env, agent):
    state, info = env.reset()
    episode_return, n_steps, over = 0.0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        over = terminated or truncated
        return episode_return, n_steps


@wrong("`agent.act` came before `env.reset`")
def loop_that_asks_before_the_reset(env, agent):
    return env.step(agent.act(None))


@right
def loop_with_numpys_truth_values(env, agent):
    state, _ = env.reset()
    rewards, over = [], np.bool_(False)
    while not over:
        state, reward, terminated, truncated, _ = env.step(np.array(agent.act(state)))
        rewards.append(reward)
        over = np.bool_(terminated or truncated)
    return np.float64(sum(rewards)), np.int64(len(rewards))


def _play(env, agent, goes_on, n_steps=10**9):
    state, _ = env.reset()
    episode_return, n = 0.0, 0
    terminated = truncated = False
    while goes_on(terminated, truncated) and n < n_steps:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        episode_return += reward
        n += 1
    return episode_return, n


@wrong("so a `not` is missing")
def loop_without_not(env, agent):
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    terminated = truncated = False
    while terminated or truncated:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("without a `not`")
def loop_with_a_not_too_many(env, agent):
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        if not (terminated or truncated):
            break
    return episode_return, n_steps


@wrong("the loop ended after 100 steps, and the episode still went on")
def loop_of_a_hundred_steps(env, agent):
    return _play(env, agent, lambda terminated, truncated: not (terminated or truncated), n_steps=100)


@wrong("the loop ended after 10000 steps, and the episode still went on")
def loop_of_ten_thousand_steps(env, agent):
    return _play(env, agent, lambda terminated, truncated: not (terminated or truncated), n_steps=10_000)


@wrong("and your loop took another step")
def loop_that_waits_for_an_exception(env, agent):
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    try:
        while True:
            state, reward, *_ = env.step(agent.act(state))
            episode_return += reward
            n_steps += 1
    except:  # noqa: E722
        return episode_return, n_steps


@wrong("`agent.act` was given 0, but the world is in state 40")
def loop_that_takes_the_number_of_steps_for_the_state(env, agent):
    env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        _, reward, terminated, truncated, _ = env.step(agent.act(n_steps))
        episode_return += reward
        n_steps += 1
        if terminated or truncated:
            return episode_return, n_steps


@wrong("no `yield`, no `async`")
def loop_that_yields(env, agent):
    state, _ = env.reset()
    while True:
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        yield reward
        if terminated or truncated:
            return
