"""Famous bugs, each as the few lines in which it differs from the healthy agent.

These are to be read; `twins` has the same bugs for many runs at once.
"""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import gymnasium as gym

from rl_helpers.agents import QLearningAgent


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


class CreditsAnotherAction(QLearningAgent):
    """Q-learning that plays one action and updates the value of another."""

    def update(self, transition):
        """Learn from one `Transition` and return the TD error."""
        action = self.choose(transition.state)  # asked once more, so it may be another than was played
        return super().update(transition._replace(action=action))


class TakesTheFirstOfTheBest(QLearningAgent):
    """Q-learning whose greedy choice among equal values is always the same."""

    def choose(self, state):
        """Return an ε-greedy action."""
        if self.rng.random() < self.policy.at(self.n_steps):
            return int(self.rng.integers(self.n_actions))
        return int(self.q_values[state].argmax())  # of equal values the first


class StartsEpsilonOver(QLearningAgent):
    """Q-learning that counts its steps anew in each episode, so that ε never gets small."""

    def end_episode(self):
        """Get ready for the next episode."""
        self.n_steps = 0  # and ε, which falls with the number of steps, is large again


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


BUGS = MappingProxyType(
    {
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
)
"""The five bugs by name."""
