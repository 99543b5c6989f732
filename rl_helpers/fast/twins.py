"""Which class learns in many runs what an agent class learns in one."""

from rl_helpers import agents
from rl_helpers.fast.double_q_learning import ManyDoubleQLearning
from rl_helpers.fast.dyna_q import ManyDynaQ, ManyDynaQPlus
from rl_helpers.fast.monte_carlo import ManyMonteCarlo
from rl_helpers.fast.q_learning import ManyQLearning
from rl_helpers.fast.sarsa import ManyExpectedSarsa, ManySarsa

TWINS = {
    agents.QLearningAgent: ManyQLearning,
    agents.SarsaAgent: ManySarsa,
    agents.ExpectedSarsaAgent: ManyExpectedSarsa,
    agents.DoubleQLearningAgent: ManyDoubleQLearning,
    agents.MonteCarloAgent: ManyMonteCarlo,
    agents.DynaQAgent: ManyDynaQ,
    agents.DynaQPlusAgent: ManyDynaQPlus,
}
"""From an agent class to its twin. A subclass is another agent, and needs a twin of its own."""


class NoTwinError(TypeError):
    """Nothing learns in many runs at once as an agent class does in one."""


def twin_of(agent_class):
    """Return the twin of an agent class.

    Raises:
        NoTwinError: if it has none.

    >>> twin_of(agents.SarsaAgent).__name__
    'ManySarsa'
    >>> twin_of(agents.RandomAgent)
    Traceback (most recent call last):
    ...
    rl_helpers.fast.twins.NoTwinError: RandomAgent has no twin that learns in many runs at once: ...
    """
    try:
        return TWINS[agent_class]
    except KeyError:
        raise NoTwinError(
            f"{agent_class.__name__} has no twin that learns in many runs at once: use `train`, or give an "
            "agent of `rl_helpers.agents` another `target`, or say with `twin` which class learns like it"
        ) from None
