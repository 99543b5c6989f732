"""States as numbers: where Bob is and which treats are left, in one integer."""

from rl_helpers.worlds.maps.layouts import Layout

Outcome = tuple[float, int, float, bool]
"""What can follow: (probability, next state, reward, terminated)."""

Model = dict[int, dict[int, list[Outcome]]]
"""`model[state][action]`: the outcomes, whose probabilities sum to 1, as in Gymnasium's toy-text worlds."""


def encode(layout: Layout, row: int, column: int, treats_left: tuple[int, ...] = ()) -> int:
    """Return the number of a state: (row × n_columns + column) × 2^n_rugs + treats left, read in binary."""
    state = row * layout.n_columns + column
    for treat in treats_left:
        state = 2 * state + treat
    return state


def decode(layout: Layout, state: int) -> tuple[int, ...]:
    """Return (row, column, treat left on each rug) of a state: the inverse of `encode`."""
    treats_left = []
    for _ in layout.rugs:
        state, treat = divmod(state, 2)
        treats_left.insert(0, treat)
    return *divmod(state, layout.n_columns), *treats_left
