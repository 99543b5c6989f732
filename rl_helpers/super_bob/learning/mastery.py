"""The training whose networks ship: what it has beside `new_agent` and `curriculum`."""

from types import MappingProxyType

from rl_helpers.arguments import count
from rl_helpers.schedules import InTurn, LinearDecay
from rl_helpers.super_bob.learning.training import Stage, curriculum, starts_along
from rl_helpers.super_bob.rewards import REWARDS

SETTINGS = MappingProxyType({"hidden": (128, 128), "discount": 0.995})
"""On the nightmare Bob must wait, for up to 64 decisions, and who waits is paid later: discounted by 0.98,
what comes after 64 decisions counts 0.27 times as much, by 0.995 still 0.73 times."""

TENTH = MappingProxyType({name: reward / 10 for name, reward in REWARDS.items()})
"""A tenth of each reward: discounted by 0.995 they sum to some 50, and a fresh critic says about 0."""

ROUNDS = 10 / 19, 5 / 19, 4 / 19  # of the decisions
STEP_SIZES = (0.001, 0.00001), (0.0004, 0.00001), (0.0006, 0.00001)
ENTROPY_WEIGHTS = (0.05, 0.0005), (0.01, 0.0003), (0.02, 0.0003)
"""Of each round: both fall, and begin once more."""


def mastery(level, n_decisions: int) -> tuple[tuple[Stage, ...], dict]:
    """Return the stages of a training in three rounds, and what else `Training` is told.

    The first round is a `curriculum`. In the second Bob practises still more what he dies of, and in the
    third he is told more of what moves.

    Args:
        level: a name, a text map or a `Level`.
        n_decisions: of all rounds together.

    >>> stages, changes = mastery("nightmare", 1_900)
    >>> [stage.practice for stage in stages], changes["learning_rate"](1_000)
    ([0.0, 0.5, 0.8, 0.8], 0.0004)
    """
    first, second, third = ROUNDS
    along, practice = (stage._replace(share=first / 2) for stage in curriculum(level))
    more = Stage(second, level, starts_along(level, own_share=0.75), 0.8)
    stages = along, practice, more, more._replace(share=third, observation="foresight")
    lengths = [max(1, round(share * count("n_decisions", n_decisions))) for share in ROUNDS]

    def falls(ends):
        rounds = zip(ends, lengths, strict=True)
        return InTurn(*(LinearDecay(start, end, n_steps=length) for (start, end), length in rounds))

    changes = {"rewards": TENTH, "learning_rate": falls(STEP_SIZES), "entropy_weight": falls(ENTROPY_WEIGHTS)}
    return stages, changes | SETTINGS
