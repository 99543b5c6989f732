"""Planning: the exact answer, computed from the transition model, that learning is compared with."""

from itertools import product
from math import inf, pi
from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count, number_in
from rl_helpers.worlds.transition_model import transition_model
from rl_helpers.worlds.vector.continuous_room import VectorContinuousRoom


def value_iteration(env, discount, *, epsilon=0.0, tolerance=1e-11, max_sweeps=100_000):
    """Return the exact action values Q* of the best policy, or of the best one for somebody who explores.

    Args:
        env: a finite world with a transition model, see `worlds.transition_model`; a time limit is not seen.
        discount: γ, 0 ≤ γ ≤ 1. With γ = 1 every best policy must end by itself.
        epsilon: ε, 0 ≤ ε ≤ 1. If not 0: every later action is random with this probability, and the values
            are those of the best ε-greedy policy. The greedy actions of the result are what it plays
            otherwise.
        tolerance: largest error of any entry (γ < 1), or largest change in the last sweep (γ = 1); no
            smaller than floats of this size allow.
        max_sweeps: when to give up.

    Returns:
        Q*, float array (n_states, n_actions).

    Raises:
        TypeError: if the environment has no transition model.
        ValueError: if an argument is out of range, the model makes no sense, or the values grow beyond all
            floats or still change after `max_sweeps`.

    Source:
        Sutton & Barto (2018), section 4.4, with action values (equation 4.2); for ε section 5.4, where
        exploring is made a part of the environment.

    >>> import gymnasium as gym
    >>> q_values = value_iteration(gym.make("CliffWalking-v1"), discount=1.0)
    >>> float(q_values[36].max())                # 13 steps from the start to the goal, each costs 1
    -13.0
    """
    discount = number_in("discount", discount, 0, 1)
    epsilon = number_in("epsilon", epsilon, 0, 1)
    tolerance = number_in("tolerance", tolerance, 0, inf)
    max_sweeps = count("max_sweeps", max_sweeps)
    model = transition_model(env)
    # Values shrink towards Q* by γ a sweep, so a change of δ leaves an error of at most δ γ / (1 − γ).
    largest_change = tolerance * (1 - discount) / discount if 0 < discount < 1 else tolerance
    # With γ < 1 changes shrink by a factor e in 1 / (1 − γ) sweeps. If they do not, only rounding is left: it
    # can swap the values of two states for ever.
    patience = 1 / (1 - discount) if discount < 1 else inf
    smallest_change, stalled = inf, 0
    q_values = np.zeros(model.probability.shape[:2])
    action_values = _look_ahead(model, discount)
    for _ in range(max_sweeps):
        best = q_values.max(axis=-1)
        # Without ε not by the formula: 0 · ∞, or the rounding of a mean, would change what is exact.
        updated = action_values(best + epsilon * (q_values.mean(axis=-1) - best) if epsilon else best)
        change = np.abs(updated - q_values).max()
        q_values = updated
        stalled = 0 if change < smallest_change else stalled + 1
        smallest_change = min(smallest_change, change)
        rounding = 4 * np.finfo(float).eps * np.abs(q_values).max() if discount == 1 else 0
        if change <= max(largest_change, rounding) or stalled > patience:
            return _finite(q_values)
    _finite(q_values)
    raise ValueError(
        f"the values still change by {change:.2g} after {max_sweeps} sweeps with discount {discount}: "
        "take a discount below 1, or a world in which the best policy ends"
    )


def policy_iteration(env, discount, *, max_rounds=1000):
    """Return the exact action values Q* of the best policy, by improving a policy until it is the best.

    Each round solves the linear Bellman equation of the present policy, then takes the greedy action
    everywhere. A few rounds are enough, however close γ is to 1; each costs n_states³.

    Args:
        env: a finite world with a transition model, see `worlds.transition_model`; a time limit is not seen.
        discount: γ, 0 ≤ γ < 1.
        max_rounds: when to give up.

    Returns:
        Q*, float array (n_states, n_actions).

    Raises:
        TypeError: if the environment has no transition model.
        ValueError: if an argument is out of range, the model makes no sense, the values grow beyond all
            floats, or the policy still changes after `max_rounds`.

    Source:
        Howard (1960); Sutton & Barto (2018), section 4.3.

    >>> import gymnasium as gym, rl_helpers
    >>> policy_iteration(gym.make("Bob/Room-v0", layout="BP"), discount=0.5).max(axis=1)
    array([2.5, 5. ])
    """
    discount = number_in("discount", discount, 0, 1, high_open=True)
    max_rounds = count("max_rounds", max_rounds)
    model = transition_model(env)
    states = np.arange(len(model.probability))
    certain = np.eye(model.probability.shape[1])  # row a: action a, and no other
    policy = np.zeros(len(states), dtype=int)
    action_values = _look_ahead(model, discount)
    for _ in range(max_rounds):
        q_values = _finite(action_values(_solve(model, certain[policy], discount)))
        best = q_values.max(axis=1)
        # An action is changed for a better one only, not for one as good: else two of them would take turns.
        # Rounding makes equal values differ in their last bits.
        rounding = 1e-12 * max(1.0, np.abs(q_values).max())
        improves = best > q_values[states, policy] + rounding
        if not improves.any():
            return q_values
        policy = np.where(improves, q_values.argmax(axis=1), policy)
    raise ValueError(f"the policy still changes after {max_rounds} rounds: take a discount further below 1")


