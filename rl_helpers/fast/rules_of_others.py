"""Schedules, policies and targets that were written for one agent, asked for many runs at once."""

import numpy as np

from rl_helpers.exploration import UCB, Boltzmann, EpsilonGreedy
from rl_helpers.schedules import share_at

OWN_POLICIES = (EpsilonGreedy, Boltzmann, UCB)
MOST_AHEAD = 1 << 20  # visits; a schedule is asked for as many again as are known, but for no more than these


class LearningRates:
    """The learning rates of a schedule, looked up by the number of the visit.

    A schedule is a function of one number. It is asked for many numbers ahead, at once where it takes an
    array, else one by one, and every answer serves all runs.

    Args:
        schedule: function from the number of visits, 1 for the first, to α, 0 to 1.

    >>> learning_rates = LearningRates(lambda visits: max(1 / visits, 0.1))
    >>> learning_rates(np.array([1, 2, 50]))
    array([1. , 0.5, 0.1])
    """

    def __init__(self, schedule):
        self.schedule = schedule
        self._known = np.zeros(1)  # by visit; nothing is learned at visit 0

    def __call__(self, visits):
        """Return α for each number of visits, an int array (n,).

        Raises:
            ValueError: if the schedule gives anything but a number from 0 to 1.
        """
        while True:
            try:
                return self._known.take(visits)
            except IndexError:
                self._ask()

    def _ask(self):
        """Ask the schedule for the next visits, up to the first for which it gives no learning rate.

        Nobody may come to that one: a training can be shorter than what is asked for ahead.
        """
        first = len(self._known)
        ahead = range(first, first + min(max(first, 1000), MOST_AHEAD))
        rates = self._all_at_once(np.array(ahead))
        if rates is None:
            rates = self._one_by_one(ahead)
        wrong = ~((rates >= 0) & (rates <= 1))
        if wrong.any():
            rates = rates[: wrong.argmax()]
        if not rates.size:  # the visit that has come: here the error is raised
            rates = np.array([share_at("learning_rate", self.schedule, first)])
        self._known = np.concatenate([self._known, rates])

    def _all_at_once(self, visits):
        try:
            with np.errstate(all="ignore"):  # it may be out of its range ahead
                rates = np.asarray(self.schedule(visits))
        except Exception:
            return None
        return rates.astype(float) if rates.shape == visits.shape and rates.dtype.kind in "fiub" else None

    def _one_by_one(self, visits):
        rates = []
        try:
            for number in visits:
                rates.append(share_at("learning_rate", self.schedule, number))
        except Exception:
            pass  # asked again where it is needed
        return np.array(rates, dtype=float)


def rules_for_all_runs(agent):
    """Return how an agent's policy chooses and what its probabilities are, and the agent's target.

    Those of `rl_helpers` are returned as they are. Others are asked with the same arrays, and must answer for
    every run: nothing is guessed from an answer for one.

    Args:
        agent: a single agent with a table.

    Returns:
        Three functions, with the arguments of `policy.choose`, `policy.probabilities` and `agent.target`.
    """
    policy, choose = agent.policy, agent.policy.choose
    probabilities = getattr(policy, "probabilities", None)  # most agents go without
    if type(policy) not in OWN_POLICIES or vars(policy).keys() & {"choose", "probabilities"}:
        name, n_actions = type(policy).__name__, agent.n_actions
        choose = _checked(
            choose, f"{name}.choose", lambda given, asked: _are_actions(given, asked, n_actions)
        )
        probabilities = _checked(probabilities, f"{name}.probabilities", _one_each)
    target = agent.target
    if "target" in vars(agent):
        target = _checked(target, f"target, {getattr(target, '__name__', target)!r},", _one_each_or_for_all)
    return choose, probabilities, target


def _checked(rule, name, fits):
    """Return a rule that raises where it fails, or gives what does not fit to what it was asked with."""

    def ask(asked, *arguments, **options):
        try:
            given = np.asarray(rule(asked, *arguments, **options))
            if fits(given, asked):
                return given
            problem = f"gives {given.dtype} numbers of shape {given.shape} for values of shape {asked.shape}"
        except Exception as error:
            raise TypeError(_advice(name, f"fails ({error})")) from error
        raise TypeError(_advice(name, problem))

    return ask


def _advice(name, problem):
    return (
        f"{name} {problem}, and train_many asks for all runs at once: let it take arrays with an axis over "
        "the runs before that over the actions, and answer for each run; or use `train`, in a loop over seeds"
    )


def _are_actions(given, asked, n_actions):
    is_action = given.dtype.kind in "iu" and given.shape == asked.shape[:-1]
    return is_action and bool(((given >= 0) & (given < n_actions)).all())


def _one_each(given, asked):
    return given.shape == asked.shape


def _one_each_or_for_all(given, asked):
    return given.shape in ((), np.shape(asked))
