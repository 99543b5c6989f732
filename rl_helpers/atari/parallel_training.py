"""Two cores, two consoles, one table: every worker learns for a while, then the tables are merged."""

import multiprocessing
import signal

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.breakout.learning import MeanTable, Progress, Training, new_agent
from rl_helpers.breakout.spaces import BEST
from rl_helpers.breakout.worlds import make_breakout

ROUND = 5_000  # decisions of each worker between two merges


def trained_together(space=BEST, *, n_decisions, seed, n_workers=2, on_round=None, average_last=0.4):
    """Return an agent trained by several processes at once, and its `Progress`.

    Each process has a console of its own. After every `ROUND` decisions all tables become one: an entry is
    the mean of what the workers made of it, weighted by how often each has learned it in this round. Rounds
    are counted in decisions, so the same seed gives the same table to the last bit, whatever the machine.

    Args:
        space: a `StateSpace` whose function can be sent to another process.
        n_decisions: of all workers together; rounded up to full rounds.
        seed: of the whole training.
        n_workers: how many processes.
        on_round: called with the `Progress` after every round.
        average_last: share of the training, at its end, over which the table is averaged.

    Returns:
        The agent and the `Progress`; when stopped (■, Ctrl-C), with what was learned in full rounds.

    Source:
        McDonald, Hall & Mann (2010), "Distributed training strategies for the structured perceptron", whose
        iterative parameter mixing this is.
    """
    n_workers, n_decisions = count("n_workers", n_workers), count("n_decisions", n_decisions)
    agent = new_agent(space.n_states, n_decisions, seed=seed)
    progress, mean = Progress(), MeanTable()
    workers = [_Worker(space, n_decisions, 100 * seed + number) for number in range(n_workers)]
    try:
        while progress.n_decisions < n_decisions:
            averaged = progress.n_decisions >= (1 - average_last) * n_decisions
            order = agent.q_values, agent.visits, progress.n_decisions, averaged
            for worker in workers:
                worker.send(order)
            reports = [worker.receive() for worker in workers]
            agent.q_values, agent.visits = merged(*order[:2], [report[:2] for report in reports])
            for _, _, means, scores, ends in reports:
                if means is not None:
                    mean.add(means)
                progress.scores += scores
                progress.ends += [progress.n_decisions + n_workers * end for end in ends]
            progress.n_decisions += n_workers * ROUND
            agent.n_steps = progress.n_decisions
            if on_round is not None:
                on_round(progress)
    except KeyboardInterrupt:
        pass
    finally:
        for worker in workers:
            worker.stop()
    if mean.n_tables:
        agent.q_values = mean.table
    return agent, progress


def merged(table, visits, reports):
    """Return one table and one count of visits from those of several workers.

    Args:
        table: what all of them began with, (n_states, n_actions).
        visits: how often each entry had been learned by then, same shape.
        reports: the table and the visits of each worker.

    >>> table, visits = np.array([1.0, 5.0]), np.array([10, 0])
    >>> reports = [(np.array([2.0, 5.0]), np.array([11, 0])), (np.array([4.0, 5.0]), np.array([13, 0]))]
    >>> merged(table, visits, reports)
    (array([3.5, 5. ]), array([14,  0]))
    """
    new = np.array([each - visits for _, each in reports])
    total = new.sum(axis=0)
    weighted = (new * np.array([each for each, _ in reports])).sum(axis=0)
    return np.where(total > 0, weighted / np.maximum(total, 1), table), visits + total


class _Worker:
    """A process that learns for a round whenever it is sent a table."""

    def __init__(self, space, n_decisions, seed):
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, space, n_decisions, seed), daemon=True)
        self._process.start()
        theirs.close()  # so that its end is noticed here

    def send(self, order):
        """Let it learn."""
        self._ours.send(order)

    def receive(self):
        """Return what it has learned.

        Raises:
            RuntimeError: if the process has ended.
        """
        try:
            return self._ours.recv()
        except EOFError:
            raise RuntimeError(
                "a process that learns has ended: read its message above, or use `trained`, which needs none"
            ) from None

    def stop(self):
        """End the process."""
        self._process.terminate()
        self._process.join()
        self._ours.close()


def _work(pipe, space, n_decisions, seed):
    """Learn whenever a table comes in; the stop button is for the process that asks, not for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    agent = new_agent(space.n_states, n_decisions, seed=seed)
    training = Training(make_breakout(space, for_training=True), agent, seed=seed)
    while True:
        try:
            agent.q_values, agent.visits, agent.n_steps, averaged = pipe.recv()
        except EOFError:  # the other side is gone
            return
        training.mean = MeanTable()
        first, before = len(training.progress.scores), training.progress.n_decisions
        training.run(ROUND, averaged=averaged)
        ends = [end - before for end in training.progress.ends[first:]]
        means = training.mean.table if training.mean.n_tables else None
        pipe.send((agent.q_values, agent.visits, means, training.progress.scores[first:], ends))
