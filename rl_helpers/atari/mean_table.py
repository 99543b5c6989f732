"""The mean of all tables of a training's last part, which is less wrong than any one of them."""


class MeanTable:
    """The mean of tables that come one after the other.

    >>> import numpy as np
    >>> mean = MeanTable()
    >>> for table in ([0.0, 1.0], [2.0, 1.0]):
    ...     mean.add(np.array(table))
    >>> mean.table
    array([1., 1.])

    Source:
        Polyak & Juditsky (1992), "Acceleration of stochastic approximation by averaging".
    """

    def __init__(self):
        self.table = 0.0
        self.n_tables = 0

    def add(self, table):
        """Take one more table into the mean."""
        self.n_tables += 1
        self.table = self.table + (table - self.table) / self.n_tables
