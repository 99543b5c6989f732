"""Measures CartPole with buckets: `python -m tools.cartpole` writes `data/cartpole_trials.csv`.

Two parts: how many buckets, with one setting of hyperparameters; and which of the four changes of that
setting matters, each left out in turn and each alone. All runs of both parts go together, each in a CartPole
of its own, with buckets and hyperparameters of its own: a test compares them with `QLearningAgent` in
Gymnasium's CartPole.
"""

import csv
import sys
import time
from typing import NamedTuple

import numpy as np
from gymnasium.envs.classic_control.cartpole import CartPoleEnv

from rl_helpers import updates
from rl_helpers.exercises.tasks.own_world import cartpole
from rl_helpers.exercises.tasks.own_world.cartpole import CHANGED, FALLS, FAST, HELD, USUAL

SHAPES = ((1, 2), (2, 1), (2, 2), (2, 3), (3, 3), (2, 5), (4, 5), (6, 5), (8, 7), (8, 8), (12, 11), (12, 12))
N_RUNS = 40  # of each setting
EXAMS = (12_500, 50_000, 200_000)  # after how many steps the tables are examined
N_GAMES = 20  # greedy games an exam
HEADER = ("part", "setting", "angles", "speeds", "run", "steps", "greedy", "held", "episodes", "first_held")


class Trials(NamedTuple):
    """What runs differ in, one entry a run.

    Attributes:
        angle_edges, speed_edges: (n_runs, n_edges), filled up with infinity.
        hyperparameters: arrays (n_runs,) by name.
    """

    angle_edges: np.ndarray
    speed_edges: np.ndarray
    hyperparameters: dict

    def states(self, cart):
        """Return the rows of the tables for carts (4, n_runs)."""
        angle = (cart[2][:, None] >= self.angle_edges).sum(axis=1)
        speed = (cart[3][:, None] >= self.speed_edges).sum(axis=1)
        return angle * (1 + self.speed_edges.shape[1]) + speed

    @property
    def n_states(self):
        """Rows of each table, used or not."""
        return (1 + self.angle_edges.shape[1]) * (1 + self.speed_edges.shape[1])

    def repeated(self, n):
        """Return the same with every run n times, one behind the other."""
        numbers = {name: values.repeat(n) for name, values in self.hyperparameters.items()}
        return Trials(self.angle_edges.repeat(n, axis=0), self.speed_edges.repeat(n, axis=0), numbers)


def settings():
    """Return the hyperparameters of the second part by name: all changes, all but one, one alone, none."""
    named = {"all": CHANGED, "none": USUAL}
    for name in CHANGED:
        named[f"without {name}"] = CHANGED | {name: USUAL[name]}
        named[f"only {name}"] = USUAL | {name: CHANGED[name]}
    # An entry is optimistic beside the most that can be had, 1 / (1 − γ): 20 with γ = 0.95, 100 with 0.99.
    named["without discount, initial_value 100"] = CHANGED | {"discount": 0.99, "initial_value": 100.0}
    named["only initial_value 100"] = USUAL | {"initial_value": 100.0}
    return named


def tasks():
    """Return what is to be measured: part, setting, buckets of angle and speed, hyperparameters."""
    sizes = [("buckets", "all", *shape, CHANGED) for shape in SHAPES]
    return sizes + [("causes", name, 6, 5, numbers) for name, numbers in settings().items()]


def trials_of(chosen):
    """Return the `Trials` of some tasks."""
    angles, speeds, numbers = [[task[place] for task in chosen] for place in (2, 3, 4)]
    columns = [
        np.array([_filled(cartpole.edges(n, limit), max(all_of_them)) for n in all_of_them])
        for all_of_them, limit in ((angles, FALLS), (speeds, FAST))
    ]
    return Trials(*columns, {name: np.array([each[name] for each in numbers]) for name in CHANGED})


def _filled(edges, n):
    return [*edges, *[np.inf] * (n - 1 - len(edges))]


