"""The solutions: what `solution(...)` shows, and what a notebook goes on with until the learner's passes."""

import numpy as np

from rl_helpers.training import Transition


def interaction_loop(env, agent):
    """Play one episode and return (episode_return, n_steps)."""
    state, _ = env.reset()
    episode_return, n_steps = 0.0, 0
    while True:
        action = agent.act(state)
        state, reward, terminated, truncated, _ = env.step(action)
        episode_return += reward
        n_steps += 1
        if terminated or truncated:
            return episode_return, n_steps


def encode_state(values, sizes):
    """Return the number of a state, the last value changing fastest."""
    state = 0
    for value, size in zip(values, sizes, strict=True):
        state = state * size + value
    return state


def decode_state(state, sizes):
    """Return the list of values that a state number stands for."""
    values = []
    for size in reversed(sizes):
        state, value = divmod(state, size)
        values.append(value)
    return values[::-1]


def discounted_return(rewards, discount):
    """Return r₁ + γ r₂ + γ² r₃ + …, the discounted sum of an episode's rewards."""
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount * total
    return total


def repair_the_reward(discount):
    """Return rewards under which the best policy takes the treat from the rug and then scratches the post."""
    # Napping for ever is then worth 0.1 treats, whatever the discount.
    return {"cushion": 0.1 * (1 - discount)}


def epsilon_greedy(q_values, epsilon, rng):
    """Return a random action with probability ε, else one of those with the largest value."""
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    best = np.flatnonzero(q_values == np.max(q_values))
    return int(rng.choice(best))


def softmax(q_values, temperature):
    """Return the probability of every action, in proportion to exp(Q / τ)."""
    # Only differences count, and none of these is above 0: nothing overflows.
    weights = np.exp((q_values - np.max(q_values)) / temperature)
    return weights / weights.sum()


def sarsa_target(reward, next_q_values, next_action, terminated, discount):
    """Return r + γ Q(s′, a′), and r alone after a terminal step."""
    if terminated:
        return reward
    return reward + discount * next_q_values[next_action]


def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
    """Learn from imagined steps as Q-learning does, in the table itself."""
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        reward, next_state, terminated = model[state][action]
        target = reward if terminated else reward + discount * q_values[next_state].max()
        q_values[state, action] += learning_rate * (target - q_values[state, action])


def td_target(reward, next_q_values, terminated, discount):
    """Return r + γ max Q(s′, ·), and r alone after a terminal step."""
    if terminated:
        return reward
    return reward + discount * max(next_q_values)


def td_error(target, q_value):
    """Return by how much the target lies above the present Q(s, a)."""
    return target - q_value


def q_update(q_values, state, action, td_error, learning_rate):
    """Move Q(s, a) by the step size times the TD error, in the table itself."""
    q_values[state, action] += learning_rate * td_error


def training_loop(env, agent, n_episodes, seed):
    """Let the agent learn for a number of episodes and return the list of their returns."""
    returns = []
    for episode in range(n_episodes):
        # One seed for the whole training: with the same one every time, all episodes would be alike.
        state, _ = env.reset(seed=seed if episode == 0 else None)
        episode_return = 0.0
        while True:
            action = agent.act(state)
            next_state, reward, terminated, truncated, _ = env.step(action)
            agent.update(Transition(state, action, reward, next_state, terminated))
            episode_return += reward
            state = next_state
            if terminated or truncated:
                break
        returns.append(episode_return)
    return returns


def collect_frames(env, n_steps, rng):
    """Take random steps across episodes and return a list of dicts: frame, state, action, reward."""
    frames = []
    state, _ = env.reset()
    for _ in range(n_steps):
        frame = env.render()
        action = int(rng.integers(env.action_space.n))
        next_state, reward, terminated, truncated, _ = env.step(action)
        frames.append({"frame": frame, "state": state, "action": action, "reward": reward})
        state = next_state
        if terminated or truncated:
            state, _ = env.reset()
    return frames


def improve_the_state(moment):
    """Return where the ball will land, seen from where the paddle will rest, and how soon."""
    offset_edges = (-48, -24, -15, -9, -5, -2, 2, 5, 9, 15, 24, 48)
    offset = sum(moment.rest_offset > edge for edge in offset_edges)
    time = sum(moment.seen_time > edge for edge in (4, 8, 16))
    return offset, time
