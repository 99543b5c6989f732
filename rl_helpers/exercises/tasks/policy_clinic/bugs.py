"""Famous bugs of policy gradients, each as the few lines in which it differs from the healthy PPO."""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from rl_helpers.deep import PPOAgent


class AdvantageNotDetached(PPOAgent):
    """PPO whose critic is moved by the policy's objective as well: A = G − V(s) is not taken as a number."""

    def learn_batch(self, inputs, actions, is_valid, old, advantages, returns):
        """Take one step uphill from a batch of samples."""
        self.old = old
        return super().learn_batch(inputs, actions, is_valid, old, advantages, returns)

    def step(self, inputs, actions, weight, rule):
        """Take one step uphill."""

        def leaks(log_probability, entropy, value):
            gradient = rule(log_probability, entropy, value)
            ratio = np.exp(log_probability - self.old)
            # ρ (G − V) grows when V falls, and an automatic gradient does not know that V is to be left alone
            return gradient._replace(value=gradient.value - ratio)

        return super().step(inputs, actions, weight, leaks)


class ClockIsTheEnd(PPOAgent):
    """PPO that takes an episode which the clock has cut off for one that is over."""

    def advantages(self, rollout):
        """Return V(s) and the advantages of a rollout's steps."""
        rollout = rollout._replace(terminated=rollout.ended)  # "terminated or truncated, it is done"
        return super().advantages(rollout)


class OldProbabilitiesAnew(PPOAgent):
    """PPO that asks for the old log-probabilities when the policy has moved already."""

    def learn_batch(self, inputs, actions, is_valid, old, advantages, returns):
        """Take one step uphill from a batch of samples."""
        old = self.log_probabilities(inputs, actions)  # of the policy as it is now, so the ratio is 1
        return super().learn_batch(inputs, actions, is_valid, old, advantages, returns)


@dataclass(frozen=True)
class Bug:
    """A bug as the clinic knows it.

    Attributes:
        name: what a diagnosis calls it.
        story: how it comes about, in a sentence.
        agent_class: the agent that has it.
        lines: the method in which it can be read.
    """

    name: str
    story: str
    agent_class: type
    lines: Callable

    @property
    def code(self):
        """The source of the method in which the bug can be read, without its docstring.

        >>> print(BUGS["takes the clock for the end"].code)
        def advantages(self, rollout):
            rollout = rollout._replace(terminated=rollout.ended)  # "terminated or truncated, it is done"
            return super().advantages(rollout)
        """
        source = textwrap.dedent(inspect.getsource(self.lines))
        kept = source.replace(f'    """{self.lines.__doc__}"""\n', "")
        return kept.strip("\n").replace(":\n\n", ":\n")


BUGS = MappingProxyType(
    {
        bug.name: bug
        for bug in (
            Bug(
                "advantage not detached",
                "the advantage is computed from V(s) where the gradient is taken, so it moves the critic too",
                AdvantageNotDetached,
                AdvantageNotDetached.step,
            ),
            Bug(
                "takes the clock for the end",
                "“terminated or truncated” is passed on as “terminated”",
                ClockIsTheEnd,
                ClockIsTheEnd.advantages,
            ),
            Bug(
                "old probabilities anew",
                "the old log-probabilities are computed again in each pass, by the present policy",
                OldProbabilitiesAnew,
                OldProbabilitiesAnew.learn_batch,
            ),
        )
    }
)
"""The three bugs by name."""
