"""How fast Bob's worlds are, beside Gymnasium's own: steps against FrozenLake, frames against Taxi."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from tools.bench.figures import Figure

ROUNDS = 9


def measure() -> list[Figure]:
    """Measure steps and frames a second, unwrapped, ours and theirs in turns."""
    our_steps, their_steps = _in_turns(_stepping("Bob/Room-v0"), _stepping("FrozenLake-v1"))
    slippery_steps, lake_steps = _in_turns(
        _stepping("Bob/Room-v0", slippery=True), _stepping("FrozenLake-v1")
    )
    our_frames, their_frames = _in_turns(_rendering("Bob/Room-v0"), _rendering("Taxi-v4"))
    continuous_frames, taxi_frames = _in_turns(_rendering("Bob/ContinuousRoom-v0"), _rendering("Taxi-v4"))
    fastest = max(_rendering("Bob/Room-v0")() for _ in range(ROUNDS))  # a busy machine can only slow it down
    return [
        _ratio("steps of Bob/Room-v0 ÷ FrozenLake-v1", our_steps / their_steps, 3),
        _ratio("steps of slippery Bob/Room-v0 ÷ FrozenLake-v1", slippery_steps / lake_steps, 3),
        _ratio("frames of Bob/Room-v0 ÷ Taxi-v4", our_frames / their_frames, 10),
        _ratio("frames of Bob/ContinuousRoom-v0 ÷ Taxi-v4", continuous_frames / taxi_frames, 10),
        Figure("frames of Bob/Room-v0, the best of nine rounds", f"{fastest:,.0f} a second", "", True),
    ]


def _stepping(name: str, count: int = 5_000, **options: object) -> Callable[[], float]:
    env = gym.make(name, **options).unwrapped
    env.action_space.seed(0)
    actions = [env.action_space.sample() for _ in range(count)]
    if isinstance(env.action_space, gym.spaces.Discrete):
        actions = [int(action) for action in actions]

    def run() -> float:
        """Return steps a second; the resets are not counted."""
        env.reset(seed=0)
        step, spent = env.step, 0.0
        begin = perf_counter()
        for action in actions:
            if step(action)[2]:
                spent += perf_counter() - begin
                env.reset()
                begin = perf_counter()
        return count / (spent + perf_counter() - begin)

    return run


def _rendering(name: str, count: int = 200) -> Callable[[], float]:
    env = gym.make(name, render_mode="rgb_array").unwrapped
    env.action_space.seed(0)

    def run() -> float:
        """Return frames a second; the steps between the frames are not counted."""
        env.reset(seed=0)
        spent = 0.0
        for _ in range(count):
            if env.step(env.action_space.sample())[2]:
                env.reset()
            begin = perf_counter()
            frame = env.render()
            spent += perf_counter() - begin
        assert isinstance(frame, np.ndarray)
        return count / spent

    return run


def _in_turns(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    rates = [(ours(), theirs()) for _ in range(ROUNDS)]
    return median(rate for rate, _ in rates), median(rate for _, rate in rates)


def _ratio(name: str, ratio: float, aim: float) -> Figure:
    return Figure(name, f"{ratio:.1f} ×", f"≥ {aim:g} ×", ratio >= aim)


if __name__ == "__main__":
    for figure in measure():
        print(*figure, sep=" | ")
