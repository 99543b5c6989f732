"""Worlds made of a table, for tests: drawn at random, and their exact values by plain linear algebra."""

import gymnasium as gym
import numpy as np
from hypothesis import strategies as st


class World(gym.Env):
    """A world made of a table `P`; every state is as likely a start as any other."""

    def __init__(self, table, start=None):
        self.P = table
        self.initial_state_distrib = np.full(len(table), 1 / len(table)) if start is None else start
        self.observation_space = gym.spaces.Discrete(len(table))
        self.action_space = gym.spaces.Discrete(len(table[0]))

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.state = int(self.np_random.choice(len(self.P), p=self.initial_state_distrib))
        return self.state, {}

    def step(self, action):
        outcomes = self.P[self.state][action]
        drawn = self.np_random.choice(len(outcomes), p=[outcome[0] for outcome in outcomes])
        _, self.state, reward, terminated = outcomes[drawn]
        return self.state, reward, terminated, False, {}


@st.composite
def random_worlds(draw, *, most_outcomes=3):
    """Draw a small world; with `most_outcomes=1` it has no chance in it."""
    n_states, n_actions = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def outcomes():
        n_outcomes = int(rng.integers(1, most_outcomes + 1))
        probabilities = rng.dirichlet(np.ones(n_outcomes))
        return [
            (float(p), int(rng.integers(n_states)), float(rng.normal()), bool(rng.random() < 0.3))
            for p in probabilities
        ]

    return World({s: {a: outcomes() for a in range(n_actions)} for s in range(n_states)})


def values_of_policy(world, policy, discount):
    """Return V of a deterministic policy: its Bellman equation as a linear system, from the table."""
    n_states = len(world.P)
    matrix, rewards = np.eye(n_states), np.zeros(n_states)
    for state in range(n_states):
        for probability, next_state, reward, terminated in world.P[state][policy[state]]:
            rewards[state] += probability * reward
            if not terminated:
                matrix[state, next_state] -= discount * probability
    return np.linalg.solve(matrix, rewards)


def values_of_random_walk(world, discount):
    """Return Q of the policy that takes every action with equal probability, (n_states, n_actions)."""
    n_states, n_actions = len(world.P), len(world.P[0])
    matrix, rewards = np.eye(n_states * n_actions), np.zeros(n_states * n_actions)
    for state, actions in world.P.items():
        for action, outcomes in actions.items():
            pair = state * n_actions + action
            for probability, next_state, reward, terminated in outcomes:
                rewards[pair] += probability * reward
                if not terminated:
                    following = slice(next_state * n_actions, (next_state + 1) * n_actions)
                    matrix[pair, following] -= discount * probability / n_actions
    return np.linalg.solve(matrix, rewards).reshape(n_states, n_actions)
