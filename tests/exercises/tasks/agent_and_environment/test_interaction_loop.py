"""The loop that notebook 01 asks for is the package's."""

from rl_helpers.exercises.checking.scripted_world import ScriptedAgent, ScriptedWorld
from rl_helpers.exercises.tasks.agent_and_environment import interaction_loop as task
from rl_helpers.training import run_episode


def test_solution_of_the_loop_does_what_run_episode_does():
    def played(loop):
        world = ScriptedWorld(([0.5, 1.0, -2.0], "truncated"))
        return loop(world, ScriptedAgent(world))

    assert played(task.interaction_loop) == played(run_episode)
