"""Right and wrong answers to the exercises, written as learners write them: the table of `test_exercises.py`.

`@right` must pass; `@wrong` must be rejected with a hint that contains the given words. The answers share no
code with the package's own lists of mistakes.
"""
# ruff: noqa: F821, F841, RUF059, RET503 - learners use names that do not exist, and name all five values of a step

import numpy as np
import pytest

from rl_helpers.training import Transition, run_episode

RIGHT, WRONG = [], []


def right(exercise):
    return lambda function: _enter(RIGHT, function, exercise)


def wrong(exercise, hint):
    return lambda function: _enter(WRONG, function, exercise, hint)


def _enter(answers, function, *values):
    answers.append(pytest.param(*values, function, id=function.__name__))
    return function


# Notebook 01 interaction_loop


@right("interaction_loop")
def loop_with_break(env, agent):
    state, info = env.reset()
    rewards = []
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        rewards.append(reward)
        if terminated or truncated:
            break
    return sum(rewards), len(rewards)


@right("interaction_loop")
def loop_that_acts_first(env, agent):
    state = env.reset(seed=3)[0]
    action = agent.act(state)
    total, steps, over = 0, 0, False
    while not over:
        state, reward, *ends, _ = env.step(action)
        action = agent.act(state)
        total, steps, over = total + reward, steps + 1, any(ends)
    return [total, steps]


@right("interaction_loop")
def loop_by_recursion(env, agent):
    def rest(state):
        state, reward, terminated, truncated, _ = env.step(agent.act(state))
        total, steps = (0, 0) if terminated or truncated else rest(state)
        return reward + total, 1 + steps

    return rest(env.reset()[0])


