"""What a network learns from on many consoles, and what it is measured by: the scores of whole games."""

import numpy as np
from gymnasium.vector import AutoresetMode

from rl_helpers.atari.many.vector_env import ConsoleVectorEnv


class SignsAndLives:
    """What is learned from a step: the sign of its reward, and a lost life as an end that costs something.

    For many consoles what `ClipReward` and `LostLife` are for one: give it to a `DQNAgent` as `learns_from`.
    The game goes on after a lost life, and its real points are counted all the same.

    Args:
        penalty: reward for a lost life, added to the sign.

    >>> from types import SimpleNamespace
    >>> step = SimpleNamespace(rewards=np.array([[4.0, 0.0]]), terminated=np.array([[False, False]]))
    >>> rewards, ends = SignsAndLives()(step, {"lost_lives": np.array([0, 1])})
    >>> rewards.tolist(), ends.tolist()
    ([[1.0, -1.0]], [[False, True]])
    """

    def __init__(self, penalty=-1.0):
        self.penalty = penalty

    def __call__(self, step, infos):
        """Return rewards and ends, (n_runs, n_envs) each.

        Args:
            step: has `rewards` and `terminated`, (n_runs, n_envs) each.
            infos: of `ConsoleVectorEnv.step`.
        """
        lost = infos["lost_lives"].reshape(step.rewards.shape)
        return np.sign(step.rewards) + self.penalty * lost, step.terminated | (lost > 0)


def game_scores(choose, game, n_games=100, *, seed, epsilon=0.01, **console):
    """Play one whole game on each of many consoles and return what each brought.

    By the rules of the game, with its real points. A player may wait for ever where a button has to be
    pressed before anything happens. Nothing is done about that but what ε does: once in so many decisions
    a button is pressed by chance. A game is over after the most frames that are registered, with the points
    it has by then. Each console plays one game, so short games do not count more than long ones.

    Args:
        choose: function from observations (n, n_pictures, ...) to actions, int (n,).
        game: as registered.
        n_games: how many.
        seed: of ε and of the first console; take seeds that no training has seen.
        epsilon: probability of an action by chance, at every decision.
        **console: as `ConsoleVectorEnv` takes it.

    Returns:
        Scores, float (n_games,), and how many decisions each game took, int (n_games,).
    """
    rng = np.random.default_rng(seed)
    env = ConsoleVectorEnv(game, n_games, autoreset_mode=AutoresetMode.DISABLED, **console)
    observations, _ = env.reset(seed=seed)
    plays = np.ones(n_games, dtype=bool)
    scores, lengths = np.zeros(n_games), np.zeros(n_games, dtype=int)
    actions = np.zeros(n_games, dtype=int)
    while plays.any():
        number = np.flatnonzero(plays)
        by_chance = rng.random(len(number)) < epsilon
        drawn = rng.integers(env.single_action_space.n, size=len(number))
        actions[number] = np.where(by_chance, drawn, choose(observations[number]))
        observations, rewards, terminated, truncated, _ = env.step(actions)
        scores += rewards
        lengths += plays
        plays &= ~(terminated | truncated)
    env.close()
    return scores, lengths
