"""Famous bugs, each as the few lines in which it differs from the healthy agent.

Every bug is there twice: for one agent, where it can be read, and for many at once (`many`), where it is
fast. They are the same agents, up to chance.
"""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import gymnasium as gym
import numpy as np

from rl_helpers.agents import QLearningAgent, SarsaAgent
from rl_helpers.exploration import epsilon_greedy


class SkipsTheLastUpdate(QLearningAgent):
    """Q-learning that learns nothing from the step that ends an episode.

    >>> agent = SkipsTheLastUpdate(2, 1)
    >>> agent.update((0, 0, 5.0, 1, True))
    0.0
    """

    def update(self, transition):
        """Learn from one `Transition`, if the episode goes on, and return the TD error."""
        *_, terminated = transition
        if terminated:
            self.n_steps += 1
            return 0.0  # "the episode is over, so there is nothing to learn"
        return super().update(transition)

    class many(QLearningAgent.many):  # noqa: N801 - the name that `train_many` asks for
        """Many runs of it at once."""

        def update(self, runs, state, action, reward, next_state, terminated):
            """Learn from one transition in each run whose episode goes on."""
            first_row = self.first_row(runs)
            td_target = self.td_target(runs, reward, first_row + next_state, terminated)
            goes_on = ~terminated
            self.learn(self.entry(first_row + state, action)[goes_on], td_target[goes_on])
            self.n_steps += 1


class ClockIsTheEnd(gym.Wrapper):
    """A world that calls an episode terminated when its time is up."""

    def step(self, action):
        """Take a step."""
        next_state, reward, terminated, truncated, info = self.env.step(action)
        return next_state, reward, terminated or truncated, truncated, info


class TakesTheClockForTheEnd(QLearningAgent):
    """Q-learning that takes a time limit for the end of life.

    A single agent is never told about the clock: its bug is in the loop, and `ClockIsTheEnd` brings it.
    """

    class many(QLearningAgent.many):  # noqa: N801
        """Many runs of it at once."""

        def update(self, runs, state, action, reward, next_state, terminated):
            """Learn from one transition in each run, and remember what it changed."""
            entry = self.entry(self.first_row(runs) + state, action)
            self.last = runs, entry, self.entries.take(entry), reward, terminated
            super().update(runs, state, action, reward, next_state, terminated)

        def end_episode(self, runs):
            """Where the clock ended the episode, learn its last step again, as if nothing could follow."""
            played, entry, before, reward, terminated = self.last
            cut_off = np.isin(played, runs) & ~terminated
            self.entries[entry[cut_off]] = before[cut_off]
            self.learn(entry[cut_off], reward[cut_off])


class CreditsAnotherAction(SarsaAgent):
    """SARSA that plays one action and updates the value of another."""

    def update(self, transition):
        """Learn from one `Transition` and return the TD error."""
        action = self.choose(transition.state)  # asked once more, so it may be another than was played
        return super().update(transition._replace(action=action))

    class many(SarsaAgent.many):  # noqa: N801
        """Many runs of it at once."""

        def update(self, runs, state, action, reward, next_state, terminated):
            """Learn from one transition in each run."""
            row = self.first_row(runs) + state
            action = self.choose_between(row, self.values(row))
            super().update(runs, state, action, reward, next_state, terminated)


class TakesTheFirstOfTheBest(QLearningAgent):
    """Q-learning whose greedy choice among equal values is always the same."""

    def choose(self, state):
        """Return an ε-greedy action."""
        if self.rng.random() < self.policy.at(self.n_steps):
            return int(self.rng.integers(self.n_actions))
        return int(self.q_values[state].argmax())  # of equal values the first

    class many(QLearningAgent.many):  # noqa: N801
        """Many runs of it at once."""

        def choose(self, row, q_values=None):
            """Return an ε-greedy action for each row of the tables."""
            explores = self.rng.random(row.size) < self.policy.at(self.n_steps)
            at_random = self.rng.integers(self.n_actions, size=row.size)
            return np.where(explores, at_random, self.values(row).argmax(axis=-1))


class StartsEpsilonOver(QLearningAgent):
    """Q-learning that counts its steps anew in each episode, so that ε never gets small."""

    def end_episode(self):
        """Get ready for the next episode."""
        self.n_steps = 0  # and ε, which falls with the number of steps, is large again

    class many(QLearningAgent.many):  # noqa: N801
        """Many runs of it at once; they share one count, so each notes where its episode began."""

        def __init__(self, agent, n_runs, rng):
            super().__init__(agent, n_runs, rng)
            self.begun = np.zeros(n_runs, dtype=int)

        def act(self, runs, state):
            """Return an ε-greedy action for each run."""
            steps = self.n_steps - self.begun.take(runs)
            epsilon = np.array([self.policy.at(step) for step in steps.tolist()])
            return epsilon_greedy(self.values(self.first_row(runs) + state), epsilon, self.rng)

        def end_episode(self, runs):
            """Begin to count anew in these runs."""
            self.begun[runs] = self.n_steps


class ChoosesTwice(SarsaAgent):
    """SARSA that chooses the next action for its target, and chooses again to play: no curve shows it."""

    def act(self, state, *, explore=True):
        """Return an action, whatever `update` has chosen."""
        self._chosen = None
        return super().act(state, explore=explore)

    class many(SarsaAgent.many):  # noqa: N801
        """Many runs of it at once."""

        def act(self, runs, state):
            """Return an action for each run, whatever `update` has chosen."""
            row = self.first_row(runs) + state
            return self.choose_between(row, self.values(row))


@dataclass(frozen=True)
class Bug:
    """A bug as the clinic knows it.

    Attributes:
        name: what a diagnosis calls it.
        story: how it comes about, in a sentence.
        agent_class: the agent that has it, for `train_many`.
        lines: the method of the single agent in which it can be read.
    """

    name: str
    story: str
    agent_class: type
    lines: Callable

    @property
    def code(self):
        """The source of the method in which the bug can be read, without its docstring.

        >>> print(BUGS["epsilon starts over"].code)
        def end_episode(self):
            self.n_steps = 0  # and ε, which falls with the number of steps, is large again
        """
        source = textwrap.dedent(inspect.getsource(self.lines))
        return source.replace(f'    """{self.lines.__doc__}"""\n', "")


BUGS = {
    bug.name: bug
    for bug in (
        Bug(
            "skips the last update",
            "update is left out on the step that ends an episode",
            SkipsTheLastUpdate,
            SkipsTheLastUpdate.update,
        ),
        Bug(
            "takes the clock for the end",
            "“terminated or truncated” is passed on as “terminated”",
            TakesTheClockForTheEnd,
            ClockIsTheEnd.step,
        ),
        Bug(
            "credits another action",
            "the policy is asked twice, once for the action to play and once for the entry to update",
            CreditsAnotherAction,
            CreditsAnotherAction.update,
        ),
        Bug(
            "takes the first of the best",
            "the greedy choice is a plain argmax, so among equal values it is always action 0",
            TakesTheFirstOfTheBest,
            TakesTheFirstOfTheBest.choose,
        ),
        Bug(
            "epsilon starts over",
            "the agent's step counter begins at 0 in each episode, and ε falls with that counter",
            StartsEpsilonOver,
            StartsEpsilonOver.end_episode,
        ),
    )
}
"""The five bugs by name."""
