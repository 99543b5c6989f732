"""Right and wrong answers to `bucket_row`."""

from bisect import bisect_right

import numpy as np

from tests.answers.table import right, wrong


@right
def row_with_bisect(observation, edges):
    row = 0
    for i in range(len(observation)):
        bucket = bisect_right(edges[i], observation[i])
        row = row * (len(edges[i]) + 1) + bucket
    return row


@right
def row_with_numpy(observation, edges):
    buckets = [np.digitize(value, cuts) for value, cuts in zip(observation, edges)]
    return np.ravel_multi_index(buckets, [len(cuts) + 1 for cuts in edges])


@right
def row_from_the_end(observation, edges):
    row, weight = 0, 1
    for value, cuts in zip(reversed(observation), reversed(edges)):
        bucket = 0
        for cut in cuts:
            if cut <= value:
                bucket += 1
        row += weight * bucket
        weight *= len(cuts) + 1
    return row


@wrong("n edges make n + 1 buckets")
def row_with_as_many_buckets_as_edges(observation, edges):
    row = 0
    for value, cuts in zip(observation, edges):
        row = row * len(cuts) + bisect_right(cuts, value)
    return row


@wrong("from the wrong end")
def row_with_the_first_fastest(observation, edges):
    row, weight = 0, 1
    for value, cuts in zip(observation, edges):
        row += weight * bisect_right(cuts, value)
        weight *= len(cuts) + 1
    return row


@wrong("belongs to the bucket above it")
def row_with_edges_below(observation, edges):
    row = 0
    for value, cuts in zip(observation, edges):
        row = row * (len(cuts) + 1) + int(np.searchsorted(cuts, value, side="left"))
    return row


@wrong("counted from above")
def row_counts_from_above(observation, edges):
    row = 0
    for value, cuts in zip(observation, edges):
        row = row * (len(cuts) + 1) + sum(cut > value for cut in cuts)
    return row


@wrong("one too high")
def row_from_one(observation, edges):
    return 1 + row_with_bisect(observation, edges)


@wrong("the sum of the buckets")
def row_as_sum(observation, edges):
    return sum(bisect_right(cuts, value) for value, cuts in zip(observation, edges))


@wrong("those are the buckets, a list")
def row_as_list(observation, edges):
    return [bisect_right(cuts, value) for value, cuts in zip(observation, edges)]


@wrong("only the last bucket is left")
def row_overwrites(observation, edges):
    for value, cuts in zip(observation, edges):
        row = 0
        row = row * (len(cuts) + 1) + bisect_right(cuts, value)
    return row


@wrong("is `return` indented too far?")
def row_leaves_the_loop(observation, edges):
    row = 0
    for value, cuts in zip(observation, edges):
        row = row * (len(cuts) + 1) + bisect_right(cuts, value)
        return row


@wrong("as digits")
def row_as_digits(observation, edges):
    return int("".join(str(bisect_right(cuts, value)) for value, cuts in zip(observation, edges)))


@wrong("*before*")
def row_with_the_size_before(observation, edges):
    row, before = 0, 1
    for value, cuts in zip(observation, edges):
        row = row * before + bisect_right(cuts, value)
        before = len(cuts) + 1
    return row


@wrong("a float")
def row_by_division(observation, edges):
    return row_with_bisect(observation, edges) / 1


@wrong("returns None")
def row_forgets_to_return(observation, edges):
    row = row_with_bisect(observation, edges)


@wrong("begin with 0")
def row_for_two_numbers_of_three_buckets(observation, edges):
    return row_with_bisect(observation, edges) % 20
