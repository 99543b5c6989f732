"""The algorithms as every tutorial writes them: a NumPy table, `np.argmax`, one step after the other.

What `train_many` is measured against. Each returns the number of time steps that it took.
"""

import numpy as np


def choose(q_values, state, epsilon, rng, env):
    """Return a random action with probability ε, else the first of the best."""
    return env.action_space.sample() if rng.random() < epsilon else np.argmax(q_values[state])


def q_learning(env, n_episodes, seed, learning_rate, discount, epsilon):
    """Q-learning."""
    rng, q_values, n_steps = *_begin(env, seed), 0
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        over = False
        while not over:
            action = choose(q_values, state, epsilon, rng, env)
            next_state, reward, terminated, truncated, _ = env.step(action)
            target = reward + discount * np.max(q_values[next_state]) * (not terminated)
            q_values[state, action] += learning_rate * (target - q_values[state, action])
            state = next_state
            over = terminated or truncated
            n_steps += 1
    return n_steps


def sarsa(env, n_episodes, seed, learning_rate, discount, epsilon):
    """SARSA."""
    rng, q_values, n_steps = *_begin(env, seed), 0
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        action = choose(q_values, state, epsilon, rng, env)
        over = False
        while not over:
            next_state, reward, terminated, truncated, _ = env.step(action)
            next_action = choose(q_values, next_state, epsilon, rng, env)
            target = reward + discount * q_values[next_state, next_action] * (not terminated)
            q_values[state, action] += learning_rate * (target - q_values[state, action])
            state, action = next_state, next_action
            over = terminated or truncated
            n_steps += 1
    return n_steps


def expected_sarsa(env, n_episodes, seed, learning_rate, discount, epsilon):
    """Expected SARSA."""
    rng, q_values, n_steps = *_begin(env, seed), 0
    n_actions = q_values.shape[1]
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        over = False
        while not over:
            action = choose(q_values, state, epsilon, rng, env)
            next_state, reward, terminated, truncated, _ = env.step(action)
            policy = np.full(n_actions, epsilon / n_actions)
            policy[np.argmax(q_values[next_state])] += 1 - epsilon
            target = reward + discount * np.dot(policy, q_values[next_state]) * (not terminated)
            q_values[state, action] += learning_rate * (target - q_values[state, action])
            state = next_state
            over = terminated or truncated
            n_steps += 1
    return n_steps


def double_q_learning(env, n_episodes, seed, learning_rate, discount, epsilon):
    """Double Q-learning."""
    rng, first, n_steps = *_begin(env, seed), 0
    second = np.zeros_like(first)
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        over = False
        while not over:
            both = first[state] + second[state]
            action = env.action_space.sample() if rng.random() < epsilon else np.argmax(both)
            next_state, reward, terminated, truncated, _ = env.step(action)
            learns, advises = (first, second) if rng.random() < 0.5 else (second, first)
            value = advises[next_state, np.argmax(learns[next_state])]
            target = reward + discount * value * (not terminated)
            learns[state, action] += learning_rate * (target - learns[state, action])
            state = next_state
            over = terminated or truncated
            n_steps += 1
    return n_steps


def dyna_q(env, n_episodes, seed, learning_rate, discount, epsilon, planning_steps=5):
    """Dyna-Q."""
    rng, q_values, n_steps = *_begin(env, seed), 0
    model, pairs = {}, []
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        over = False
        while not over:
            action = choose(q_values, state, epsilon, rng, env)
            next_state, reward, terminated, truncated, _ = env.step(action)
            target = reward + discount * np.max(q_values[next_state]) * (not terminated)
            q_values[state, action] += learning_rate * (target - q_values[state, action])
            if (state, action) not in model:
                pairs.append((state, action))
            model[state, action] = reward, next_state, terminated
            for _ in range(planning_steps):
                pair = pairs[rng.integers(len(pairs))]
                imagined_reward, following, ended = model[pair]
                target = imagined_reward + discount * np.max(q_values[following]) * (not ended)
                q_values[pair] += learning_rate * (target - q_values[pair])
            state = next_state
            over = terminated or truncated
            n_steps += 1
    return n_steps


def _begin(env, seed):
    env.action_space.seed(seed)
    return np.random.default_rng(seed), np.zeros((env.observation_space.n, env.action_space.n))
