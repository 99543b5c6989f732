"""Buckets for CartPole, and the file of trials: the fast way of `tools.cartpole` is the slow one."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent
from rl_helpers.exercises.tasks.own_world import cartpole
from rl_helpers.training import evaluate, train
from tools import cartpole as fast


def test_edges_are_even_and_the_outermost_buckets_have_no_end():
    assert cartpole.edges(4, 1.0) == (-0.5, 0.0, 0.5)
    assert cartpole.edges(1, 1.0) == ()
    space = cartpole.with_buckets(2, 3).space
    cart = [9.0, 9.0, 0.1, -5.0]
    assert space.state(cart) == (1 + 1 * 3 + 0, False)


def test_carts_are_pushed_as_gymnasium_pushes_them():
    env = gym.make("CartPole-v1").unwrapped
    for seed in range(5):
        env.reset(seed=seed)
        cart, over = np.array(env.state)[:, None], False
        rng = np.random.default_rng(seed)
        while not over:
            right = bool(rng.integers(2))
            _, _, over, _, _ = env.step(int(right))
            cart = fast.pushed(cart, np.array([right]))
            assert cart[:, 0] == pytest.approx(np.array(env.state), abs=1e-12)
            assert fast.fallen(cart)[0] == over


def test_states_of_the_fast_way_are_told_apart_as_the_buckets_do():
    chosen = fast.trials_of([("", "", 2, 3, cartpole.CHANGED), ("", "", 6, 5, cartpole.CHANGED)])
    carts = np.random.default_rng(0).normal(0, [[1], [1], [0.1], [1]], size=(4, 500))
    for run, shape in enumerate([(2, 3), (6, 5)]):
        edges = (chosen.angle_edges[[run] * 500], chosen.speed_edges[[run] * 500])
        rows = fast.Trials(*edges, {}).states(carts).tolist()
        space = cartpole.with_buckets(*shape).space
        pairs = {(ours, space.state(cart)[0]) for ours, cart in zip(rows, carts.T, strict=True)}
        assert len(pairs) == len({ours for ours, _ in pairs}) == len({theirs for _, theirs in pairs})
        assert max(ours for ours, _ in pairs) < chosen.n_states


def test_fast_way_learns_as_the_agent_does():
    """With 4 × 5 buckets, over 30 runs each, after 6,000 steps: episodes, and how long greedy tables hold."""
    n_runs, n_steps = 30, 6_000
    task = ("buckets", "all", 4, 5, cartpole.CHANGED)
    ((_, games, episodes, _),) = fast.learn(fast.trials_of([task] * n_runs), (n_steps,), seed=3)
    slow = []
    for seed in range(n_runs):
        env = cartpole.with_buckets(4, 5)
        agent = QLearningAgent(21, 2, rng=np.random.default_rng(seed), **cartpole.CHANGED)
        n_episodes = 0
        env.reset(seed=seed)
        while agent.n_steps < n_steps:
            train(env, agent, 1)
            n_episodes += 1
        slow.append((n_episodes, evaluate(cartpole.with_buckets(4, 5), agent, 5, seed=seed).lengths.mean()))
    ours = np.column_stack([episodes, games.mean(axis=1)])
    difference = ours.mean(axis=0) - np.mean(slow, axis=0)
    error = np.sqrt((ours.var(axis=0) + np.var(slow, axis=0)) / n_runs)
    assert (np.abs(difference) < 3.5 * error).all(), (difference, error)


def test_a_held_pole_is_no_fall():
    """With ε = 0 and a table that holds, an entry stays at 1 / (1 − γ): the time limit bootstraps."""
    task = ("buckets", "all", 2, 3, cartpole.CHANGED | {"epsilon": 0.0})
    ((_, games, episodes, first),) = fast.learn(fast.trials_of([task] * 5), (8_000,), seed=0)
    assert (games == cartpole.HELD).all()
    assert (first > 0).all()
    assert (episodes < 60).all()


def test_each_change_is_left_out_and_alone():
    named = fast.settings()
    assert named["all"] == cartpole.CHANGED
    for name in cartpole.CHANGED:
        left = {key for key in named["all"] if named[f"without {name}"][key] != named["all"][key]}
        alone = {key for key in named["all"] if named[f"only {name}"][key] != named["none"][key]}
        assert left == alone == {name}


def test_file_holds_what_the_command_measures():
    rows = cartpole.trials()
    assert len(rows) == len(fast.tasks()) * fast.N_RUNS * len(fast.EXAMS)
    assert {(row["part"], row["setting"], row["angles"], row["speeds"]) for row in rows} == {
        task[:4] for task in fast.tasks()
    }
    assert all(0 < row["greedy"] <= cartpole.HELD and 0 <= row["held"] <= 1 for row in rows)
    assert cartpole.trials(part="nothing") == []
