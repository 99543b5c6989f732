"""Right and wrong answers to `planning_loop`."""

import random

import numpy as np

from tests.answers.table import right, wrong


def learned(q_values, model, state, action, learning_rate, discount):
    """Return what Q(s, a) becomes by an imagined step."""
    reward, next_state, terminated = model[state][action]
    target = reward + (0 if terminated else discount * max(q_values[next_state]))
    return (1 - learning_rate) * q_values[state, action] + learning_rate * target


@right
def planning_with_integers(q_values, model, planning_steps, learning_rate, discount, rng):
    states = list(model)
    for _ in range(planning_steps):
        state = states[rng.integers(len(states))]
        actions = list(model[state])
        action = actions[int(rng.random() * len(actions))]
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@right
def planning_over_pairs(q_values, model, planning_steps, learning_rate, discount, rng):
    pairs = [(state, action) for state, actions in model.items() for action in actions]
    n = planning_steps
    while n > 0:
        state, action = pairs[rng.integers(len(pairs))]
        q_values[state][action] = learned(q_values, model, state, action, learning_rate, discount)
        n -= 1
    return q_values


@right
def planning_by_recursion(q_values, model, planning_steps, learning_rate, discount, rng):
    if planning_steps:
        planning_over_pairs(q_values, model, 1, learning_rate, discount, rng)
        planning_by_recursion(q_values, model, planning_steps - 1, learning_rate, discount, rng)


@right
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


@wrong("still adds γ·max Q(s′, ·)")
def planning_without_an_end(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        error = reward + discount * q_values[next_state].max() - q_values[state, action]
        q_values[state, action] += learning_rate * error

    planning(q_values, model, planning_steps, rng, learn)


@wrong("whatever `planning_steps` says")
def planning_of_one_step(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        planning_over_pairs(q_values, model, 1, learning_rate, discount, rng)
        return


@wrong("one step too many")
def planning_of_one_step_more(q_values, model, planning_steps, learning_rate, discount, rng):
    planning_over_pairs(q_values, model, planning_steps + 1, learning_rate, discount, rng)


@wrong("one step too few")
def planning_of_one_step_less(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps - 1):
        planning_over_pairs(q_values, model, 1, learning_rate, discount, rng)


@wrong("goes through the whole model")
def planning_of_everything(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        for state in model:
            for action in model[state]:
                q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("draw state and action inside the loop")
def planning_of_the_same(q_values, model, planning_steps, learning_rate, discount, rng):
    state = list(model)[0]
    action = list(model[state])[0]
    for _ in range(planning_steps):
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("the newest pair is imagined every time")
def planning_of_the_newest(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = list(model)[-1]
        action = list(model[state])[-1]
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("only what was tried is known")
def planning_of_the_untried(q_values, model, planning_steps, learning_rate, discount, rng):
    n_states, n_actions = q_values.shape
    for _ in range(planning_steps):
        state, action = rng.integers(n_states), rng.integers(n_actions)
        reward, next_state, terminated = model[state][action]


@wrong("the table is as it was")
def planning_in_a_copy(q_values, model, planning_steps, learning_rate, discount, rng):
    q_values = np.array(q_values)
    planning_over_pairs(q_values, model, planning_steps, learning_rate, discount, rng)
    return q_values


@wrong("the old value is lost")
def planning_that_forgets(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] = learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("α is missing")
def planning_all_the_way(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        q_values[state, action] = reward if terminated else reward + discount * max(q_values[next_state])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("γ is missing")
def planning_without_a_discount(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + max(q_values[next_state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("the best value of the state itself")
def planning_that_stays(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(q_values[state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)


@wrong("the random numbers come from elsewhere, from `random`")
def planning_with_another_chance(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    for _ in range(planning_steps):
        state = random.choice(list(model))
        action = np.random.choice(list(model[state]))
        learn(state, action, *model[state][action])


@wrong("in code it is `learning_rate`")
def planning_with_alpha(q_values, model, planning_steps, learning_rate, discount, rng):
    planning(q_values, model, planning_steps, rng, lambda state, action, *rest: alpha * rest[0])


@wrong("use the parameter `learning_rate`, not the number 0.1")
def planning_with_a_number(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        reward, next_state, terminated = model[state][action]
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] += 0.1 * (target - q_values[state, action])


@wrong("every pair is imagined once")
def planning_without_replacement(q_values, model, planning_steps, learning_rate, discount, rng):
    pairs = [(state, action) for state in model for action in model[state]]
    rng.shuffle(pairs)
    for state, action in pairs[:planning_steps]:
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("the model keeps it second: `reward, next_state, terminated = model[state][action]`")
def planning_with_the_order_of_the_step(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        next_state, reward, terminated = model[state][action]
        target = reward if terminated else reward + discount * max(q_values[next_state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])


@wrong("`rng.choice` draws from a list, and a dictionary is none")
def planning_that_draws_from_a_dictionary(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = rng.choice(model)
        action = rng.choice(model[state])
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("always the first action of a state")
def planning_of_first_actions(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = next(iter(model[state]))
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("the random numbers come from elsewhere, and are others each time")
def planning_with_unseeded_states(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        state = np.random.default_rng().choice(list(model))
        action = rng.choice(list(model[state]))
        q_values[state, action] = learned(q_values, model, state, action, learning_rate, discount)


@wrong("look up what followed")
def planning_without_hope_below_zero(q_values, model, planning_steps, learning_rate, discount, rng):
    def learn(state, action, reward, next_state, terminated):
        target = reward if terminated else reward + discount * max(0, *q_values[next_state])
        q_values[state, action] += learning_rate * (target - q_values[state, action])

    planning(q_values, model, planning_steps, rng, learn)
