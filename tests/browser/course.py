"""The one page that all notebooks are tabs of."""

from tools.notebooks import build

BUILT = sorted(build.BUILT.glob("*.ipynb"))
LONG = ("04", "05", "06")  # start first, so that two cores have something to do
TRAINING = [
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


class Course:
    """The page, and for each notebook its copy and the number of its run."""

    def __init__(self, station, lab):
        self.station, self.lab = station, lab
        self.copies, self.runs = {}, {}

    def bring(self, path):
        """Open a notebook, or bring it forward."""
        if path not in self.copies:
            self.copies[path] = self.station.put(path)
        self.lab.open(*self.copies[path])

    def run(self, path):
        """Open a notebook and run all its cells, in the background."""
        self.bring(path)
        self.runs[path] = self.lab.start_all()
