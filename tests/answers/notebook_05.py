"""Right and wrong answers to the exercises of notebook 05; see `exercise_answers.py`."""
# ruff: noqa: F821, F841, NPY002, RUF015, RUF059 - learners use the old random numbers and forget to return

import random

import numpy as np

from tests.answers.table import right, wrong

# Notebook 05 sarsa_target


@right("sarsa_target")
def sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount):
    return reward + (not terminated) * discount * next_q_values[next_action]


@right("sarsa_target")
def sarsa_with_a_variable(reward, next_q_values, next_action, terminated, discount):
    later = 0
    if not terminated:
        later = next_q_values[next_action]
    return reward + discount * later


@right("sarsa_target")
def sarsa_as_a_dot_product(reward, next_q_values, next_action, terminated, discount):
    played = np.arange(len(next_q_values)) == next_action
    return np.where(terminated, reward, reward + discount * np.dot(played, next_q_values))


@wrong("sarsa_target", "that is the target of Q-learning: it counts on the *best* next action")
def sarsa_that_is_q_learning(reward, next_q_values, next_action, terminated, discount):
    if terminated:
        return reward
    return reward + discount * max(next_q_values)


@wrong("sarsa_target", "the terminal step still adds γ·Q(s′, a′)")
def sarsa_without_an_end(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * next_q_values[next_action]


@wrong("sarsa_target", "and the terminal step adds to it as well")
def sarsa_that_is_q_learning_without_an_end(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * np.max(next_q_values)


@wrong("sarsa_target", "the test is the wrong way round")
def sarsa_with_an_end_that_goes_on(reward, next_q_values, next_action, terminated, discount):
    return reward if not terminated else reward + discount * next_q_values[next_action]


@wrong("sarsa_target", "the terminal step loses its reward")
def sarsa_with_nothing_at_the_end(reward, next_q_values, next_action, terminated, discount):
    return (1 - terminated) * (reward + discount * next_q_values[next_action])


@wrong("sarsa_target", "γ is missing")
def sarsa_without_a_discount(reward, next_q_values, next_action, terminated, discount):
    return reward + next_q_values[next_action] * (1 - terminated)


@wrong("sarsa_target", "γ multiplies the reward as well")
def sarsa_that_discounts_all(reward, next_q_values, next_action, terminated, discount):
    if terminated:
        return reward
    return discount * (next_q_values[next_action] + reward)


@wrong("sarsa_target", "γ is at the wrong place")
def sarsa_with_a_misplaced_discount(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else next_q_values[next_action] + reward * discount


@wrong("sarsa_target", "a *number* of an action, not what it is worth")
def sarsa_that_adds_the_action(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + discount * next_action


@wrong("sarsa_target", "the mean over all next actions")
def sarsa_with_a_mean(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + discount * sum(next_q_values) / len(next_q_values)


@wrong("sarsa_target", "`argmax` is the *number*")
def sarsa_with_argmax(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + discount * np.argmax(next_q_values)


@wrong("sarsa_target", "take the entry of `next_action`")
def sarsa_with_a_whole_row(reward, next_q_values, next_action, terminated, discount):
    if terminated:
        return reward
    return reward + discount * next_q_values


@wrong("sarsa_target", "the row of the next state is already given")
def sarsa_with_a_table(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * q_values[next_state, next_action]


@wrong("sarsa_target", "what counts is the action played *next*")
def sarsa_with_the_action_before(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * next_q_values[action]


@wrong("sarsa_target", "use the parameter `discount`, not the number 0.9")
def sarsa_with_a_number(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + 0.9 * next_q_values[next_action]


@wrong("sarsa_target", "prints its result but returns None")
def sarsa_that_prints(reward, next_q_values, next_action, terminated, discount):
    print(sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount))


@wrong("sarsa_target", "returns None")
def sarsa_without_a_return(reward, next_q_values, next_action, terminated, discount):
    target = sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount)


@wrong("sarsa_target", "cut to a whole number")
def sarsa_with_integers(reward, next_q_values, next_action, terminated, discount):
    return int(sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount))


# Notebook 05 planning_loop


def learned(q_values, model, state, action, learning_rate, discount):
    """Return what Q(s, a) becomes by an imagined step."""
    reward, next_state, terminated = model[state][action]
    target = reward + (0 if terminated else discount * max(q_values[next_state]))
    return (1 - learning_rate) * q_values[state, action] + learning_rate * target


@right("planning_loop")
def planning_with_integers(q_values, model, planning_steps, learning_rate, discount, rng):
    states = list(model)
    for _ in range(planning_steps):
        state = states[rng.integers(len(states))]
        actions = list(model[state])
        action = actions[int(rng.random() * len(actions))]
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@right("planning_loop")
def planning_over_pairs(q_values, model, planning_steps, learning_rate, discount, rng):
    pairs = [(state, action) for state, actions in model.items() for action in actions]
    n = planning_steps
    while n > 0:
        state, action = pairs[rng.integers(len(pairs))]
        q_values[state][action] = learned(q_values, model, state, action, learning_rate, discount)
        n -= 1
    return q_values


@right("planning_loop")
def planning_by_recursion(q_values, model, planning_steps, learning_rate, discount, rng):
    if planning_steps:
        planning_over_pairs(q_values, model, 1, learning_rate, discount, rng)
        planning_by_recursion(q_values, model, planning_steps - 1, learning_rate, discount, rng)


@right("planning_loop")
def planning_with_permutations(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = int(rng.permutation(list(model))[0])
        action = int(rng.permutation(list(model[state]))[0])
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


def planning(q_values, model, planning_steps, rng, learn):
    """Go through imagined steps; `learn(state, action, reward, next_state, terminated)`."""
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        learn(state, action, *model[state][action])


@wrong("planning_loop", "still adds γ·max Q(s′, ·)")
def planning_without_an_end(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        error = reward + discount * q_values[next_state].max() - q_values[state, action]
        q_values[state, action] += learning_rate * error

    planning(q_values, model, planning_steps, rng, learn)


@wrong("planning_loop", "whatever `planning_steps` says")
def planning_of_one_step(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        planning_over_pairs(q_values, model, 1, learning_rate, discount, rng)
        return


@wrong("planning_loop", "one step too many")
def planning_of_one_step_more(q_values, model, planning_steps, learning_rate, discount, rng):
    planning_over_pairs(q_values, model, planning_steps + 1, learning_rate, discount, rng)


@wrong("planning_loop", "one step too few")
def planning_of_one_step_less(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps - 1):
        planning_over_pairs(q_values, model, 1, learning_rate, discount, rng)


@wrong("planning_loop", "goes through the whole model")
def planning_of_everything(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        for state in model:
            for action in model[state]:
                q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("planning_loop", "draw state and action inside the loop")
def planning_of_the_same(q_values, model, planning_steps, learning_rate, discount, rng):
    state = list(model)[0]
    action = list(model[state])[0]
    for _ in range(planning_steps):
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("planning_loop", "the newest pair is imagined every time")
def planning_of_the_newest(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = list(model)[-1]
        action = list(model[state])[-1]
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("planning_loop", "only what was tried is known")
def planning_of_the_untried(q_values, model, planning_steps, learning_rate, discount, rng):
    n_states, n_actions = q_values.shape
    for _ in range(planning_steps):
        state, action = rng.integers(n_states), rng.integers(n_actions)
        reward, next_state, terminated = model[state][action]


@wrong("planning_loop", "the table is as it was")
def planning_in_a_copy(q_values, model, planning_steps, learning_rate, discount, rng):
    q_values = np.array(q_values)
    planning_over_pairs(q_values, model, planning_steps, learning_rate, discount, rng)
    return q_values


@wrong("planning_loop", "the old value is lost")
def planning_that_forgets(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] = learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("planning_loop", "α is missing")
def planning_all_the_way(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        q_values[state, action] = reward if terminated else reward + discount * max(q_values[next_state])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("planning_loop", "γ is missing")
def planning_without_a_discount(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + max(q_values[next_state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("planning_loop", "the best value of the state itself")
def planning_that_stays(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(q_values[state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("planning_loop", "`rng` was not used")
def planning_with_another_chance(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    for _ in range(planning_steps):
        state = random.choice(list(model))
        action = np.random.choice(list(model[state]))
        learn(state, action, *model[state][action])


@wrong("planning_loop", "in code it is `learning_rate`")
def planning_with_alpha(q_values, model, planning_steps, learning_rate, discount, rng):
    planning(q_values, model, planning_steps, rng, lambda state, action, *rest: alpha * rest[0])


@wrong("planning_loop", "use the parameter `learning_rate`, not the number 0.1")
def planning_with_a_number(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        reward, next_state, terminated = model[state][action]
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] += 0.1 * (target - q_values[state, action])


@wrong("planning_loop", "every pair is imagined once")
def planning_without_replacement(q_values, model, planning_steps, learning_rate, discount, rng):
    pairs = [(state, action) for state in model for action in model[state]]
    rng.shuffle(pairs)
    for state, action in pairs[:planning_steps]:
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)
