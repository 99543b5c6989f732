"""Exercise of notebook 03: rewards under which the best that Bob can do is what was wanted."""

import functools
import re
from collections.abc import Mapping

import gymnasium as gym

from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake
from rl_helpers.planning import value_iteration
from rl_helpers.worlds.dynamics import check_rewards
from rl_helpers.worlds.greedy_episode import describe_episode


def repair_the_reward(discount):
    """Return rewards under which the best policy takes the treat from the rug and then scratches the post."""
    # Napping for ever is then worth 0.1 treats, whatever the discount.
    return {"cushion": 0.1 * (1 - discount)}


WANTED = "rug, then post"
DETOUR = 5  # steps by which the way over the rug is longer


@functools.lru_cache(maxsize=64)
def _best_deeds(rewards, discount):
    """Return what Bob does under the exact best policy; rewards as a tuple of pairs."""
    room = gym.make("Bob/Room-v0", rewards=dict(rewards))
    return describe_episode(room, value_iteration(room, discount))


def _observe(rewards, discount):
    """Return what Bob does with these rewards; raise `Mistake`, which says it, if it was not wanted."""
    if rewards is None:
        return None
    rewards = _checked(rewards)
    done = _best_deeds(tuple(sorted(rewards.items())), discount)
    if done != WANTED:
        raise Mistake(
            f"with γ = {discount} the best that Bob can do is: {done}. {_why(rewards, discount, done)}"
        )
    if rewards["cushion"] <= 0:
        less = "nothing" if rewards["cushion"] == 0 else "less than nothing"
        raise Mistake(
            f"Bob does go to the rug and then to the post, but the cushion earns {less}, and it has to stay "
            "a treat: give it a reward above 0, small enough"
        )
    return done


def _checked(rewards):
    """Return all rewards by name, or raise `Mistake` if they cannot be used."""
    if not isinstance(rewards, Mapping):
        raise Mistake(
            f"{describe(rewards, 60)} came, and a dictionary is expected, from names to numbers, such as "
            '`{"cushion": 0.5}`'
        )
    try:
        return check_rewards(rewards)
    except OverflowError:
        raise Mistake("one of the rewards is more than a float can hold: give finite numbers") from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def _why(rewards, discount, done):
    """Return the sentence that explains what Bob does, without its full stop."""
    step = rewards["step"]
    thing = "".join(re.findall(r"(\w+) \d+ times until", done))
    if done.endswith("until the time is up") and step > rewards.get(thing, 0):
        return "Every step as such is a treat: whoever ends the episode gives away all that would come"
    if thing:
        each = rewards[thing] + step
        return (
            f"For ever, {each:.3g} a time is worth {each:.3g} / (1 − γ) = {each / (1 - discount):.3g}, more "
            "than ending the episode at the post"
        )
    if done.endswith("until the time is up"):
        return "Ending the episode at the post brings nothing that would be worth the way: raise its reward"
    if done.endswith("drapes"):
        if rewards["drapes"] > 0:
            return "The drapes are a treat: look at the sign, or the size, of their reward"
        return "Every step is so dear that he ends the misery where it is cheapest, and that is not the post"
    if done == "post":
        return (
            f"The way over the rug is {DETOUR} steps longer, and its treat does not pay for them: each of "
            "them delays the post and costs whatever a step costs"
        )
    return "Look at what each thing brings him there, and how often"


exercise = Exercise(
    notebook="03",
    place=3,
    solution=repair_the_reward,
    cases=(Case(0.95, expected=WANTED), Case(0.9, expected=WANTED), Case(0.99, expected=WANTED)),
    observe=_observe,
    mistakes=(
        (
            print,
            "the function returns None: end it with `return` and the dictionary; printing is not enough.",
        ),
    ),
    hint="a dictionary such as {'cushion': 0.5} is expected, with a small reward for the cushion.",
)
