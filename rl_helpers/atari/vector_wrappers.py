"""What a training on many consoles makes of rewards and lives, and the real scores below it."""

import numpy as np
from gymnasium.vector import AutoresetMode, VectorWrapper

from rl_helpers.atari.vector_env import ConsoleVectorEnv


class LostLives(VectorWrapper):
    """Gives the sign of the reward; a lost life costs a penalty and terminates, and the game goes on.

    For many consoles what `ClipReward`, `LostLife` and `Scores` are for one. After a lost life nothing begins
    anew: what is observed is the next picture of the same game, and stands in `infos["final_obs"]` too.

    Args:
        env: a `ConsoleVectorEnv` with `SAME_STEP`.
        penalty: reward for a lost life, added to the step's own.

    Attributes:
        scores: points of each finished game, the real ones, in the order in which they ended.
        lengths: decisions that each of these games took.
    """

    def __init__(self, env, *, penalty=-1.0):
        super().__init__(env)
        if env.metadata["autoreset_mode"] != AutoresetMode.SAME_STEP:
            raise ValueError("the consoles stand still when a game is over: make them with SAME_STEP")
        self.penalty = penalty
        self.scores, self.lengths = [], []

    def reset(self, *, seed=None, options=None):
        """Begin a game on every console, with scores of 0."""
        observations, infos = self.env.reset(seed=seed, options=options)
        self._lives = infos["lives"]
        self._score, self._length = np.zeros(self.num_envs), np.zeros(self.num_envs, dtype=int)
        return observations, infos

    def step(self, actions):
        """Step, and terminate where a life is lost."""
        observations, rewards, terminated, truncated, infos = self.env.step(actions)
        over = terminated | truncated
        lives = np.where(over, infos["final_info"]["lives"], infos["lives"]) if over.any() else infos["lives"]
        lost = lives < self._lives
        self._lives = infos["lives"]
        self._score += rewards
        self._length += 1
        for number in np.flatnonzero(over).tolist():
            self.scores.append(float(self._score[number]))
            self.lengths.append(int(self._length[number]))
        self._score[over] = self._length[over] = 0
        if lost.any():
            infos = infos | self._ends(lost, over, observations, infos)
        return observations, np.sign(rewards) + self.penalty * lost, terminated | lost, truncated, infos

    def _ends(self, lost, over, observations, infos):
        """Return the last observations of all lives that ended, those of finished games included."""
        final = infos["final_obs"].copy() if over.any() else np.full(self.num_envs, None, dtype=object)
        for number in np.flatnonzero(lost & ~over).tolist():
            final[number] = observations[number].copy()
        return {"final_obs": final, "_final_obs": lost | over}


def game_scores(choose, game, n_games=100, *, seed, epsilon=0.01, rng=None, **console):
    """Play one whole game on each of many consoles and return what each brought.

    By the rules of the game, with its real points. A player may wait for ever where a button has to be
    pressed before anything happens. Nothing is done about that but what ε does: once in so many decisions
    a button is pressed by chance. A game is over after the most frames that are registered, with the points
    it has by then. Each console plays one game, so short games do not count more than long ones.

    Args:
        choose: function from observations (n, n_pictures, ...) to actions, int (n,).
        game: as registered.
        n_games: how many.
        seed: of the first console; take seeds that no training has seen.
        epsilon: probability of an action by chance, at every decision.
        rng: `np.random.Generator` for ε; of the seed if not given.
        **console: as `ConsoleVectorEnv` takes it.

    Returns:
        Scores, float (n_games,), and how many decisions each game took, int (n_games,).
    """
    rng = np.random.default_rng(seed) if rng is None else rng
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
        scores += rewards * plays
        lengths += plays
        plays &= ~(terminated | truncated)
    env.close()
    return scores, lengths
