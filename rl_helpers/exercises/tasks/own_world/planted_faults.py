"""Exercise of notebook 09: which of three worlds has which fault."""

from rl_helpers.exercises.tasks.diagnosis import Diagnosis
from rl_helpers.exercises.tasks.own_world.examination import PATIENTS
from rl_helpers.exercises.tasks.own_world.faults import FAULTS

HIDES, WISHES, NOON, SIGN = "hides the wind", "pays for wishes", "ends at noon", "has the wrong sign"

EXPLAINED = {
    "Anna": (
        "yes. The agents are paid what they earn, and their days are whole. But two kinds of days look the "
        "same to them, so one row has to serve both, and the curve stops below the best, however long they "
        "train."
    ),
    "Boris": (
        "yes. The agents are paid more than the best battery can earn: so the reward counts something else. "
        "In the sound world the same tables earn less than half: there an empty battery sells nothing."
    ),
    "Clara": (
        "yes. In the morning her agents are as good as those of the sound world, and from noon on they earn "
        "nothing. The rows of the afternoon were never visited: they still hold the zeros they began with."
    ),
}
"""From a world to how the curves give its fault away."""

AGAINST = {
    "Anna": {
        WISHES: "then the agents would be paid more than they earn, and Anna's are paid less than the best.",
        NOON: "then nothing would be earned after noon, and Anna's agents earn most in the evening.",
        SIGN: "then the tables would lose money in the sound world, and Anna's earn some.",
    },
    "Boris": {
        HIDES: "what is not seen makes the agents earn less. It cannot pay them more than there is to earn.",
        NOON: "half a day pays less than a whole one. Boris's agents are paid more than the best.",
        SIGN: "then the tables would lose money in the sound world, and Boris's earn some.",
    },
    "Clara": {
        HIDES: "then the mornings would suffer as well, and Clara's are as good as those of the sound world.",
        WISHES: "then the agents would be paid more than they earn, and Clara's are paid less.",
        SIGN: "then the tables would lose money in the sound world, and Clara's earn well in the morning.",
    },
}
"""From a world and a wrong diagnosis to what in the curves speaks against it."""

exercise = Diagnosis(
    "planted_faults",
    "09",
    2,
    {who: fault.name for who, fault in PATIENTS.items()},
    FAULTS,
    explained=EXPLAINED,
    against=AGAINST,
    once="each of the three has a fault of their own.",
    patient="world",
    bug="fault",
)
