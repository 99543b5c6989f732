"""Random numbers in blocks are those of the generator."""

import copy
import pickle

import numpy as np

from rl_helpers.exploration import (
    BlockRandom,
)


def test_numbers_drawn_ahead_are_those_of_the_generator_in_order():
    ahead, one_by_one = BlockRandom(np.random.default_rng(5)), np.random.default_rng(5)
    assert [ahead.random() for _ in range(2500)] == [one_by_one.random() for _ in range(2500)]


def test_numbers_drawn_ahead_can_be_copied_and_stored():
    def copies(seed):
        numbers = BlockRandom(np.random.default_rng(seed))
        numbers.random()
        return [copy.deepcopy(numbers), pickle.loads(pickle.dumps(numbers))]

    firsts = [[numbers.random() for numbers in copies(seed)] for seed in (5, 5, 6)]
    # Both ways of copying go on alike and every time alike, and with numbers of their own generator.
    assert len({*firsts[0], *firsts[1]}) == 1
    assert firsts[0] != firsts[2]
    # And with new ones: none that the original has given or holds.
    assert firsts[0][0] not in np.random.default_rng(5).random(1000)
