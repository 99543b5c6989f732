"""What the clinic's check says: why a diagnosis fits the curves, and what speaks against a wrong one."""

from types import MappingProxyType

DETACHED, CLOCK, ANEW = "advantage not detached", "takes the clock for the end", "old probabilities anew"

EXPLAINED = MappingProxyType(
    {
        "Fritz": (
            "yes. His critic is nearly right where the clock rings late, and promises little more than half "
            "where it rings soon. For him life ends there. No place tells how far the clock has run, so his "
            "critic takes something off every place."
        ),
        "Gina": (
            "yes. Her numbers look calm: not a single ratio beyond the clip. They are all 1, for she "
            "compares the policy with itself. So nothing holds her back, ten passes lead her far from what "
            "she has seen, and she falls."
        ),
        "Hugo": (
            "yes. He learns, if more slowly where there is time to learn more, and his critic promises too "
            "little under both clocks. Each sample pulls V down, for then the advantage grows, until the "
            "critic's own error pulls up as hard."
        ),
    }
)
"""From a patient to how the curves give the bug away."""

AGAINST = MappingProxyType(
    {
        "Fritz": {
            DETACHED: (
                "who moves the critic by mistake does so under any clock. Fritz's critic is far off where "
                "the clock rings soon, and much less where it rings late."
            ),
            ANEW: (
                "compared with itself a policy never has a ratio beyond the clip. Fritz reports some, as the "
                "healthy agent does."
            ),
        },
        "Gina": {
            DETACHED: (
                "a critic that is off leaves ratios as they are, and Gina reports that none is ever beyond "
                "the clip."
            ),
            CLOCK: (
                "it does not matter to her when the clock rings: her poles fall long before that, under "
                "either."
            ),
        },
        "Hugo": {
            CLOCK: (
                "that bug needs a clock that rings. Hugo's critic promises as little where it rings late, "
                "and hardly ever cuts an episode off."
            ),
            ANEW: (
                "who has lost the clip falls, and Hugo holds the pole. Some of his ratios are beyond the "
                "clip, so they are not all 1."
            ),
        },
    }
)
"""From a patient and a wrong diagnosis to what in the curves speaks against it."""
