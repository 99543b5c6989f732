"""Right and wrong answers to `td_target`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def target_with_numpy(reward, next_q_values, terminated, discount):
    return reward + discount * np.max(next_q_values) * (not terminated)


@right
def target_with_sorting(reward, next_q_values, terminated, discount):
    best = 0 if terminated else sorted(next_q_values)[-1]
    return reward + discount * best


@right
def target_with_argmax(reward, next_q_values, terminated, discount):
    return np.where(terminated, reward, reward + discount * next_q_values[np.argmax(next_q_values)])


@wrong("the terminal step still adds γ·max Q(s′, ·)")
def target_without_mask(reward, next_q_values, terminated, discount):
    return reward + discount * max(next_q_values)


@wrong("wrong way round")
def target_with_mask_reversed(reward, next_q_values, terminated, discount):
    return reward + discount * max(next_q_values) * terminated


@wrong("the terminal step loses its reward")
def target_zero_at_the_end(reward, next_q_values, terminated, discount):
    return (reward + discount * max(next_q_values)) * (1 - terminated)


@wrong("γ is missing")
def target_without_discount(reward, next_q_values, terminated, discount):
    return reward + max(next_q_values) * (1 - terminated)


@wrong("γ multiplies the reward as well")
def target_with_discounted_reward(reward, next_q_values, terminated, discount):
    return reward if terminated else discount * (reward + max(next_q_values))


@wrong("γ is at the wrong place")
def target_with_discount_misplaced(reward, next_q_values, terminated, discount):
    return reward if terminated else discount * reward + max(next_q_values)


@wrong("`argmax` is the *number*")
def target_with_argmax_itself(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values.argmax() * (1 - terminated)


@wrong("mean over actions")
def target_with_mean(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values.mean() * (1 - terminated)


@wrong("never falls below 0")
def target_with_max_from_zero(reward, next_q_values, terminated, discount):
    best = 0
    for value in next_q_values:
        if value > best:
            best = value
    return reward if terminated else reward + discount * best


@wrong("value of action 0")
def target_with_the_first_action(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values[0]


@wrong("one number")
def target_for_every_action(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values


@wrong("cut to a whole number")
def target_as_integer(reward, next_q_values, terminated, discount):
    return int(target_with_numpy(reward, next_q_values, terminated, discount))


@wrong("changes `next_q_values`")
def target_in_place(reward, next_q_values, terminated, discount):
    next_q_values *= discount * (1 - terminated)
    return reward + next_q_values.max()


@wrong("prints its result but returns None")
def target_printed(reward, next_q_values, terminated, discount):
    print(target_with_numpy(reward, next_q_values, terminated, discount))


@wrong("end it with `return`")
def target_without_return(reward, next_q_values, terminated, discount):
    reward + discount * max(next_q_values) * (1 - terminated)


@wrong("no `yield`")
def target_yielded(reward, next_q_values, terminated, discount):
    yield reward


@wrong("a number is expected, and a str came")
def target_as_text(reward, next_q_values, terminated, discount):
    return f"{reward}"


@wrong("add the brackets: `.max()`")
def target_with_max_not_called(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values.max


@wrong("add the brackets: `.max()`")
def target_is_max_itself(reward, next_q_values, terminated, discount):
    return next_q_values.max


@wrong("`[ ]` in the place of `( )`")
def target_with_round_brackets(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values(0)


@wrong("`γ` belongs to the formula, in code it is `discount`")
def target_with_the_symbol(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + γ * max(next_q_values)


@wrong("the row of the next state is already given: `next_q_values`")
def target_that_looks_into_the_table(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * max(q_values[next_state])


@wrong("already given: `next_q_values`")
def target_that_looks_into_the_row(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * max(next_q_values[next_state])


@wrong("no action is needed")
def target_with_an_action_from_another_cell(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * next_q_values[action]


@wrong("use the parameter `discount`, not the number 0.95")
def target_with_a_number(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + 0.95 * max(next_q_values)


@wrong("use the parameter `discount`, not the number 0.95")
def target_that_overwrites_the_parameter(reward, next_q_values, terminated, discount):
    discount = 0.95
    return reward if terminated else reward + discount * max(next_q_values)


@wrong("did you mean `terminated`?")
def target_with_a_slip_of_the_finger(reward, next_q_values, terminated, discount):
    return reward if terminatd else reward + discount * max(next_q_values)


@wrong("an array stands where one number is needed")
def target_that_compares_the_row(reward, next_q_values, terminated, discount):
    return reward if next_q_values > 0 else 0.0


@wrong("an array stands where one number is needed")
def target_of_the_whole_row_as_float(reward, next_q_values, terminated, discount):
    return reward + discount * float(next_q_values)


@wrong("it takes one index")
def target_with_two_indices(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values[0, 1]


@wrong("one of the values in this line is None")
def target_with_a_sorted_copy_that_is_none(reward, next_q_values, terminated, discount):
    best = next_q_values.copy().sort()
    return reward + discount * best[-1]


@wrong("leave `axis` out")
def target_along_an_axis(reward, next_q_values, terminated, discount):
    return reward + discount * next_q_values.max(axis=1)


@right
def target_by_a_product(reward, next_q_values, terminated, discount):
    return reward + (not terminated) * discount * np.max(next_q_values)


@right
def target_without_axes(reward, next_q_values, terminated, discount):
    return np.where(terminated, reward, reward + discount * sorted(next_q_values)[-1])


@wrong("the `max` you mean is hidden behind it: give your variable another name")
def target_that_hides_max(reward, next_q_values, terminated, discount):
    max = max(next_q_values)  # noqa: F823
    return reward if terminated else reward + discount * max


@wrong("the target is r + γ · max Q(s′, ·)")
def target_of_six_actions_at_most(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * max(next_q_values[:6])


@wrong("the target is r + γ · max Q(s′, ·)")
def target_without_action_0(reward, next_q_values, terminated, discount):
    return reward if terminated else reward + discount * max(next_q_values[1:], default=next_q_values[0])