def pushed(cart, right):
    """Return carts (4, n) a step later, by the equations of `CartPoleEnv`.

    Args:
        cart: place and speed, angle and its speed.
        right: whether each is pushed to the right, (n,).
    """
    x, v, angle, turn = cart
    rules = _RULES
    force = np.where(right, rules.force_mag, -rules.force_mag)
    cos, sin = np.cos(angle), np.sin(angle)
    share = (force + rules.polemass_length * turn**2 * sin) / rules.total_mass
    inertia = rules.length * (4 / 3 - rules.masspole * cos**2 / rules.total_mass)
    turning = (rules.gravity * sin - cos * share) / inertia
    moving = share - rules.polemass_length * turning * cos / rules.total_mass
    return np.array(
        [x + rules.tau * v, v + rules.tau * moving, angle + rules.tau * turn, turn + rules.tau * turning]
    )


_RULES = CartPoleEnv()


def fallen(cart):
    """Return which episodes are over, not counting the time limit."""
    return (np.abs(cart[0]) > _RULES.x_threshold) | (np.abs(cart[2]) > _RULES.theta_threshold_radians)


def greedy_lengths(tables, trials, rng):
    """Return how long the pole is held by the greedy actions of each table, (n_runs, N_GAMES)."""
    n_runs = len(tables)
    each, runs = trials.repeated(N_GAMES), np.arange(n_runs).repeat(N_GAMES)
    cart = rng.uniform(-0.05, 0.05, size=(4, runs.size))
    lengths, stands = np.zeros(runs.size, dtype=int), np.ones(runs.size, dtype=bool)
    for _ in range(HELD):
        rows = tables[runs, each.states(cart)]
        cart = pushed(cart, rows[:, 1] > rows[:, 0])
        lengths += stands
        stands &= ~fallen(cart)
    return lengths.reshape(n_runs, N_GAMES)


def learn(trials, exams, seed):
    """Train all runs, and examine them.

    Returns:
        For each exam: steps, greedy lengths (n_runs, N_GAMES), episodes so far (n_runs,), and the episode in
        which the pole was first held to the end (n_runs,), 0 if never.
    """
    rng, numbers = np.random.default_rng(seed), trials.hyperparameters
    n_runs = len(numbers["epsilon"])
    runs = np.arange(n_runs)
    tables = np.tile(numbers["initial_value"][:, None, None], (1, trials.n_states, 2))
    cart = rng.uniform(-0.05, 0.05, size=(4, n_runs))
    length, episodes, first_held = np.zeros((3, n_runs), dtype=int)
    state, found = trials.states(cart), []
    for step in range(1, exams[-1] + 1):
        rows, chance = tables[runs, state], rng.random((2, n_runs))
        right = np.where(rows[:, 0] == rows[:, 1], chance[1] < 0.5, rows[:, 1] > rows[:, 0])
        right = np.where(chance[0] < numbers["epsilon"], chance[1] < 0.5, right).astype(int)
        cart = pushed(cart, right)
        length += 1
        over, following = fallen(cart), trials.states(cart)
        target = updates.q_learning_target(1.0, tables[runs, following], over, numbers["discount"])
        tables[runs, state, right] += numbers["learning_rate"] * (target - tables[runs, state, right])
        held = (length == HELD) & ~over
        first_held = np.where(held & (first_held == 0), episodes + 1, first_held)
        ended = over | held
        episodes += ended
        length[ended] = 0
        cart[:, ended] = rng.uniform(-0.05, 0.05, size=(4, ended.sum()))
        state = trials.states(cart)
        if step in exams:
            games = greedy_lengths(tables, trials, np.random.default_rng(step))
            found.append((step, games, episodes.copy(), first_held.copy()))
    return found


def main():
    """Measure all and write the file."""
    start, chosen = time.process_time(), [task for task in tasks() for _ in range(N_RUNS)]
    exams = learn(trials_of(chosen), EXAMS, seed=1)
    with cartpole.TRIALS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for number, (part, setting, angles, speeds, _) in enumerate(chosen):
            for steps, games, episodes, first in exams:
                mean, held = f"{games[number].mean():.1f}", f"{(games[number] == HELD).mean():.2f}"
                row = (part, setting, angles, speeds, number % N_RUNS, steps, mean, held)
                writer.writerow((*row, episodes[number], first[number]))
    minutes = (time.process_time() - start) / 60
    print(f"{len(chosen)} runs of {EXAMS[-1]:,} steps in {minutes:.1f} minutes of a core")


if __name__ == "__main__":
    sys.exit(main())