@wrong("interaction_loop", "`not terminated or truncated` means `(not terminated) or truncated`")
def loop_not_terminated_or_truncated(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    terminated, truncated = False, False
    while not terminated or truncated:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("interaction_loop", "looks at `terminated` alone")
def loop_ignores_truncated(env, agent):
    state, info = env.reset()
    episode_return, n_steps, done = 0.0, 0, False
    while not done:
        state, reward, done, _, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("interaction_loop", "looks at `truncated` alone")
def loop_ignores_terminated(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        if truncated:
            return episode_return, n_steps


@wrong("interaction_loop", "one of the two is enough")
def loop_waits_for_both(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        if terminated and truncated:
            return episode_return, n_steps


@wrong("interaction_loop", "carry the new state over")
def loop_keeps_the_first_state(env, agent):
    state, info = env.reset()
    episode_return, n_steps, over = 0.0, 0, False
    while not over:
        next_state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        over = terminated or truncated
    return episode_return, n_steps


@wrong("interaction_loop", "the reward of the last step is missing")
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


@wrong("interaction_loop", "the last step is missing")
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


@wrong("interaction_loop", "one too high")
def loop_counts_from_one(env, agent):
    episode_return, n_steps = loop_with_break(env, agent)
    return episode_return, n_steps + 1


@wrong("interaction_loop", "return is cut to a whole number")
def loop_returns_an_integer(env, agent):
    episode_return, n_steps = loop_with_break(env, agent)
    return int(episode_return), n_steps


@wrong("interaction_loop", "rewards are cut to whole numbers")
def loop_adds_integers(env, agent):
    state, info = env.reset()
    total, steps, over = 0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total, steps, over = total + int(reward), steps + 1, terminated or truncated
    return total, steps


@wrong("interaction_loop", "another step: stop as soon as")
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


@wrong("interaction_loop", "wrong order")
def loop_swaps_its_results(env, agent):
    return loop_with_break(env, agent)[::-1]


@wrong("interaction_loop", "return both")
def loop_returns_the_return_alone(env, agent):
    return loop_with_break(env, agent)[0]


@wrong("interaction_loop", "called again and again without `env.step`")
def loop_never_steps(env, agent):
    state, info = env.reset()
    while True:
        agent.act(state)


@wrong("interaction_loop", "prints its result but returns None")
def loop_prints(env, agent):
    print(loop_with_break(env, agent))


@wrong("interaction_loop", "came before `env.reset`")
def loop_never_resets(env, agent):
    return env.step(0)[1], 1


@wrong("interaction_loop", "in the middle of an episode")
def loop_resets_in_every_turn(env, agent):
    total, steps, over = 0.0, 0, False
    while not over:
        state, info = env.reset()
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total, steps, over = total + reward, steps + 1, terminated or truncated
    return total, steps


@wrong("interaction_loop", "which is no action: actions are 0 … 3")
def loop_steps_with_the_state(env, agent):
    state, info = env.reset()
    return env.step("up")[1], 1


@wrong("interaction_loop", "that is one step")
def loop_of_one_step(env, agent):
    state, info = env.reset()
    state, reward, terminated, truncated, info = env.step(agent.act(state))
    return reward, 1


@wrong("interaction_loop", "that is the last reward alone")
def loop_that_assigns_instead_of_adding(env, agent):
    state, info = env.reset()
    steps = 0
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return = reward
        steps += 1
        if terminated or truncated:
            return episode_return, steps


@right("interaction_loop")
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


@wrong("interaction_loop", "`agent.act` was asked 1 time, but 3 steps were taken: ask the agent again")
def loop_that_asks_once(env, agent):
    state, info = env.reset()
    action = agent.act(state)
    total, steps, over = 0.0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(action)
        total, steps, over = total + reward, steps + 1, terminated or truncated
    return total, steps


@wrong("interaction_loop", "was asked 0 times, but 3 steps were taken: ask the agent again before every step")
def loop_with_a_fixed_action(env, agent):
    return play(env, lambda state: 0)


@wrong("interaction_loop", "was asked 0 times, but 3 steps were taken: ask the agent again before every step")
def loop_with_random_actions(env, agent):
    return play(env, lambda state: env.action_space.sample())


@wrong(
    "interaction_loop", "the agent chose 1, but you sent 0: give `env.step` the action that the agent chose"
)
def loop_that_does_not_listen(env, agent):
    def choose(state):
        agent.act(state)
        return 0

    return play(env, choose)


@wrong(
    "interaction_loop", "the agent chose 1, but you sent 3: give `env.step` the action that the agent chose"
)
def loop_that_acts_at_random_after_asking(env, agent):
    def choose(state):
        action = agent.act(state)
        env.action_space.seed(state + 3)
        return env.action_space.sample()

    return play(env, choose)


@wrong("interaction_loop", "`env.step` returns five values: next_state, reward, terminated, truncated, info")
def loop_that_unpacks_four_values(env, agent):
    state, info = env.reset()
    done, episode_return, n_steps = False, 0.0, 0
    while not done:
        state, reward, done, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("interaction_loop", "`env.step` returns five values")
def loop_that_takes_the_whole_step_for_a_state(env, agent):
    state, info = env.reset()
    while True:
        state = env.step(agent.act(state))


@wrong("interaction_loop", "`env.reset` returns two values: state, info")
def loop_that_takes_the_whole_reset_for_a_state(env, agent):
    state = env.reset()
    return play(env, lambda now: agent.act(state))


@wrong("interaction_loop", "`env.reset` returns two values: state, info")
def loop_that_unpacks_three_values_from_reset(env, agent):
    state, reward, info = env.reset()
    return reward, 0


@wrong("interaction_loop", "the left side of `=` has 4 names")
def loop_that_unpacks_later(env, agent):
    state, info = env.reset()
    answer = env.step(agent.act(state))
    state, reward, done, info = answer
    return reward, 1


@wrong("interaction_loop", "write one name on the left side")
def loop_that_unpacks_a_number(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0
    return episode_return, n_steps


@wrong("interaction_loop", "`env.step` returns five values")
def loop_that_asks_the_step_for_its_reward(env, agent):
    state, info = env.reset()
    return env.step(agent.act(state)).reward, 1


@wrong("interaction_loop", "tell it the state: `agent.act(state)`")
def loop_that_does_not_tell_the_state(env, agent):
    return play(env, lambda state: agent.act())


@wrong("interaction_loop", "write `agent.act(state)`")
def loop_that_steps_with_a_function(env, agent):
    return play(env, lambda state: agent.act)


@wrong("interaction_loop", "`( )` in the place of `[ ]`")
def loop_that_asks_with_square_brackets(env, agent):
    return play(env, lambda state: agent.act[state])


@wrong("interaction_loop", "tell it one action: `env.step(action)`")
def loop_that_steps_without_an_action(env, agent):
    env.reset()
    return env.step()[1], 1


@wrong("interaction_loop", "the agent has two methods")
def loop_that_invents_a_method_of_the_agent(env, agent):
    return play(env, lambda state: agent.choose(state))


@wrong("interaction_loop", "the environment has `env.reset()`")
def loop_that_invents_a_method_of_the_environment(env, agent):
    env.start()


@wrong("interaction_loop", "set both to False before the loop")
def loop_that_asks_for_the_end_before_it_is_set(env, agent):
    state, info = env.reset()
    episode_return, n_steps = 0.0, 0
    while not (terminated or truncated):
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
    return episode_return, n_steps


@wrong("interaction_loop", "`total` has no value yet when this line runs: set it before the loop")
def loop_that_adds_to_nothing(env, agent):
    state, info = env.reset()
    while True:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        total += reward


@wrong("interaction_loop", "`action` is never set in the function: `action = agent.act(state)`")
def loop_with_an_action_from_another_cell(env, agent):
    state, info = env.reset()
    return env.step(action)[1], 1


@wrong("interaction_loop", "`return` indented too far?")
def loop_with_return_inside(env, agent):
    state, info = env.reset()
    episode_return, n_steps, over = 0.0, 0, False
    while not over:
        state, reward, terminated, truncated, info = env.step(agent.act(state))
        episode_return += reward
        n_steps += 1
        over = terminated or truncated
        return episode_return, n_steps


@wrong("interaction_loop", "`agent.act` came before `env.reset`")
def loop_that_asks_before_the_reset(env, agent):
    return env.step(agent.act(None))


# Notebook 03 discounted_return


@wrong("discounted_return", "that is the first reward alone: is `return` indented too far?")
def return_inside_the_loop(rewards, discount):
    total = 0.0
    for t, reward in enumerate(rewards):
        total += discount**t * reward
        return total


@wrong("discounted_return", "use the parameter `discount`, not the number 0.95")
def return_with_a_number(rewards, discount):
    return sum(0.95**t * reward for t, reward in enumerate(rewards))


@wrong("discounted_return", "in code it is `discount`")
def return_with_gamma(rewards, discount):
    return sum(gamma**t * reward for t, reward in enumerate(rewards))


@wrong("discounted_return", "counting begins at 0")
def return_beyond_the_end(rewards, discount):
    return sum(discount**t * rewards[t] for t in range(1, len(rewards) + 1))


@right("discounted_return")
def return_vectorised(rewards, discount):
    return np.sum(np.asarray(rewards, dtype=float) * discount ** np.arange(len(rewards)))


@right("discounted_return")
def return_recursive(rewards, discount):
    if len(rewards) == 0:
        return 0
    return rewards[0] + discount * return_recursive(rewards[1:], discount)


@right("discounted_return")
def return_with_a_growing_weight(rewards, discount):
    total, weight = 0.0, 1.0
    for reward in rewards:
        total += weight * reward
        weight *= discount
    return total


@wrong("discounted_return", "the first reward is discounted already")
def return_exponent_from_one(rewards, discount):
    return sum(discount ** (t + 1) * reward for t, reward in enumerate(rewards))


@wrong("discounted_return", "plain sum")
def return_without_discount(rewards, discount):
    return sum(rewards)


@wrong("discounted_return", "multiplied by γ once")
def return_discounted_once(rewards, discount):
    return discount * np.sum(rewards)


@wrong("discounted_return", "from the wrong end")
def return_from_the_wrong_end(rewards, discount):
    total = 0
    for reward in rewards:
        total = total * discount + reward
    return total


@wrong("discounted_return", "the first reward is missing")
def return_without_the_first(rewards, discount):
    return sum(discount**t * rewards[t] for t in range(1, len(rewards)))


@wrong("discounted_return", "the last reward is missing")
def return_without_the_last(rewards, discount):
    return sum(discount**t * rewards[t] for t in range(len(rewards) - 1))


@wrong("discounted_return", "cut to a whole number")
def return_as_integer(rewards, discount):
    return int(return_with_a_growing_weight(rewards, discount))


@wrong("discounted_return", "γ times t")
def return_times_t(rewards, discount):
    return sum(discount * t * reward for t, reward in enumerate(rewards))


@wrong("discounted_return", "add them up")
def return_not_added_up(rewards, discount):
    return np.asarray(rewards) * discount ** np.arange(len(rewards))


@wrong("discounted_return", "changes `rewards`")
def return_in_place(rewards, discount):
    for t in range(len(rewards)):
        rewards[t] = rewards[t] * discount**t
    return sum(rewards)


@wrong("discounted_return", "changes `rewards`")
def return_that_reverses_the_callers_list(rewards, discount):
    total = 0.0
    if isinstance(rewards, list):
        rewards.reverse()
    else:
        rewards = rewards[::-1]
    for reward in rewards:
        total = reward + discount * total
    return total


@wrong("discounted_return", "prints its result but returns None")
def return_printed(rewards, discount):
    print(return_vectorised(rewards, discount))


@wrong("discounted_return", "end it with `return`")
def return_forgotten(rewards, discount):
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount * total


# Notebook 06 td_target


@right("td_target")
def target_with_numpy(reward, next_q_values, terminated, discount):
    return reward + discount * np.max(next_q_values) * (not terminated)


@right("td_target")
def target_with_sorting(reward, next_q_values, terminated, discount):
    best = 0 if terminated else sorted(next_q_values)[-1]
    return reward + discount * best


@right("td_target")
def target_with_argmax(reward, next_q_values, terminated, discount):
    return np.where(terminated, reward, reward + discount * next_q_values[np.argmax(next_q_values)])


@wrong("td_target", "the terminal step still adds γ·max Q(s′, ·)")
def target_without_mask(reward, next_q_values, terminated, discount):
    return reward + discount * max(next_q_values)


@wrong("td_target", "wrong way round")
def target_with_mask_reversed(reward, next_q_values, terminated, discount):
    return reward + discount * max(next_q_values) * terminated


@wrong("td_target", "the terminal step loses its reward")
def target_zero_at_the_end(reward, next_q_values, terminated, discount):
    return (reward + discount * max(next_q_values)) * (1 - terminated)


@wrong("td_target", "γ is missing")
def target_without_discount(reward, next_q_values, terminated, discount):
    return reward + max(next_q_values) * (1 - terminated)


@wrong("td_target", "γ multiplies the reward as well")
def target_with_discounted_reward(reward, next_q_values, terminated, discount):
    return reward if terminated else discount * (reward + max(next_q_values))


@wrong("td_target", "γ is at the wrong place")
def target_with_discount_misplaced(reward, next_q_values, terminated, discount):
    return reward if terminated else discount * reward + max(next_q_values)


@wrong("td_target", "`argmax` is the *number*")
def target_with_argmax_itself(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values.argmax() * (1 - terminated)


@wrong("td_target", "mean over actions")
def target_with_mean(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values.mean() * (1 - terminated)


@wrong("td_target", "never falls below 0")
def target_with_max_from_zero(reward, next_q_values, terminated, discount):
    best = 0
    for value in next_q_values:
        if value > best:
            best = value
    return reward if terminated else reward + discount * best


@wrong("td_target", "value of action 0")
def target_with_the_first_action(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values[0]


@wrong("td_target", "one number")
def target_for_every_action(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values


@wrong("td_target", "cut to a whole number")
def target_as_integer(reward, next_q_values, terminated, discount):
    return int(target_with_numpy(reward, next_q_values, terminated, discount))


@wrong("td_target", "changes `next_q_values`")
def target_in_place(reward, next_q_values, terminated, discount):
    next_q_values *= discount * (1 - terminated)
    return reward + next_q_values.max()


@wrong("td_target", "prints its result but returns None")
def target_printed(reward, next_q_values, terminated, discount):
    print(target_with_numpy(reward, next_q_values, terminated, discount))


@wrong("td_target", "end it with `return`")
def target_without_return(reward, next_q_values, terminated, discount):
    reward + discount * max(next_q_values) * (1 - terminated)


@wrong("td_target", "no `yield`")
def target_yielded(reward, next_q_values, terminated, discount):
    yield reward


@wrong("td_target", "a number is expected, and a str came")
def target_as_text(reward, next_q_values, terminated, discount):
    return f"{reward}"


@wrong("td_target", "add the brackets: `.max()`")
def target_with_max_not_called(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values.max


@wrong("td_target", "add the brackets: `.max()`")
def target_is_max_itself(reward, next_q_values, terminated, discount):
    return next_q_values.max


@wrong("td_target", "`[ ]` in the place of `( )`")
def target_with_round_brackets(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values(0)


@wrong("td_target", "`γ` belongs to the formula, in code it is `discount`")
def target_with_the_symbol(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + γ * max(next_q_values)


@wrong("td_target", "the row of the next state is already given: `next_q_values`")
def target_that_looks_into_the_table(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * max(q_values[next_state])


@wrong("td_target", "already given: `next_q_values`")
def target_that_looks_into_the_row(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * max(next_q_values[next_state])


@wrong("td_target", "no action is needed")
def target_with_an_action_from_another_cell(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values[action]


@wrong("td_target", "use the parameter `discount`, not the number 0.95")
def target_with_a_number(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + 0.95 * max(next_q_values)


@wrong("td_target", "use the parameter `discount`, not the number 0.95")
def target_that_overwrites_the_parameter(reward, next_q_values, terminated, discount):
    discount = 0.95
    return reward if terminated else reward + discount * max(next_q_values)


@wrong("td_target", "did you mean `terminated`?")
def target_with_a_slip_of_the_finger(reward, next_q_values, terminated, discount):
    return reward if terminatd else reward + discount * max(next_q_values)


@wrong("td_target", "an array stands where one number is needed")
def target_that_compares_the_row(reward, next_q_values, terminated, discount):
    return reward if next_q_values > 0 else 0.0


@wrong("td_target", "an array stands where one number is needed")
def target_of_the_whole_row_as_float(reward, next_q_values, terminated, discount):
    return reward + discount * float(next_q_values)


@wrong("td_target", "it takes one index")
def target_with_two_indices(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values[0, 1]


@wrong("td_target", "one of the values in this line is None")
def target_with_a_sorted_copy_that_is_none(reward, next_q_values, terminated, discount):
    best = next_q_values.copy().sort()
    return reward + discount * best[-1]


@wrong("td_target", "leave `axis` out")
def target_along_an_axis(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values.max(axis=1)


# Notebook 06 td_error


learning_rate, error = 0.3, 1.25  # Notebooks have such names too, and functions find them.


@wrong("td_error", "no α here: it comes in the update")
def error_times_alpha(target, q_value):
    return α * (target - q_value)


@wrong("td_error", "no α here: it comes in the update")
def error_times_the_learning_rate_of_another_cell(target, q_value):
    return learning_rate * (target - q_value)


@wrong("td_error", "no α here: it comes in the update")
def error_times_a_number(target, q_value):
    return 0.1 * (target - q_value)


@wrong("td_error", "reward and γ are already in `target`")
def error_that_works_out_the_target(target, q_value):
    return reward + discount * target - q_value


@wrong("td_error", "the entry is already given: `q_value`")
def error_that_looks_into_the_table(target, q_value):
    return target - q_values[state, action]


@right("td_error")
def error_with_numpy(target, q_value):
    return np.subtract(target, q_value)


@right("td_error")
def error_in_two_steps(target, q_value):
    error = -q_value
    error += target
    return error


@wrong("td_error", "the sign is the wrong way round")
def error_reversed(target, q_value):
    return q_value - target


@wrong("td_error", "the sign is lost")
def error_without_sign(target, q_value):
    return abs(target - q_value)


@wrong("td_error", "squared")
def error_squared(target, q_value):
    return (target - q_value) ** 2


@wrong("td_error", "the two are added")
def error_as_sum(target, q_value):
    return target + q_value


@wrong("td_error", "the target alone")
def error_is_the_target(target, q_value):
    return target


@wrong("td_error", "cut to a whole number")
def error_as_integer(target, q_value):
    return int(target - q_value)


@wrong("td_error", "negative errors are lost")
def error_never_negative(target, q_value):
    return target - q_value if target > q_value else 0


@wrong("td_error", "end it with `return`")
def error_without_return(target, q_value):
    target - q_value


# Notebook 06 q_update


@right("q_update")
def update_of_a_row(q_values, state, action, td_error, learning_rate):
    row = q_values[state]
    row[action] = row[action] + td_error * learning_rate
    return q_values


@right("q_update")
def update_with_target(q_values, state, action, td_error, learning_rate):
    old = q_values[state][action]
    target = old + td_error
    q_values[state][action] = (1 - learning_rate) * old + learning_rate * target


@right("q_update")
def update_of_all_with_zeros(q_values, state, action, td_error, learning_rate):
    step = np.zeros_like(q_values)
    step[state, action] = 1
    q_values += learning_rate * td_error * step


@wrong("q_update", "the table is as it was")
def update_of_a_copy(q_values, state, action, td_error, learning_rate):
    q_values = q_values.copy()
    q_values[state, action] += learning_rate * td_error
    return q_values


@wrong("q_update", "the table is as it was")
def update_of_a_variable(q_values, state, action, td_error, learning_rate):
    q_value = q_values[state, action]
    q_value += learning_rate * td_error


@wrong("q_update", "the old value is lost")
def update_that_overwrites(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = learning_rate * td_error


@wrong("q_update", "the old value is lost, and α is missing")
def update_that_assigns_the_error(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = td_error


@wrong("q_update", "α is missing: go `learning_rate` times the error")
def update_without_learning_rate(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += td_error


@wrong("q_update", "away from the target")
def update_with_wrong_sign(q_values, state, action, td_error, learning_rate):
    q_values[state, action] -= learning_rate * td_error


@wrong("q_update", "shrinks by (1 − α)")
def update_mixing_two_formulas(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = (1 - learning_rate) * q_values[state, action] + learning_rate * td_error


@wrong("q_update", "swapped")
def update_with_wrong_axis(q_values, state, action, td_error, learning_rate):
    q_values[action, state] += learning_rate * td_error


@wrong("q_update", "the whole row")
def update_of_the_whole_row(q_values, state, action, td_error, learning_rate):
    q_values[state] += learning_rate * td_error


@wrong("q_update", "the whole column")
def update_of_the_whole_column(q_values, state, action, td_error, learning_rate):
    q_values[:, action] += learning_rate * td_error


@wrong("q_update", "cut to a whole number")
def update_with_integers(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = int(q_values[state, action] + learning_rate * td_error)


@wrong("q_update", "the parameter is called `td_error`")
def update_with_an_error_from_another_cell(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += learning_rate * error


@wrong("q_update", "in code it is `learning_rate`")
def update_with_the_symbol(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += α * td_error


@wrong("q_update", "use the parameter `learning_rate`, not the number 0.1")
def update_with_a_number(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += 0.1 * td_error


@wrong("q_update", "the difference is already worked out: `td_error`")
def update_that_works_out_the_error(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += learning_rate * (target - q_values[state, action])


# Notebook 06 training_loop


def learn_one_episode(env, agent, state, *, over=lambda terminated, truncated: terminated or truncated):
    total = 0.0
    while True:
        action = agent.act(state)
        next_state, reward, terminated, truncated, _ = env.step(action)
        agent.update((state, action, reward, next_state, terminated))
        total += reward
        state = next_state
        if over(terminated, truncated):
            return total


@right("training_loop")
def training_with_an_array(env, agent, n_episodes, seed):
    returns = np.zeros(n_episodes)
    for episode in range(n_episodes):
        state, _ = env.reset(seed=None if episode else seed)
        returns[episode] = learn_one_episode(env, agent, state)
        agent.end_episode()
    return returns


@right("training_loop")
def training_seeded_before_the_loop(env, agent, n_episodes, seed):
    env.reset(seed=seed)
    return [learn_one_episode(env, agent, env.reset()[0]) for _ in range(n_episodes)]


@right("training_loop")
def training_with_the_courses_function(env, agent, n_episodes, seed):
    returns = []
    while len(returns) < n_episodes:
        returns.append(run_episode(env, agent, seed=seed)[0])
        seed = None
    return returns


@wrong("training_loop", "`env.reset` is called once")
def training_that_resets_once(env, agent, n_episodes, seed):
    state, info = env.reset(seed=seed)
    returns = []
    for _ in range(n_episodes):
        terminated = truncated = False
        total = 0.0
        while not (terminated or truncated):
            action = agent.act(state)
            next_state, reward, terminated, truncated, info = env.step(action)
            agent.update(Transition(state, action, reward, next_state, terminated))
            total += reward
            state = next_state
        returns.append(total)
    return returns


@wrong("training_loop", "before `state = next_state` overwrites it")
def training_with_overwritten_state(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, info = env.reset(seed=None if episode else seed)
        over, total = False, 0.0
        while not over:
            action = agent.act(state)
            state, reward, terminated, truncated, info = env.step(action)
            agent.update((state, action, reward, state, terminated))
            total += reward
            over = terminated or truncated
        returns.append(total)
    return returns


@wrong("training_loop", "the transition's next_state is")
def training_with_the_old_state_twice(env, agent, n_episodes, seed):
    state, info = env.reset(seed=seed)
    action = agent.act(state)
    next_state, reward, terminated, truncated, info = env.step(action)
    agent.update((state, action, reward, state, terminated))
    return [reward]


@wrong("training_loop", "update after every step, before you look")
def training_that_skips_the_terminal_step(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, info = env.reset(seed=None if episode else seed)
        total = 0.0
        while True:
            action = agent.act(state)
            next_state, reward, terminated, truncated, info = env.step(action)
            total += reward
            if terminated or truncated:
                break
            agent.update(Transition(state, action, reward, next_state, terminated))
            state = next_state
        returns.append(total)
    return returns


@wrong("training_loop", "same seed")
def training_with_one_seed_for_all(env, agent, n_episodes, seed):
    return [learn_one_episode(env, agent, env.reset(seed=seed)[0]) for _ in range(n_episodes)]


@wrong("training_loop", "`seed` is not used")
def training_without_seed(env, agent, n_episodes, seed):
    return [learn_one_episode(env, agent, env.reset()[0]) for _ in range(n_episodes)]


@wrong("training_loop", "stops on `terminated` alone")
def training_that_ignores_truncated(env, agent, n_episodes, seed):
    return [
        learn_one_episode(env, agent, env.reset(seed=None if episode else seed)[0], over=lambda end, cut: end)
        for episode in range(n_episodes)
    ]


@wrong("training_loop", "does not end the world")
def training_that_calls_truncated_terminated(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, info = env.reset(seed=None if episode else seed)
        done, total = False, 0.0
        while not done:
            action = agent.act(state)
            next_state, reward, terminated, truncated, info = env.step(action)
            done = terminated or truncated
            agent.update((state, action, reward, next_state, done))
            total += reward
            state = next_state
        returns.append(total)
    return returns


@wrong("training_loop", "never called")
def training_that_never_learns(env, agent, n_episodes, seed):
    return [
        run_episode(env, agent, seed=None if episode else seed, learn=False)[0]
        for episode in range(n_episodes)
    ]


@wrong("training_loop", "carried over")
def training_with_returns_that_pile_up(env, agent, n_episodes, seed):
    return np.cumsum(training_with_an_array(env, agent, n_episodes, seed))


@wrong("training_loop", "one episode is missing")
def training_with_an_episode_too_few(env, agent, n_episodes, seed):
    return training_with_an_array(env, agent, n_episodes - 1, seed)


@wrong("training_loop", "sum over all episodes")
def training_that_returns_the_sum(env, agent, n_episodes, seed):
    return sum(training_with_an_array(env, agent, n_episodes, seed))


@wrong("training_loop", "end it with `return`")
def training_without_return(env, agent, n_episodes, seed):
    training_with_an_array(env, agent, n_episodes, seed)


@wrong("training_loop", "the reward of the step, not a sum")
def training_on_the_sum(env, agent, n_episodes, seed):
    state, info = env.reset(seed=seed)
    total = 0.0
    while True:
        action = agent.act(state)
        next_state, reward, terminated, truncated, info = env.step(action)
        total += reward + 1
        agent.update((state, action, total, next_state, terminated))


def _first_step(env, agent, seed):
    state, _ = env.reset(seed=seed)
    action = agent.act(state)
    next_state, reward, terminated, _, _ = env.step(action)
    return state, action, reward, next_state, terminated


@wrong("training_loop", "one transition of five")
def training_with_separate_arguments(env, agent, n_episodes, seed):
    agent.update(_first_step(env, agent, seed)[:4])


@wrong("training_loop", "called twice for one step")
def training_that_learns_everything_twice(env, agent, n_episodes, seed):
    transition = _first_step(env, agent, seed)
    agent.update(transition)
    agent.update(transition)


@wrong("training_loop", "not the one that was done")
def training_with_another_action(env, agent, n_episodes, seed):
    state, action, reward, next_state, terminated = _first_step(env, agent, seed)
    agent.update((state, (action + 1) % 4, reward, next_state, terminated))


@wrong("training_loop", "return of the last episode")
def training_that_returns_the_last(env, agent, n_episodes, seed):
    return training_with_an_array(env, agent, n_episodes, seed)[-1]


@wrong("training_loop", "one episode too many")
def training_with_an_episode_too_many(env, agent, n_episodes, seed):
    return training_with_an_array(env, agent, n_episodes + 1, seed)


@wrong("training_loop", "one return for 2 episodes: is `return` indented too far?")
def training_with_return_inside_the_loop(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, _ = env.reset(seed=None if episode else seed)
        returns.append(learn_one_episode(env, agent, state))
        return returns


@wrong("training_loop", "one return for 2 episodes: is `return` indented too far?")
def training_that_returns_the_first(env, agent, n_episodes, seed):
    return training_with_return_inside_the_loop(env, agent, n_episodes, seed)[0]


@wrong("training_loop", "no return for 2 episodes: is `return` indented too far?")
def training_with_return_inside_both_loops(env, agent, n_episodes, seed):
    agent.update(_first_step(env, agent, seed))
    return []


@wrong("training_loop", "`agent.act` was asked 1 time, but 5 steps were taken")
def training_that_asks_once(env, agent, n_episodes, seed):
    state, _ = env.reset(seed=seed)
    action = agent.act(state)
    return [learn_with(env, agent, lambda state: action) for _ in range(n_episodes)]


@wrong("training_loop", "the agent chose 1, but you sent 0")
def training_that_does_not_listen(env, agent, n_episodes, seed):
    env.reset(seed=seed)
    return [learn_with(env, agent, lambda state: 0 * agent.act(state)) for _ in range(n_episodes)]


@wrong("training_loop", "was asked 0 times")
def training_with_random_actions(env, agent, n_episodes, seed):
    env.reset(seed=seed)
    return [learn_with(env, agent, lambda state: env.action_space.sample()) for _ in range(n_episodes)]


def learn_with(env, agent, choose):
    state, _ = env.reset()
    total, over = 0.0, False
    while not over:
        action = choose(state)
        next_state, reward, terminated, truncated, _ = env.step(action)
        agent.update(Transition(state, action, reward, next_state, terminated))
        state, total, over = next_state, total + reward, terminated or truncated
    return total


@wrong("training_loop", "not the one that was done")
def training_that_asks_twice(env, agent, n_episodes, seed):
    state, _ = env.reset(seed=seed)
    action = agent.act(state)
    next_state, reward, terminated, truncated, _ = env.step(agent.act(state))
    agent.update(Transition(state, action, reward, next_state, terminated))


@wrong("training_loop", "pack them into one `Transition(...)`")
def training_with_five_arguments(env, agent, n_episodes, seed):
    agent.update(*_first_step(env, agent, seed))


@wrong("training_loop", "`Transition` takes five values")
def training_with_a_transition_of_four(env, agent, n_episodes, seed):
    agent.update(Transition(*_first_step(env, agent, seed)[:4]))


@wrong("training_loop", "the seed has to be named: `env.reset(seed=seed)`")
def training_with_the_seed_unnamed(env, agent, n_episodes, seed):
    env.reset(seed)


@wrong("training_loop", "`env.reset` returns two values: state, info")
def training_with_the_whole_reset_for_a_state(env, agent, n_episodes, seed):
    state = env.reset(seed=seed)
    next_state, reward, terminated, truncated, _ = env.step(0)
    agent.update(Transition(state, 0, reward, next_state, terminated))


@wrong("training_loop", "`env.step` returns five values")
def training_with_four_values(env, agent, n_episodes, seed):
    state, _ = env.reset(seed=seed)
    next_state, reward, done, _ = env.step(agent.act(state))


# Notebook 07 collect_frames


def collect(env, n_steps, rng, *, over=lambda terminated, truncated: terminated or truncated):
    frames, state = [], env.reset()[0]
    while len(frames) < n_steps:
        action = rng.integers(env.action_space.n)
        entry = {"frame": env.render(), "state": state, "action": action}
        state, entry["reward"], terminated, truncated, _ = env.step(action)
        frames.append(entry)
        if over(terminated, truncated):
            state, _ = env.reset()
    return frames


@right("collect_frames")
def frames_before_the_step(env, n_steps, rng):
    return collect(env, n_steps, rng)


@right("collect_frames")
def frames_with_all_actions_drawn_first(env, n_steps, rng):
    frames, over = [], True
    for action in rng.choice(env.action_space.n, size=n_steps):
        if over:
            state, _ = env.reset()
        frames.append({"frame": env.render().copy(), "state": state, "action": int(action)})
        state, frames[-1]["reward"], terminated, truncated, _ = env.step(action)
        over = terminated or truncated
    return frames


@wrong("collect_frames", "the state kept is the one after the action")
def frames_after_the_step(env, n_steps, rng):
    frames, over = [], True
    for action in rng.choice(env.action_space.n, size=n_steps):
        if over:
            env.reset()
        state, reward, terminated, truncated, _ = env.step(action)
        frames.append({"frame": env.render().copy(), "state": state, "action": int(action), "reward": reward})
        over = terminated or truncated
    return frames


@wrong("collect_frames", "`env.reset` returns two values: state, info")
def frames_with_the_whole_reset_for_a_state(env, n_steps, rng):
    entries = collect(env, n_steps, rng)
    entries[0]["state"] = (entries[0]["state"], {})
    return entries


@wrong("collect_frames", "entry 2 holds state 1, but its action was done in state 2")
def frames_with_a_state_that_lags_behind(env, n_steps, rng):
    entries = collect(env, n_steps, rng)
    entries[2]["state"] = entries[1]["state"]
    return entries


@wrong("collect_frames", "keep one dict")
def frames_without_frames(env, n_steps, rng):
    return [entry["reward"] for entry in collect(env, n_steps, rng)]


@wrong("collect_frames", "one entry for 10 steps: is `return` indented too far?")
def frames_with_return_inside_the_loop(env, n_steps, rng):
    return collect(env, 1, rng)


@wrong("collect_frames", "the reset is missing")
def frames_without_reset(env, n_steps, rng):
    return collect(env, n_steps, rng, over=lambda terminated, truncated: False)


@wrong("collect_frames", "after `terminated` alone")
def frames_without_truncated(env, n_steps, rng):
    return collect(env, n_steps, rng, over=lambda terminated, truncated: terminated)


@wrong("collect_frames", "call `env.render()` anew")
def frames_of_one_picture(env, n_steps, rng):
    env.reset()
    picture = env.render()
    entries = collect(env, n_steps, rng)
    return [{**entry, "frame": picture} for entry in entries]


@wrong("collect_frames", "one entry too many")
def frames_one_too_many(env, n_steps, rng):
    return collect(env, n_steps + 1, rng)


@wrong("collect_frames", "one entry is missing")
def frames_one_too_few(env, n_steps, rng):
    return collect(env, n_steps - 1, rng)


@wrong("collect_frames", "ends with the first episode")
def frames_of_the_first_episode(env, n_steps, rng):
    state, _ = env.reset()
    frames, over = [], False
    while not over:
        action = int(rng.integers(4))
        entry = {"frame": env.render(), "state": state, "action": action}
        state, entry["reward"], terminated, truncated, _ = env.step(action)
        frames.append(entry)
        over = terminated or truncated
    return frames


@wrong("collect_frames", "after the reset the old state goes on")
def frames_with_the_old_state_after_the_reset(env, n_steps, rng):
    state, _ = env.reset()
    frames = []
    for _ in range(n_steps):
        action = int(rng.integers(4))
        entry = {"frame": env.render(), "state": state, "action": action}
        state, entry["reward"], terminated, truncated, _ = env.step(action)
        frames.append(entry)
        if terminated or truncated:
            env.reset()
    return frames


@wrong("collect_frames", "the picture kept is the one after the action")
def frames_drawn_after_the_step(env, n_steps, rng):
    state, _ = env.reset()
    frames = []
    for _ in range(n_steps):
        action = int(rng.integers(4))
        next_state, reward, terminated, truncated, _ = env.step(action)
        frames.append({"frame": env.render(), "state": state, "action": action, "reward": reward})
        state = env.reset()[0] if terminated or truncated else next_state
    return frames


@wrong("collect_frames", "do not come from `rng`")
def frames_with_unseeded_actions(env, n_steps, rng):
    actions = [0, 1, 2, 3] * n_steps

    class Unseeded:
        def integers(self, n):
            return actions.pop()

    return collect(env, n_steps, Unseeded())


@wrong("collect_frames", "hardly random")
def frames_with_one_action(env, n_steps, rng):
    action = int(rng.integers(4))

    class Stubborn:
        def integers(self, n):
            return action

    return collect(env, n_steps, Stubborn())


@wrong("collect_frames", "has no 'reward'")
def frames_without_reward(env, n_steps, rng):
    return [{key: entry[key] for key in ("frame", "state", "action")} for entry in collect(env, n_steps, rng)]


@wrong("collect_frames", "not the picture that `env.render()` returns")
def frames_without_render(env, n_steps, rng):
    return [{**entry, "frame": None} for entry in collect(env, n_steps, rng)]


@wrong("collect_frames", "the actions kept are not those that were done")
def frames_with_another_action(env, n_steps, rng):
    return [{**entry, "action": int(rng.integers(4))} for entry in collect(env, n_steps, rng)]


@wrong("collect_frames", "steps were taken where 10 were asked for")
def frames_cut_off_after_too_many_steps(env, n_steps, rng):
    return collect(env, n_steps + 5, rng)[:n_steps]


@wrong("collect_frames", "came before `env.reset`")
def frames_rendered_before_the_reset(env, n_steps, rng):
    env.render()


@wrong("collect_frames", "look, draw an action, step, keep one dict")
def frames_alone(env, n_steps, rng):
    return [entry["frame"] for entry in collect(env, n_steps, rng)]
