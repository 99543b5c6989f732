"""The one page that all notebooks are tabs of, and how each of them is run there."""

from typing import NamedTuple

import nbformat

from tests.notebooks.kernels import BINDER_MEGABYTES, Run, note_of
from tests.notebooks.nbval import differences
from tools.bench.notebooks import PeakMemory
from tools.notebooks import build, execution, rules

BUILT = sorted(build.BUILT.glob("*.ipynb"))
TRAINING = [
    "import tqdm.auto; del tqdm.auto.tqdm.__init__\n"  # by which the kernel guard switches bars off
    "import gymnasium as gym, rl_helpers\n"
    "from rl_helpers.agents import QLearningAgent\n"
    "from rl_helpers.training import train\n"
    "room, bob = gym.make('Bob/Room-v0'), QLearningAgent(96, 5)",
    "history = train(room, bob, n_episodes=10**7, seed=0, progress=True)",
    "print(len(history.returns) > 0, bool(bob.q_values.any()))",
    "learned = bob.q_values.copy()\n"
    "more = train(room, bob, n_episodes=20, seed=1)\n"
    "print(len(more.returns), bool((learned != bob.q_values).any()), bool(bob.q_values[learned > 0].all()))",
]
ACCEPT = ".jp-Dialog .jp-mod-accept"
NOTEBOOK_SECONDS = 500  # a limit, for a notebook that hangs


class Course(NamedTuple):
    """What notebooks are opened with, and the page they are opened in.

    Attributes:
        station: a `Station`.
        lab: its `Lab`.
        environment: the variables of its kernels.
        idle: the process of the kernel that waits in the page's first tab.
    """

    station: object
    lab: object
    environment: dict
    idle: int

    def run(self, path, folder, session, most_megabytes=BINDER_MEGABYTES):
        """Run all cells of a notebook, as a learner does, in a kernel such as Binder has; return a `Run`.

        The Jupyter server's memory counts, too. The tab stays open.

        Args:
            path: of the stored notebook.
            folder: an empty one.
            session: pytest's.
            most_megabytes: at which the kernel is ended.
        """
        copy, name = self.station.put(blank(path, folder))
        memory, failures = PeakMemory(most=most_megabytes), []
        self.lab.open(copy, name)
        try:
            kernel = note_of(self.environment, copy.parent)["pid"]
            if kernel is None:
                raise RuntimeError("the kernel has not noted its process: did its start-up files run?")
            memory.watch(self.station.server.pid, without=[self.idle], ends=kernel)
            self.lab.run_all(timeout=NOTEBOOK_SECONDS)
            self.lab.settle()
        except (TimeoutError, RuntimeError) as error:
            failures.append(f"{path.stem}: {error}")
        finally:
            memory.stop()
        note = note_of(self.environment, copy.parent)
        if memory.exceeded:
            self.lab.page.locator(ACCEPT).click(timeout=30_000)  # that the kernel starts anew
            names = [name for name, _ in rules.code_cells(nbformat.read(path, as_version=4))]
            failures = [f"{path.stem}, {names[len(note['cells'])]}: ended at {most_megabytes} MB"]
        else:
            self.lab.save()
            ran = nbformat.read(copy, as_version=4)
            failures += differences(path, ran, session)
            failures += too_slow(path, ran, note["cells"])
        took = memory.megabytes, memory.exceeded, note["first_cell"]
        return Run(path.stem, failures, *took, self.lab, note["words"])

    def close(self, notebook):
        """Close the tab of a notebook, the path of its copy, and end its kernel."""
        self.lab.open(notebook, notebook.relative_to(self.station.server.root).as_posix())
        self.lab.close()


def blank(path, folder):
    """Write a notebook without its outputs to a folder; return its path.

    What is there after the run came out of it, and the page need not draw everything twice.
    """
    notebook = nbformat.read(path, as_version=4)
    for _, cell in rules.code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, folder / path.name)
    return folder / path.name


def too_slow(path, ran, seconds):
    """Yield which cells took longer than a cell may."""
    for (name, _), each in zip(rules.code_cells(ran), seconds, strict=False):
        if each > execution.CELL_SECONDS:
            yield f"{path.stem}, {name}: took {each:.0f} s, {execution.CELL_SECONDS} at most"
