"""Training counted in decisions, not in episodes or seconds: it ends in the middle of a game if need be."""

from dataclasses import dataclass, field

from rl_helpers.arguments import count
from rl_helpers.atari.mean_table import MeanTable
from rl_helpers.training import Transition


@dataclass
class TrainingLog:
    """What a training has brought so far.

    Attributes:
        n_decisions: decisions taken so far.
        scores: points of each finished game, the real ones.
        ends: decisions taken when each of these games was over, as many as `scores`.
    """

    n_decisions: int = 0
    scores: list = field(default_factory=list)
    ends: list = field(default_factory=list)


def learn(env, agent, n_decisions, *, seed=None, on_game=None, average_last=0.4):
    """Let an agent learn for a number of decisions.

    Decisions, not seconds: the same seed gives the same table to the last bit, however fast the machine is.

    Args:
        env: a game whose real `scores` are kept by the wrapper `Scores`.
        agent: has `act`, `update` and `end_episode`; it is changed in place.
        n_decisions: when to stop, also in the middle of a game.
        seed: seeds the environment once, before the first game.
        on_game: called with the `TrainingLog` after every game, to draw it.
        average_last: share of the training, at its end, over which the table is averaged. Every single table
            is a little wrong somewhere, because each step moves an entry by chance; their mean is less so.

    Returns:
        The `TrainingLog`. When stopped (the ■ button, Ctrl-C) it holds the games finished so far, and the
        agent keeps what it has learned.
    """
    n_decisions = count("n_decisions", n_decisions)
    n_alone = int((1 - average_last) * n_decisions)
    training, mean = Training(env, agent, seed=seed, on_game=on_game), MeanTable()
    try:
        training.run(n_alone)
        training.run(n_decisions - n_alone, mean if hasattr(agent, "q_values") else None)
    except KeyboardInterrupt:
        pass
    if mean.n_tables:
        agent.q_values = mean.table
    return training.log


class Training:
    """A training that goes on where it stopped.

    Args:
        env, agent, seed, on_game: see `learn`.

    Attributes:
        log: a `TrainingLog`.
    """

    def __init__(self, env, agent, *, seed=None, on_game=None):
        self.agent, self.on_game, self.log = agent, on_game, TrainingLog()
        self._steps = _learning(env, agent, seed)
        self._scores = env.get_wrapper_attr("scores")
        self._first = len(self._scores)

    def run(self, n_decisions, mean=None):
        """Learn for a number of decisions.

        Args:
            n_decisions: how many.
            mean: a `MeanTable` that gets the agent's table after every episode, and at the end.
        """
        for left in reversed(range(n_decisions)):
            is_over = next(self._steps)
            self.log.n_decisions += 1
            if is_over or not left:
                if mean is not None:
                    mean.add(self.agent.q_values)
                self._note_game()

    def _note_game(self):
        log = self.log
        if len(self._scores) > self._first + len(log.scores):
            log.scores.append(self._scores[-1])
            log.ends.append(log.n_decisions)
            if self.on_game is not None:
                self.on_game(log)


def _learning(env, agent, seed):
    """Learn one decision each time that it is asked to go on; yield whether that ended the episode."""
    while True:
        state, _ = env.reset(seed=seed)
        seed, is_over = None, False
        while not is_over:
            action = agent.act(state)
            next_state, reward, terminated, truncated, _ = env.step(action)
            agent.update(Transition(state, action, reward, next_state, terminated))
            state, is_over = next_state, terminated or truncated
            if is_over:
                agent.end_episode()
            yield is_over
