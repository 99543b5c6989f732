"""Any room, and playing in it."""

from hypothesis import strategies as st

from rl_helpers.worlds import Action

UP, RIGHT, DOWN, LEFT, SCRATCH = Action


@st.composite
def layouts(draw):
    """Any room without walls, with one post and up to four rugs."""
    n_rows, n_columns = draw(st.integers(1, 5)), draw(st.integers(2, 6))
    n_cells = n_rows * n_columns
    n_rugs = draw(st.integers(0, min(4, n_cells - 2)))
    rest = draw(
        st.lists(st.sampled_from(".CDN"), min_size=n_cells - 2 - n_rugs, max_size=n_cells - 2 - n_rugs)
    )
    cells = draw(st.permutations(["B", "P", *"R" * n_rugs, *rest]))
    return "\n".join("".join(cells[row * n_columns :][:n_columns]) for row in range(n_rows))


def play(env, *actions):
    """Do some actions and return the five values of the last one."""
    return [env.step(action) for action in actions][-1]
