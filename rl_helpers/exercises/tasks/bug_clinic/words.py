"""What the bug clinic's check says: why a diagnosis fits the curves, and what speaks against a wrong one."""

from types import MappingProxyType

SKIPS, CLOCK, CREDITS, FIRST, EPSILON = (
    "skips the last update",
    "takes the clock for the end",
    "credits another action",
    "takes the first of the best",
    "epsilon starts over",
)

EXPLAINED = MappingProxyType(
    {
        "Alma": (
            "yes. She learns the room as fast as the healthy agent, and in the corridor her greedy actions "
            "are as good: her table is right. But she goes on taking twice the steps that are needed, in "
            "episode 150 as in episode 40. She knows the way, and every second action is random, because ε "
            "is 0.5 again whenever an episode begins."
        ),
        "Bruno": (
            "yes. What one action brought is written down for another, so good and bad get mixed, and he is "
            "late, in the room by sixty episodes. As ε falls, both draws are mostly the greedy action, so "
            "the mix-ups get rare, and he recovers. A bug that fades by itself is the hardest to find."
        ),
        "Carla": (
            "yes. In the room the post is the only reward, and it comes with the last step. Without that "
            "update her table stays zero, and she walks by chance for ever. The corridor hides the bug: "
            "there all that she learns costs 1, and the one entry that she never touches keeps its 0, which "
            "looks best of all."
        ),
        "Dino": (
            "yes. In the room hardly an episode is cut off once he knows the way, so there he is healthy. In "
            "the corridor the clock ends most episodes. He believes that it saves him: far from home no life "
            "seems to last longer than five steps, so why walk?"
        ),
        "Elli": (
            "yes. In the room nothing is known at first, all values are equal, and the first action is up, "
            "against the wall. Only ε ever moves her, and it falls: soon she takes all 100 steps in every "
            "episode, more than chance would. In the corridor a step costs 1, so whatever she tries falls "
            "below the rest, and no tie lasts."
        ),
    }
)
"""From a patient to how the curves give the bug away."""

AGAINST = MappingProxyType(
    {
        "Alma": {
            SKIPS: (
                "who never learns the last step has no way to know where the post is, and Alma's episodes in "
                "the room become short at once."
            ),
            CLOCK: (
                "that bug shows where the clock ends most episodes, in the corridor, and there Alma's curve "
                "lies on the healthy one."
            ),
            CREDITS: (
                "mixed-up actions make learning slow, and Alma's curve falls as early as the healthy one. "
                "What differs is where it stops."
            ),
            FIRST: (
                "ties matter while nothing is known, at the beginning, and there Alma is as good as healthy. "
                "Her trouble begins later."
            ),
        },
        "Bruno": {
            SKIPS: (
                "his curve in the room begins as if nothing were learned from the post, but look at its "
                "second half: it falls."
            ),
            CLOCK: (
                "in the room few episodes of an agent that knows the way are cut off, so this bug leaves no "
                "trace there. It is in the room that Bruno is ill."
            ),
            FIRST: (
                "who always takes the same of equal values is stuck once ε is small. Bruno gets better just "
                "then."
            ),
            EPSILON: (
                "too much exploring lengthens a known way, to the last episode. Bruno's first episodes are "
                "as long as chance makes them, and his last ones are short."
            ),
        },
        "Carla": {
            CLOCK: (
                "in the room that bug leaves hardly a trace, because the post ends the episodes there. It is "
                "in the room that Carla learns nothing."
            ),
            CREDITS: (
                "mixed-up actions make learning slow, but something is learned. Carla's curve in the room "
                "never moves."
            ),
            FIRST: (
                "look at the height of her curve in the room: it lies on the dotted line. Who always takes "
                "the same of equal values gets home less often than chance."
            ),
            EPSILON: (
                "too much exploring makes a known way longer. Carla's curve in the room does not fall even a "
                "little: she does not know the way."
            ),
        },
        "Dino": {
            SKIPS: (
                "who never learns the last step never learns about the post, and in the room Dino is as good "
                "as healthy."
            ),
            CREDITS: (
                "mixed-up actions would show in the room as well, and there Dino is as good as healthy."
            ),
            FIRST: (
                "in the room all values are equal at first, and whoever takes the first of them is stuck. "
                "Dino is not."
            ),
            EPSILON: (
                "too much exploring makes the episodes in the room longer, and Dino's are as short as the "
                "healthy ones."
            ),
        },
        "Elli": {
            SKIPS: (
                "who learns nothing walks by chance, on the dotted line, and now and then finds the post. "
                "Elli's curve in the room lies above it."
            ),
            CLOCK: (
                "that bug shows where the clock ends most episodes, in the corridor, and there Elli is as "
                "good as healthy."
            ),
            CREDITS: (
                "mix-ups get rare as ε falls, and whoever makes them recovers. Elli's curve in the room "
                "never comes down."
            ),
            EPSILON: (
                "too much exploring would carry her to the post now and then. Elli gets there less often "
                "than chance would: she tries too little, not too much."
            ),
        },
    }
)
"""From a patient and a wrong diagnosis to what in the curves speaks against it."""
