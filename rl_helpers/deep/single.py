"""One agent in one environment: what it has lived through since it learned the last time."""

import numpy as np

from rl_helpers.agents.checks import check_reward
from rl_helpers.deep.many.observations import check_observation
from rl_helpers.deep.many.rollout import Rollout


class Diary:
    """The transitions of a single agent, until there are enough to learn from.

    Args:
        agent: of one run; says by `is_enough(n_transitions, n_episodes)` when it wants to learn.
    """

    def __init__(self, agent):
        self.agent = agent
        self._forget()

    def _forget(self):
        self.steps, self.n_episodes = [], 0
        self.last_inputs = self.last_choice = self.last_state = None

    def act(self, state, explore):
        """Return the action for one state."""
        agent = self.agent
        if agent.n_runs != 1:
            raise TypeError(
                f"this agent is {agent.n_runs} runs side by side: take one of them with agent.run(0), or "
                "measure all with `evaluate_many`"
            )
        check_observation(state, agent.observation_space)
        inputs = agent.see(np.asarray(state)[None, None], learn=explore)
        choice = agent.choose(inputs, explore=explore)
        self.last_inputs, self.last_choice = inputs, choice
        action = agent.for_world(choice)[0, 0]
        return int(action) if agent.is_discrete else action

    def add(self, transition):
        """Keep a transition; learn from those before it if they are enough, and return what learning says."""
        state, action, reward, next_state, terminated = transition
        agent = self.agent
        check_reward(reward)
        check_observation(next_state, agent.observation_space)
        is_jump = self.steps and not np.array_equal(state, self.last_state)  # somebody has begun another one
        said = self.end_episode() if is_jump else self.learn_if_enough()
        if self.last_choice is None or not np.array_equal(agent.for_world(self.last_choice)[0, 0], action):
            # Somebody else has acted, or a numbering of actions has changed.
            self.last_inputs = agent.see(np.asarray(state)[None, None])
            self.last_choice = np.asarray(agent.from_world(np.asarray(action)))[None, None]
        next_inputs = agent.see(np.asarray(next_state)[None, None])
        self.steps.append(
            [
                self.last_inputs,
                self.last_choice,
                float(reward),
                next_inputs,
                bool(terminated),
                bool(terminated),
            ]
        )
        self.n_episodes += bool(terminated)
        self.last_inputs = self.last_choice = None
        self.last_state = next_state
        return said

    def end_episode(self):
        """Note that the last transition ended its episode; learn if there is enough."""
        if self.steps and not self.steps[-1][-1]:
            self.steps[-1][-1] = True
            self.n_episodes += 1
        return self.learn_if_enough()

    def learn_if_enough(self):
        """Learn if there is enough, and return what learning says, else None."""
        if not self.agent.is_enough(len(self.steps), self.n_episodes):
            return None
        inputs, actions, rewards, next_inputs, terminated, ended = zip(*self.steps, strict=True)
        self.steps, self.n_episodes = [], 0
        flags = (np.array(each)[None, None] for each in (terminated, ended, [True] * len(ended)))
        return self.agent.learn(
            Rollout(
                np.stack(inputs, axis=2),
                np.stack(actions, axis=2),
                np.array(rewards)[None, None],
                np.stack(next_inputs, axis=2),
                *flags,
            )
        )
