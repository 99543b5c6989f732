"""Random numbers drawn in blocks, for speed: without, `train` takes a quarter longer (bench learning)."""


class BlockRandom:
    """The random numbers of a generator, drawn a thousand at a time.

    `random()` gives the numbers of `rng.random()` in their order, in a fraction of the time. It stands in for
    the generator in the rules of exploration with lists. A copy goes on with new numbers.

    Args:
        rng: `np.random.Generator`; what is in the block is gone from it.

    >>> import numpy as np
    >>> BlockRandom(np.random.default_rng(0)).random() == np.random.default_rng(0).random()
    True
    """

    def __init__(self, rng):
        self.rng = rng
        self.random = _numbers(rng).__next__

    def __reduce__(self):
        return BlockRandom, (self.rng,)


def _numbers(rng):
    while True:
        yield from rng.random(1000).tolist()
