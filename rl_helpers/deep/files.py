"""Saving what an agent has learned, and going on from there: NumPy's npz files, without pickle."""

import zipfile

import numpy as np

from rl_helpers.deep.statistics import Moments
from rl_helpers.deep.trees import arrays, with_arrays


def save(agent, path):
    """Write the parameters of an agent, all its runs, to a file; what Adam remembers is left out.

    Args:
        agent: of `rl_helpers.deep`.
        path: of the file, mostly with the ending .npz, which is not added.
    """
    moments = () if agent.moments is None else agent.moments
    named = {f"parameters_{number}": array for number, array in enumerate(arrays(agent.parameters))}
    named |= {f"moments_{number}": array for number, array in enumerate(moments)}
    with open(path, "wb") as file:
        np.savez(file, agent=np.array(type(agent).__name__), **named)


def load(agent, path):
    """Give an agent the parameters in a file.

    Args:
        agent: made with the same class, spaces, hidden layers and number of runs as the one that was saved.
        path: of the file.

    Raises:
        ValueError: if the file is none that `save` has written, or holds another network; the agent stays as
            it was.
    """
    named = _read(path)
    kind = str(named.pop("agent", "no agent"))
    if kind != type(agent).__name__:
        raise ValueError(
            f"{path} holds {kind}, and this is a {type(agent).__name__}: make the same agent first"
        )
    moments = () if agent.moments is None else agent.moments
    own = {f"parameters_{number}": array for number, array in enumerate(arrays(agent.parameters))}
    own |= {f"moments_{number}": array for number, array in enumerate(moments)}
    shapes, wanted = ({name: array.shape for name, array in each.items()} for each in (named, own))
    if shapes != wanted:
        raise ValueError(
            f"{path} holds another network, arrays of the shapes {list(shapes.values())}, expected "
            f"{list(wanted.values())}: make the agent with the same spaces, hidden layers, number of runs "
            "and the same standardising of observations"
        )
    if not all(np.isfinite(array).all() for array in named.values()):
        raise ValueError(
            f"{path} holds numbers that are not finite: train again and save before that happens"
        )
    read = [array.astype(own[name].dtype) for name, array in named.items()]
    n_parameters = len(read) - len(moments)
    agent.parameters = with_arrays(agent.parameters, read[:n_parameters])
    if moments:
        agent.moments = Moments(*read[n_parameters:])
    agent.forget_steps()


def _read(path):
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, zipfile.BadZipFile, EOFError, AttributeError, TypeError) as error:
        raise ValueError(f"{path} is no file that `save` has written: {error}") from error
