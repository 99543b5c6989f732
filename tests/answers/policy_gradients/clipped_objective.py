"""Right and wrong answers to `clipped_objective`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def clipped_in_one_line(ratio, advantage, clip):
    return min(ratio * advantage, max(1 - clip, min(ratio, 1 + clip)) * advantage)


@right
def clipped_by_the_sign(ratio, advantage, clip):
    if advantage >= 0:
        return min(ratio, 1 + clip) * advantage
    return max(ratio, 1 - clip) * advantage


@wrong("the clip is missing")
def clipped_not_at_all(ratio, advantage, clip):
    return ratio * advantage


@wrong("the minimum is missing")
def clipped_without_minimum(ratio, advantage, clip):
    return np.clip(ratio, 1 - clip, 1 + clip) * advantage


@wrong("that is the larger of the two")
def clipped_with_maximum(ratio, advantage, clip):
    return max(ratio * advantage, np.clip(ratio, 1 - clip, 1 + clip) * advantage)


@wrong("an objective is made large")
def clipped_loss(ratio, advantage, clip):
    return -np.minimum(ratio * advantage, np.clip(ratio, 1 - clip, 1 + clip) * advantage)


@wrong("the minimum is taken of the ratios")
def clipped_minimum_of_ratios(ratio, advantage, clip):
    return min(ratio, np.clip(ratio, 1 - clip, 1 + clip)) * advantage


@wrong("the product is clipped")
def clipped_product(ratio, advantage, clip):
    product = ratio * advantage
    return min(product, np.clip(product, 1 - clip, 1 + clip))


@wrong("the ratio is clipped around 0")
def clipped_around_zero(ratio, advantage, clip):
    return min(ratio * advantage, np.clip(ratio, -clip, clip) * advantage)


@wrong("the lower edge is missing")
def clipped_above_only(ratio, advantage, clip):
    return min(ratio * advantage, min(ratio, 1 + clip) * advantage)


@wrong("the upper edge is missing")
def clipped_below_only(ratio, advantage, clip):
    return min(ratio * advantage, max(ratio, 1 - clip) * advantage)


@wrong("the advantage is missing")
def clipped_ratio_alone(ratio, advantage, clip):
    return min(ratio, np.clip(ratio, 1 - clip, 1 + clip))


@wrong("in code it is `clip`")
def clipped_with_epsilon(ratio, advantage, clip):
    return min(ratio * advantage, np.clip(ratio, 1 - epsilon, 1 + epsilon) * advantage)


@wrong("prints its result but returns None")
def clipped_that_prints(ratio, advantage, clip):
    print(clipped_in_one_line(ratio, advantage, clip))
