"""Right and wrong answers to `gae`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def gae_into_an_array(td_errors, ended, discount, trace_decay):
    advantages, later = np.zeros(len(td_errors)), 0.0
    for t in reversed(range(len(td_errors))):
        later = td_errors[t] + discount * trace_decay * later * (1 - ended[t])
        advantages[t] = later
    return advantages


@right
def gae_by_sums(td_errors, ended, discount, trace_decay):
    advantages = []
    for t in range(len(td_errors)):
        total, weight = 0.0, 1.0
        for k in range(t, len(td_errors)):
            total += weight * td_errors[k]
            weight *= discount * trace_decay
            if ended[k]:
                break
        advantages.append(total)
    return advantages


@wrong("carried over the end of an episode")
def gae_without_ends(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, [False] * len(ended), discount, trace_decay)


@wrong("γ is missing")
def gae_without_discount(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, ended, 1, trace_decay)


@wrong("λ is missing")
def gae_without_trace(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, ended, discount, 1)


@wrong("the test is the wrong way round")
def gae_the_wrong_way_round(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, [not each for each in ended], discount, trace_decay)


@wrong("those are the TD errors as they are")
def gae_that_is_td(td_errors, ended, discount, trace_decay):
    return list(td_errors)


@wrong("the TD error of the step that ended the episode is lost")
def gae_that_skips_the_last(td_errors, ended, discount, trace_decay):
    later, advantages = 0.0, []
    for td_error, is_last in zip(td_errors[::-1], ended[::-1]):
        later = (td_error if not is_last else 0) + discount * trace_decay * (0 if is_last else later)
        advantages.append(later)
    return advantages[::-1]


@wrong("begin at the end")
def gae_forwards(td_errors, ended, discount, trace_decay):
    later, advantages = 0.0, []
    for td_error, is_last in zip(td_errors, ended):
        later = td_error + (0 if is_last else discount * trace_decay * later)
        advantages.append(later)
    return advantages


@wrong("the order is turned round")
def gae_backwards(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, ended, discount, trace_decay)[::-1]


@wrong("one number came")
def gae_of_the_first(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, ended, discount, trace_decay)[0]


@wrong("in code it is `trace_decay`")
def gae_with_lambda(td_errors, ended, discount, trace_decay):
    return gae_by_sums(td_errors, ended, discount, lam)
