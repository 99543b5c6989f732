"""Right and wrong answers to `held_target`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def target_with_where(rewards, held_next_q, terminated, discount):
    return np.where(terminated, rewards, rewards + discount * np.max(held_next_q, axis=-1))


@right
def target_in_a_loop(rewards, held_next_q, terminated, discount):
    targets = []
    for reward, row, is_over in zip(rewards, held_next_q, terminated):
        targets.append(reward if is_over else reward + discount * max(row))
    return np.array(targets)


@wrong("something is still promised")
def target_without_end(rewards, held_next_q, terminated, discount):
    return rewards + discount * held_next_q.max(axis=1)


@wrong("the wrong way round")
def target_the_wrong_way_round(rewards, held_next_q, terminated, discount):
    return rewards + discount * held_next_q.max(axis=1) * terminated


@wrong("the reward of the terminal step is lost")
def target_that_loses_the_reward(rewards, held_next_q, terminated, discount):
    return np.where(terminated, 0, rewards + discount * held_next_q.max(axis=1))


@wrong("γ is missing")
def target_without_discount(rewards, held_next_q, terminated, discount):
    return rewards + held_next_q.max(axis=1) * (1 - terminated)


@wrong("γ multiplies the reward as well")
def target_that_discounts_all(rewards, held_next_q, terminated, discount):
    return discount * (rewards + held_next_q.max(axis=1) * (1 - terminated))


@wrong("the largest number of the whole batch")
def target_of_the_whole_batch(rewards, held_next_q, terminated, discount):
    return rewards + discount * held_next_q.max() * (1 - terminated)


@wrong("the mean over the actions")
def target_of_the_mean(rewards, held_next_q, terminated, discount):
    return rewards + discount * held_next_q.mean(axis=1) * (1 - terminated)


@wrong("`argmax` says *which* action is best")
def target_with_argmax(rewards, held_next_q, terminated, discount):
    return rewards + discount * held_next_q.argmax(axis=1) * (1 - terminated)


@wrong("the reward is missing")
def target_without_reward(rewards, held_next_q, terminated, discount):
    return discount * held_next_q.max(axis=1) * (1 - terminated)


@wrong("an entry for each action")
def target_for_each_action(rewards, held_next_q, terminated, discount):
    return rewards[:, None] + discount * held_next_q * (1 - terminated)[:, None]


@wrong("one number came")
def target_of_the_batch(rewards, held_next_q, terminated, discount):
    return np.mean(rewards + discount * held_next_q.max(axis=1) * (1 - terminated))


@wrong("the network has been asked already")
def target_that_asks(rewards, held_next_q, terminated, discount):
    return rewards + discount * forward(held)[1].max(axis=1) * (1 - terminated)


@wrong("returns None")
def target_without_a_return(rewards, held_next_q, terminated, discount):
    target = rewards + discount * held_next_q.max(axis=1) * (1 - terminated)


@wrong("the numbers are right, but a list came: return an array, with `np.array")
def target_in_a_list(rewards, held_next_q, terminated, discount):
    samples = zip(rewards, held_next_q, terminated, strict=True)
    return [r if over else r + discount * max(q) for r, q, over in samples]
