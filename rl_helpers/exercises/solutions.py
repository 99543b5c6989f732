"""The solutions: what `solution(...)` shows, and what a notebook goes on with until the learner's passes."""

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


def discounted_return(rewards, discount):
    """Return r₁ + γ r₂ + γ² r₃ + …, the discounted sum of an episode's rewards."""
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount * total
    return total


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
