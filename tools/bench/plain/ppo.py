"""PPO as one writes it for one run: no axis of runs, one environment, a step at a time.

What `rl_helpers.deep` is measured against. The gradients are by hand here too, so that what is compared is
the way of playing and not the mathematics.
"""

import gymnasium as gym
import numpy as np

CLIP, DISCOUNT, TRACE_DECAY, LEARNING_RATE = 0.2, 0.99, 0.95, 0.003


def ppo(env_id, n_steps, seed, *, hidden=32, rollout_steps=256, n_epochs=10, n_batches=4):
    """Train one agent with two actions for a number of time steps, and return how many it took."""
    env, rng = gym.make(env_id), np.random.default_rng(seed)
    n_inputs = env.observation_space.shape[0]
    weights = [rng.standard_normal(shape) / 2 for shape in ((n_inputs, hidden), (hidden, 2)) * 2]
    weights[3] = weights[3][:, :1]
    biases = [np.zeros(each.shape[1]) for each in weights]
    parameters = weights + biases
    means, squares = ([np.zeros_like(each) for each in parameters] for _ in range(2))
    state, _ = env.reset(seed=seed)
    n_taken = n_climbed = 0
    while n_taken < n_steps:
        lived = []
        for _ in range(rollout_steps):
            action = int(rng.random() < _probabilities(parameters, state[None])[0][0, 1])
            following, reward, terminated, truncated, _ = env.step(action)
            lived.append((state, action, reward, following, terminated, terminated or truncated))
            state = env.reset()[0] if terminated or truncated else following
        n_taken += rollout_steps
        states, actions, rewards, followings, ends, overs = map(np.array, zip(*lived, strict=True))
        values, later = _values(parameters, states)[0], _values(parameters, followings)[0]
        advantages, trace = np.zeros(rollout_steps), 0.0
        for step in reversed(range(rollout_steps)):
            error = rewards[step] + DISCOUNT * later[step] * (1 - ends[step]) - values[step]
            trace = error + DISCOUNT * TRACE_DECAY * (1 - overs[step]) * trace
            advantages[step] = trace
        returns = advantages + values
        old = np.log(_probabilities(parameters, states)[0][np.arange(rollout_steps), actions])
        for _ in range(n_epochs):
            for batch in np.array_split(rng.permutation(rollout_steps), n_batches):
                data = (each[batch] for each in (states, actions, old, advantages, returns))
                n_climbed += 1
                for number, gradient in enumerate(_gradients(parameters, *data)):
                    means[number] = 0.9 * means[number] + 0.1 * gradient
                    squares[number] = 0.999 * squares[number] + 0.001 * gradient**2
                    m, v = means[number] / (1 - 0.9**n_climbed), squares[number] / (1 - 0.999**n_climbed)
                    parameters[number] = parameters[number] + LEARNING_RATE * m / (np.sqrt(v) + 1e-5)
    return n_taken


def _probabilities(parameters, states):
    hidden = np.tanh(states @ parameters[0] + parameters[4])
    logits = hidden @ parameters[1] + parameters[5]
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True), hidden


def _values(parameters, states):
    hidden = np.tanh(states @ parameters[2] + parameters[6])
    return (hidden @ parameters[3] + parameters[7])[:, 0], hidden


def _gradients(parameters, states, actions, old, advantages, returns):
    advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
    probabilities, hidden = _probabilities(parameters, states)
    values, value_hidden = _values(parameters, states)
    rows, n = np.arange(len(states)), len(states)
    ratio = np.exp(np.log(probabilities[rows, actions]) - old)
    clipped = np.clip(ratio, 1 - CLIP, 1 + CLIP) * advantages
    weight = ratio * advantages * (ratio * advantages <= clipped) / n
    logits = -probabilities * weight[:, None]
    logits[rows, actions] += weight
    error = 0.5 * (returns - values)[:, None] / n
    back = logits @ parameters[1].T * (1 - hidden**2)
    value_back = error @ parameters[3].T * (1 - value_hidden**2)
    weights = [states.T @ back, hidden.T @ logits, states.T @ value_back, value_hidden.T @ error]
    gradients = weights + [each.sum(axis=0) for each in (back, logits, value_back, error)]
    length = np.sqrt(sum((each**2).sum() for each in gradients))
    return [each * min(1.0, 0.5 / length) for each in gradients]
