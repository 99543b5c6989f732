"""Two cores, two consoles, one table: every worker learns for a while, then the tables are merged."""

import multiprocessing
import signal

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.atari.mean_table import MeanTable
from rl_helpers.atari.training import Training, TrainingLog

ROUND = 5_000  # decisions of each worker between two merges


def trained_in_parallel(
    make_env, make_agent, *, n_decisions, seed, n_workers=2, on_round=None, average_last=0.4
):
    """Return an agent trained by several processes at once, and its `TrainingLog`.

    Each process has a console of its own. After every `ROUND` decisions all tables become one: an entry is
    the mean of what the workers made of it, weighted by how often each has learned it in this round. Rounds
    are counted in decisions, so the same seed gives the same table to the last bit, whatever the machine.

    Args:
        make_env: returns a console, as `learn` takes it. It is called in the worker, so pickle must be able
            to send it there: a function of a module, or a `functools.partial` of one.
        make_agent: returns a new agent with a table and `visits`, given `seed=`; sent there like `make_env`.
        n_decisions: of all workers together; rounded up to full rounds.
        seed: of the whole training.
        n_workers: how many processes.
        on_round: called with the `TrainingLog` after every round.
        average_last: share of the training, at its end, over which the table is averaged.

    Returns:
        The agent and the `TrainingLog`; when stopped (■, Ctrl-C), with what was learned in full rounds.

    Source:
        McDonald, Hall & Mann (2010), "Distributed training strategies for the structured perceptron", whose
        iterative parameter mixing this is.
    """
    n_workers, n_decisions = count("n_workers", n_workers), count("n_decisions", n_decisions)
    agent = make_agent(seed=seed)
    log, mean = TrainingLog(), MeanTable()
    workers = [_Worker(make_env, make_agent, 100 * seed + number) for number in range(n_workers)]
    try:
        while log.n_decisions < n_decisions:
            averaged = log.n_decisions >= (1 - average_last) * n_decisions
            order = agent.q_values, agent.visits, log.n_decisions, averaged, ROUND
            for worker in workers:
                worker.send(order)
            reports = [worker.receive() for worker in workers]
            agent.q_values, agent.visits = merged(*order[:2], [report[:2] for report in reports])
            for _, _, means, scores, ends in reports:
                if means is not None:
                    mean.add(means)
                log.scores += scores
                log.ends += [log.n_decisions + n_workers * end for end in ends]
            log.n_decisions += n_workers * ROUND
            agent.n_steps = log.n_decisions
            if on_round is not None:
                on_round(log)
    except KeyboardInterrupt:
        pass
    finally:
        for worker in workers:
            worker.stop()
    if mean.n_tables:
        agent.q_values = mean.table
    return agent, log


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

    def __init__(self, make_env, make_agent, seed):
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, make_env, make_agent, seed), daemon=True)
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
                "a process that learns has ended: read its message above, or use `learn`, which needs none"
            ) from None

    def stop(self):
        """End the process."""
        self._process.terminate()
        self._process.join()
        self._ours.close()


def _work(pipe, make_env, make_agent, seed):
    """Learn whenever a table comes in; the stop button is for the process that asks, not for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    agent = make_agent(seed=seed)
    training = Training(make_env(), agent, seed=seed)
    log = training.log
    while True:
        try:
            agent.q_values, agent.visits, agent.n_steps, averaged, n_decisions = pipe.recv()
        except EOFError:  # the other side is gone
            return
        mean, first, before = MeanTable(), len(log.scores), log.n_decisions
        training.run(n_decisions, mean if averaged else None)
        ends = [end - before for end in log.ends[first:]]
        pipe.send((agent.q_values, agent.visits, mean.table if averaged else None, log.scores[first:], ends))