def policy_values(env, policy, discount, *, epsilon=0.0):
    """Return the exact state values of a given policy, by solving its linear Bellman equation.

    Args:
        env: a finite world with a transition model, see `worlds.transition_model`; a time limit is not seen.
        policy: the action taken in every state, int (n_states,), such as `q_values.argmax(axis=1)`.
        discount: γ, 0 ≤ γ ≤ 1. With γ = 1 the policy must end from every state.
        epsilon: ε, 0 ≤ ε ≤ 1: with this probability any action is taken in place of the policy's.

    Returns:
        V of the policy, float array (n_states,).

    Raises:
        ValueError: if an argument is out of range, `policy` has another shape or unknown actions, does not
            end where `discount` is 1, the model makes no sense, or the values grow beyond all floats.

    Source:
        Sutton & Barto (2018), equation 4.4 solved at once.

    >>> import gymnasium as gym, rl_helpers
    >>> room = gym.make("Bob/Room-v0", layout="BP")
    >>> policy_values(room, [1, 4], discount=0.5)            # right, then scratch: half of five
    array([2.5, 5. ])
    """
    discount = number_in("discount", discount, 0, 1)
    epsilon = number_in("epsilon", epsilon, 0, 1)
    model = transition_model(env)
    n_states, n_actions, _ = model.probability.shape
    policy = np.asarray(policy)
    if policy.shape != (n_states,) or not np.isin(policy, np.arange(n_actions)).all():
        raise ValueError(
            f"policy has shape {policy.shape} and holds {np.unique(policy)[:8].tolist()}, expected one "
            f"action from 0 to {n_actions - 1} for each of the {n_states} states"
        )
    probabilities = np.full((n_states, n_actions), epsilon / n_actions)
    probabilities[np.arange(n_states), policy.astype(int)] += 1 - epsilon
    return _finite(_solve(model, probabilities, discount))


class Walk(NamedTuple):
    """A walk through the continuous room.

    Attributes:
        discounted_return: Σ γᵗ r.
        episode_return: Σ r.
        actions: (speed, turn, scratch) of every step, float32 (n_steps, 3).
    """

    discounted_return: float
    episode_return: float
    actions: np.ndarray


