"""What is trained and measured, for how long, and with which seeds."""

from rl_helpers.notebook.paths import DATA
from rl_helpers.schedules import LinearDecay
from rl_helpers.super_bob.learning import NotedGames, NumbersOnly, PixelGames, fluency, mastery
from rl_helpers.super_bob.learning.mastery import DISCOUNTS, PATIENT

FILM = DATA / "super_bob.gif"
SEEDS, PART_SEEDS = (1, 2, 3), (1, 2, 3, 4, 5)
N_GAMES = 100  # that measure a training on the way
N_LAST = 1_000  # those at its end, on the levels with a name
N_POINTS = 40  # of each curve
N_MEASURES = 20  # of each training: 100 games from Bob's own start, not counted in its seconds
MINUTES = 8_000_000  # decisions, of a training of two to three minutes on one core
NIGHTMARE = "nightmare", 20_000_000
TRAININGS = {
    ("rooftops", "nothing"): MINUTES,
    ("rooftops", "moments"): MINUTES,
    (NIGHTMARE[0], "nothing"): NIGHTMARE[1],
    (NIGHTMARE[0], "far sight"): NIGHTMARE[1],
    (NIGHTMARE[0], "dear deaths"): NIGHTMARE[1],
    (NIGHTMARE[0], "foresight"): NIGHTMARE[1],
}
"""From level, and what is left out, to decisions; with the first seed that of nothing left out ships."""
RECIPES = {"rooftops": fluency, "nightmare": mastery}


def _stages(which=slice(None), **changes):
    def replaced(stages, settings):
        stages = list(stages)
        stages[which] = [stage._replace(**changes) for stage in stages[which]]
        return stages, settings

    return replaced


LEFT_OUT = {
    "nothing": lambda stages, settings: (stages, settings),
    "far sight": lambda stages, settings: (stages, settings | {"discount": DISCOUNTS[0]}),
    "dear deaths": _stages(rewards=None),
    "foresight": _stages(observation="tiles"),
    "moments": _stages(resumes=False),
    # All episodes begin at his own start, and nothing is practised.
    "curriculum": lambda stages, settings: ([stages[0]._replace(share=1.0, starts=None)], settings),
    "cheap deaths first": _stages(slice(2), rewards={"death": PATIENT["death"]}),
    "near sight first": lambda stages, settings: (stages, settings | {"discount": DISCOUNTS[1]}),
}
"""From a part of a recipe's stages and settings to those without it."""
BEGINNINGS = "nothing", "curriculum", "cheap deaths first", "near sight first"
BEGINNING = 5_000_000  # decisions within which the nightmare is finished once, or not
UNNAMED = {100: 3, 101: 4, 102: 5}
"""From seed to difficulty: random levels of six pieces that nobody chose, learned as the rooftops are."""
EARLY = "nightmare_early", 8_000_000  # the network on the way

PART_LEVEL = {"seed": 0, "difficulty": 2, "n_pieces": 3}  # a random level: a gap of seven columns, spikes
PART_DECISIONS = 200_000
FEWER = {"n_envs": 64, "n_batches": 8}  # games, for short trainings
PART_SETTINGS = FEWER | {"curriculum": True}
WITHOUT = {
    "nothing": {},
    "new columns": {"rewards": {"column": 0}},
    "death": {"rewards": {"death": 0}},
    "flag": {"rewards": {"flag": 0}},
    "decision": {"rewards": {"decision": 0}},
    "entropy": {"entropy_weight": 0},
    "discount": {"discount": 1},
    "curriculum": {"curriculum": False},
    "tiles": {"games": NumbersOnly},
}
"""What is left out, and the settings that leave it out."""
MOST = 600  # decisions after which a game counts as not finished, for agents that stand still

VIEWS, VIEW_DECISIONS = {"tiles": NotedGames, "pixels": PixelGames}, 2_000_000
VIEW_SETTINGS = FEWER | {"n_epochs": 4, "learning_rate": LinearDecay(0.0007, 0.00003, n_steps=VIEW_DECISIONS)}
FILM_SEED = 20_000_044
