"""Deep Q-learning in Breakout from pictures: a training that goes on, and the honest score after it."""

import json
from functools import partial

import numpy as np

from rl_helpers import atari
from rl_helpers.arguments import count
from rl_helpers.atari import TrainingLog
from rl_helpers.atari.many import Elsewhere, StopBetweenSteps, game_scores
from rl_helpers.breakout.field_agent import new_agent
from rl_helpers.breakout.pictures import GAME, field_view, make_breakout_games
from rl_helpers.deep.adam import AdamState
from rl_helpers.deep.many.rollout import Player
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.deep.trees import arrays, with_arrays

REFILL = 150_000
"""Decisions that are played before a training that was broken off goes on learning, so that it does not learn
from a few games alone."""

BUDGETS = {"1 min": 40_000, "5 min": 250_000, "15 min": 750_000}
"""Decisions for a time to wait, on a core that takes some 850 a second and learns from them."""

BUDGET_VARIABLE = "RL_HELPERS_BREAKOUT_PICTURES_DECISIONS"


class Training:
    """A training that goes on where it stopped, also from a file.

    Args:
        agent: of `new_agent`.
        seed: of the games.
        uses_two_cores: whether the games are played in a process of their own while the agent learns. It
            learns then from a memory that ends one step earlier, which is another training with the same
            seed, no worse and no better. In a script this needs `if __name__ == "__main__":`.

    Attributes:
        log: a `TrainingLog`, whose scores are the real ones.
    """

    def __init__(self, agent, *, seed, uses_two_cores=False):
        self.agent, self.log = agent, TrainingLog()
        self._learns_from = 0  # decisions: after a break the memory is filled before learning goes on
        make_games = partial(make_breakout_games, agent.n_envs)
        self._games = Elsewhere(make_games) if uses_two_cores else make_games()
        self._player = Player(self._games, agent, seed=seed)
        if uses_two_cores:
            self._games.meanwhile = self._learn

    def run(self, n_decisions, *, on_game=None):
        """Learn until so many decisions were taken in all.

        Args:
            n_decisions: counted from the beginning of the training, earlier parts included.
            on_game: called with the `TrainingLog` after every step in which a game was over.

        Returns:
            The `TrainingLog`. When stopped (the ■ button, Ctrl-C) the agent keeps what it has learned.
        """
        with one_thread(), StopBetweenSteps() as stop:
            while self.log.n_decisions < n_decisions and not stop.asked:
                self._step(on_game)
        return self.log

    def close(self):
        """End the games, and their process where they have one of their own."""
        self._games.close()

    def _step(self, on_game):
        _, episodes = self.agent.collect(self._player)
        self.log.n_decisions = self.agent.n_steps_of_all
        for episode in episodes:
            self.log.scores.append(episode.episode_return)
            self.log.ends.append(self.log.n_decisions)
        if getattr(self._games, "meanwhile", None) is None:
            self._learn()
        if episodes and on_game is not None:
            on_game(self.log)

    def _learn(self):
        if self.log.n_decisions >= self._learns_from:
            self.agent.learn_from_memory()

    def save(self, path, **notes):
        """Write all that was learned to a file, but not the memory of what was lived through.

        Args:
            path: of the file, which is replaced when all of it is written.
            **notes: what else is to be kept, such as seconds: what json can hold.
        """
        agent = self.agent
        numbers = [*arrays(agent.parameters), *agent.climbed.mean, *agent.climbed.square]
        about = {
            "n_decisions": agent.n_steps_of_all,
            "n_updates": agent.n_updates,
            "n_steps": agent.climbed.n_steps,
            "rng": agent.rng.bit_generator.state,
            "scores": self.log.scores,
            "ends": self.log.ends,
            "notes": notes,
        }
        named = {f"numbers_{number}": array for number, array in enumerate(numbers)}
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, about=np.array(json.dumps(about)), **named)
        unfinished.replace(path)

    def load(self, path):
        """Go on from a file that `save` has written, by an agent with the same settings; return its notes.

        The games begin anew and the memory is empty: the agent plays `REFILL` decisions before it goes on
        learning. So a training that was broken off is not the same to the bit.

        Raises:
            ValueError: if the file holds networks of other shapes.
        """
        agent = self.agent
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            numbers = [file[f"numbers_{number}"] for number in range(len(file.files) - 1)]
        n_moments = len(agent.climbed.mean)
        own = [array.shape for array in arrays(agent.parameters)]
        if own != [array.shape for array in numbers[: len(own)]]:
            raise ValueError(f"{path} holds networks of other shapes: make the agent with the same settings")
        first = len(numbers) - 2 * n_moments
        agent.parameters = with_arrays(agent.parameters, numbers[:first])
        agent.climbed = AdamState(
            numbers[first : first + n_moments], numbers[first + n_moments :], about["n_steps"]
        )
        agent.n_steps_of_all, agent.n_updates = about["n_decisions"], about["n_updates"]
        agent.rng.bit_generator.state = about["rng"]
        self.log = TrainingLog(agent.n_steps_of_all, about["scores"], about["ends"])
        self._learns_from = self.log.n_decisions + REFILL
        return about["notes"]


def trained_on_pictures(n_decisions, *, seed, on_game=None, uses_two_cores=False, **settings):
    """Return an agent trained from nothing, and its `TrainingLog`.

    Args:
        n_decisions: how long.
        seed: of everything.
        on_game: called with the `TrainingLog` whenever a game was over: give it a `LiveCurve`.
        uses_two_cores: see `Training`.
        **settings: see `new_agent`.

    Returns:
        The agent and the log; when stopped (the ■ button, Ctrl-C), with what was learned so far.
    """
    agent = new_agent(count("n_decisions", n_decisions), seed=seed, **settings)
    training = Training(agent, seed=1_000 * seed, uses_two_cores=uses_two_cores)
    log = training.run(n_decisions, on_game=on_game)
    training.close()
    return agent, log


def scores_of(agent, n_games=100, *, seed=10_000, epsilon=0.01, **console):
    """Return the scores of whole games that an agent plays, and decisions; see `game_scores`.

    Args:
        agent: of `new_agent`; it learns nothing.
        n_games: how many.
        seed: of the first game; no training uses seeds from 10,000 on with fewer than ten seeds.
        epsilon: share of actions by chance, without which a player may never serve. With 0.01 one who
            never serves waits 400 decisions each time, on average.
        **console: as `ConsoleVectorEnv` takes it. With `max_num_frames_per_episode=10_000` games are cut
            short after 2,500 decisions: quicker with a player who hardly serves, and then to be said.
    """

    def choose(observations):
        return agent.choose(agent.see(observations[None]), explore=False)[0]

    with one_thread():
        return game_scores(choose, GAME, n_games, seed=seed, epsilon=epsilon, view=field_view(), **console)


def picture_decisions(budget):
    """Return how many decisions a training from pictures takes for which one likes to wait so long.

    Where nobody watches, the environment variable `RL_HELPERS_BREAKOUT_PICTURES_DECISIONS` may say another
    number.

    >>> picture_decisions("1 min")
    40000
    """
    return atari.decisions_in(budget, BUDGETS, variable=BUDGET_VARIABLE)
