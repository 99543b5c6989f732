"""The trainings whose networks ship: what they have beside `new_agent` and `curriculum`."""

from types import MappingProxyType

from rl_helpers.arguments import count
from rl_helpers.schedules import InTurn, LinearDecay
from rl_helpers.super_bob.learning.training import (
    N_GAMES,
    ROLLOUT_STEPS,
    Stage,
    curriculum,
    starts_along,
)
from rl_helpers.super_bob.rewards import REWARDS

HIDDEN = 128, 128

TENTH = MappingProxyType({name: reward / 10 for name, reward in REWARDS.items()})
"""A tenth of each reward: discounted by 0.999 they sum to about 10, and a fresh critic says about 0."""

PATIENT = MappingProxyType({"death": 6 * TENTH["death"], "decision": 2 * TENTH["decision"]})
"""What costs more in the second round. With a death so dear from the start none of five trainings came past
column 18: standing still is cheaper then. In the second round it is not, for standing for ever costs 1: 0.001
a decision, discounted by 0.999."""

DISCOUNTS = 0.995, 0.999
"""Of each round. On the nightmare Bob must wait, for up to 64 decisions, and who waits is paid later:
discounted by 0.995, what comes after 64 decisions counts 0.73 times as much, by 0.999 still 0.94 times. But
with 0.999 from the start each of five trainings finished the nightmare later than with 0.995, or not yet."""

ROUNDS = 1 / 2, 1 / 2  # of the decisions, of every training here
STEP_SIZES = (0.001, 0.0001), (0.0004, 0.00001)
ENTROPY_WEIGHTS = (0.05, 0.002), (0.01, 0.0003)
"""Of each round: both fall, and begin once more."""


def mastery(level, n_decisions: int) -> tuple[tuple[Stage, ...], dict]:
    """Return the stages of a training in two rounds, and what else `Training` is told.

    In the first round, a `curriculum`, Bob learns to run. In the second, in which a death costs more and what
    is far off counts more, he learns to wait, and practises still more what he dies of.

    Args:
        level: a name, a text map or a `Level`.
        n_decisions: of all rounds together.

    >>> stages, changes = mastery("nightmare", 1_000)
    >>> [stage.practice for stage in stages], changes["learning_rate"](500)
    ([0.0, 0.5, 0.8], 0.0004)
    """
    first, second = ROUNDS
    along, practice = (
        stage._replace(share=first / 2, observation="foresight") for stage in curriculum(level)
    )
    more = Stage(second, level, starts_along(level, own_share=0.75), 0.8, "foresight", PATIENT)
    return (along, practice, more), {
        "rewards": TENTH,
        "learning_rate": _in_turn(STEP_SIZES, n_decisions),
        "entropy_weight": _in_turn(ENTROPY_WEIGHTS, n_decisions),
        "discount": _in_turn([(discount, discount) for discount in DISCOUNTS], n_decisions),
        "hidden": HIDDEN,
    }


def fluency(level, n_decisions: int) -> tuple[tuple[Stage, ...], dict]:
    """Return the stages of a training of minutes, for levels that ask for little patience, and the settings.

    Beside `new_agent`: twice as many games, half as long from one update to the next, which makes a decision
    cheaper; twice as many passes over what was played, in batches twice as large, with steps three times as
    large and less entropy. Practice goes on from moments before deaths, and is 19 of 20 episodes: they are
    short. On the rooftops 19 of 20 games are finished then, with each of three training seeds.

    Args:
        level: a name, a text map or a `Level`.
        n_decisions: of the whole training.

    >>> stages, changes = fluency("rooftops", 1_000)
    >>> [stage.practice for stage in stages], changes["discount"](750)
    ([0.0, 0.95], 0.985)
    """
    along, practice = (stage._replace(observation="foresight") for stage in curriculum(level, 0.25, 0.95))
    dearer = {"death": 2 * REWARDS["death"]}
    return (along, practice._replace(rewards=dearer, resumes=True)), {
        "n_envs": 2 * N_GAMES,
        "rollout_steps": ROLLOUT_STEPS // 2,
        "n_epochs": 4,
        "n_batches": 8,
        "learning_rate": _in_turn(((0.003, 0.0015), (0.0015, 0.00002)), n_decisions),
        "entropy_weight": _in_turn(((0.03, 0.005), (0.005, 0.0003)), n_decisions),
        "discount": _in_turn(((0.98, 0.98), (0.98, 0.99)), n_decisions),
    }


def _in_turn(ends, n_decisions) -> InTurn:
    """Return a schedule that goes from one value to another in each round."""
    lengths = [max(1, round(share * count("n_decisions", n_decisions))) for share in ROUNDS]
    rounds = zip(ends, lengths, strict=True)
    return InTurn(*(LinearDecay(start, end, n_steps=length) for (start, end), length in rounds))