def best_walk(env, discount, *, cells=8, n_headings=16):
    """Return the best walk through `Bob/ContinuousRoom-v0` that a search on a fine grid finds.

    The search goes forward step by step through the true rules. Of all states that come to lie in the same
    small box of place, heading and treats, it keeps the one that has earned most. So the walk can really be
    walked, as it stands, and the best one there is can be a little better, by what the grid leaves out.

    Args:
        env: the room.
        discount: γ, 0 < γ < 1.
        cells: boxes to a cell, along each side.
        n_headings: boxes all round.

    Raises:
        ValueError: if an argument is out of its range, the room has several starts, or no walk gains.

    >>> import gymnasium as gym, rl_helpers
    >>> walk = best_walk(gym.make("Bob/ContinuousRoom-v0", layout="B.P"), 0.5)
    >>> walk.discounted_return, len(walk.actions)                      # 5 × 0.5² after three half cells
    (1.25, 3)
    """
    discount = number_in("discount", discount, 0, 1, low_open=True, high_open=True)
    cells, n_headings = count("cells", cells), count("n_headings", n_headings)
    room = env.unwrapped
    if len(room.layout.starts) != 1:
        raise ValueError(
            f"the room has {len(room.layout.starts)} starts, and a walk has one: leave one B in it"
        )
    options = {"layout": "\n".join(room.layout.rows), "rewards": room.rewards}
    moves = np.array(list(product((1, 0.5, 0, -1), (-1, -0.5, 0, 0.5, 1), (0, 1))), dtype=np.float32)
    most_to_earn = max(0.0, *room.rewards.values()) * (1 + len(room.layout.rugs))
    states, earned = _states(_rooms(1, options)), np.zeros(1)
    earned_in, trail, best, step = {}, [], (0.0, 0, 0), 0
    while earned.size and earned.max() + discount**step * most_to_earn > best[0]:
        rooms = _rooms(earned.size * len(moves), options)
        rooms.x, rooms.y, rooms.heading, *treats = states.repeat(len(moves), axis=1)
        rooms.treats_left = np.array(treats).reshape(-1, rooms.num_envs).T
        reward, terminated = rooms.advance(np.tile(moves, (earned.size, 1)))
        total, states = earned.repeat(len(moves)) + discount**step * reward, _states(rooms)
        last = int(np.where(terminated, total, -inf).argmax())
        if terminated[last] and total[last] > best[0]:
            best = float(total[last]), step, last
        kept = _best_of_each_box(states, total, terminated, earned_in, (cells, n_headings))
        trail.append(kept)
        states, earned, step = states[:, kept], total[kept], step + 1
    if best[0] <= 0:
        raise ValueError("no walk in this room ends with a gain: put a post where Bob can go")
    _, step, number = best
    chosen = []
    for kept in reversed([np.zeros(1, dtype=int), *trail[:step]]):
        earlier, move = divmod(number, len(moves))
        chosen.append(moves[move])
        number = int(kept[earlier])
    walk = np.array(chosen[::-1])
    room = _rooms(1, options)
    return Walk(best[0], float(sum(room.advance(move[None])[0][0] for move in walk)), walk)


def _rooms(n, options):
    rooms = VectorContinuousRoom(n, **options)
    rooms.reset(seed=0)
    return rooms


def _states(rooms):
    return np.stack([rooms.x, rooms.y, rooms.heading, *rooms.treats_left.T])


def _best_of_each_box(states, total, terminated, earned_in, sizes):
    """Return the numbers of states that go on: the best of each box, if none before has earned more."""
    cells, n_headings = sizes
    x, y, heading = np.rint(states[:3] * np.array([cells, cells, n_headings / (2 * pi)])[:, None])
    box = (x * 10_000 + y) * n_headings + heading % n_headings
    for treat in states[3:]:
        box = 2 * box + treat
    order = np.lexsort((-total, box))
    order = order[~terminated[order]]
    first = order[np.diff(box[order], prepend=-1) != 0]
    kept = [number for number in first if total[number] > earned_in.get(box[number], -inf) + 1e-12]
    earned_in.update((box[number], total[number]) for number in kept)
    return np.array(kept, dtype=int)


def _finite(values):
    if not np.isfinite(values).all():
        raise ValueError(
            "the values grow beyond the largest float: give smaller rewards, or a smaller discount"
        )
    return values


def _solve(model, probabilities, discount):
    """Return V of a policy π(a | s): solve V = r + γ P V, where P leaves out what is terminal."""
    n_states = len(probabilities)
    probability = probabilities[:, :, None] * model.probability
    follows = np.zeros((n_states, n_states))
    weight = probability * ~model.terminated
    states = np.broadcast_to(np.arange(n_states)[:, None, None], weight.shape)
    np.add.at(follows, (states, model.next_state), weight)
    if discount == 1:
        _check_that_it_ends(follows)
    expected_reward = (probability * model.reward).sum(axis=(1, 2))
    return np.linalg.solve(np.eye(n_states) - discount * follows, expected_reward)


def _check_that_it_ends(follows):
    """Raise if a policy never ends from some state; `follows` is its P without what is terminal."""
    ends = follows.sum(axis=1) < 1 - 1e-9
    while (more := ends | (follows[:, ends] > 0).any(axis=1)).sum() > ends.sum():
        ends = more
    if not ends.all():
        raise ValueError(
            f"with this policy an episode that comes to state {int(ends.argmin())} never ends: "
            "take a discount below 1, or an epsilon above 0"
        )


def _look_ahead(model, discount):
    """Return a function from state values to the action values one step before them (equation 4.6)."""
    continues = discount * model.probability * ~model.terminated
    expected_reward = (model.probability * model.reward).sum(axis=-1)
    return lambda state_values: expected_reward + (continues * state_values[model.next_state]).sum(axis=-1)
