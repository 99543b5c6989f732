"""Many runs at once: a hundred agents learn by one NumPy operation.

Start with `train_many.py`.

Nothing here is needed to understand an algorithm: that is in `agents`. Here the same rules of `updates` are
applied to a hundred agents by one NumPy operation, for curves that are means over many runs.

Words, the same in all modules of this folder:

- **run**: one agent in one world of its own. Runs have numbers from 0; `runs` is an array (n,) with the
  numbers of those that still play, each once, and all other arrays (n,) belong to them in this order.
- **time step**: all runs that still play take theirs together.
- **table**: the values of all runs in one array (n_actions, n_columns): the values of one action lie side by
  side, because NumPy finds the best of a few actions faster that way.
- **column**: the place of one state of one run in the table, `run * n_states + state`. It holds Q(s, ·).
- **entry**: the place of one Q(s, a) of one run in the flat table, `action * n_columns + column`.
- **twin**: the class that does for many runs what an agent class does for one. `TWINS` says which is whose.
- **copies**: as many independent copies of a world as there are runs, stepped together (`WorldCopies`).
- **block**: random numbers for many time steps, drawn by one call of the generator.
"""

from rl_helpers.fast.twins import TWINS

__all__ = ["TWINS"]
