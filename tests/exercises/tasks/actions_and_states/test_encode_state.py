"""State numbers of notebook 02, there and back, are those of the worlds."""

import gymnasium as gym
import numpy as np

from rl_helpers.exercises.tasks.actions_and_states.decode_state import decode_state
from rl_helpers.exercises.tasks.actions_and_states.encode_state import encode_state


def test_solutions_number_states_as_room_and_taxi_do():
    room = gym.make("Bob/Room-v0", layout="two_rugs").unwrapped
    taxi = gym.make("Taxi-v4").unwrapped
    for world, sizes in ((room, [room.n_rows, room.n_columns, 2, 2]), (taxi, [5, 5, 5, 4])):
        for values in np.ndindex(*sizes):
            state = encode_state(values, sizes)
            assert state == world.encode(*values)
            assert decode_state(state, sizes) == list(values) == list(world.decode(state))
