"""A training that can be stopped and gone on with, and what is told of it."""

import json

import numpy as np

from rl_helpers.deep.files import load, save
from rl_helpers.notebook.paths import output_path
from rl_helpers.super_bob.learning import load_agent, play_games
from rl_helpers.super_bob.learning.shipped import network_file
from tools.super_bob.settings import EARLY, N_GAMES, N_POINTS


def trained(name, training, keeps_early=False):
    """Let a training run to its end, from where it was stopped the last time; return how often it was.

    Args:
        name: of its files.
        training: a `Training`.
        keeps_early: whether the network on the way is kept in `notebooks/output`, for `ship`.

    Raises:
        KeyboardInterrupt: when stopped, after what was learned is kept in `notebooks/output`.
    """
    kept = output_path(f"super_bob_{name}.npz")
    about = kept.with_suffix(".json")
    n_stops = 0
    if kept.is_file() and about.is_file():
        load(training.agent, kept)
        before = json.loads(about.read_text())
        n_stops = before["stops"]
        training.go_on_from(before["points"])
        print(f"{name} goes on after {training.agent.n_decisions:,.0f} decisions", flush=True)
    points = training.run()
    try:
        for number, point in enumerate(points):
            if keeps_early and point.n_decisions >= EARLY[1]:
                save(training.agent, output_path(f"super_bob_{EARLY[0]}.npz"))
                keeps_early = False
            if number % 50 == 0:
                share = point.n_finished / max(1, point.n_episodes)
                print(f"{name}: {point.n_decisions:,} of {training.n_decisions:,} decisions, "
                      f"{point.seconds:.0f} s, {share:.0%} of games finished, "
                      f"up to column {point.farthest}", flush=True)  # fmt: skip
    except KeyboardInterrupt:
        save(training.agent, kept)
        about.write_text(json.dumps({"stops": n_stops + 1, "points": training.points}))
        raise
    for path in (kept, about):
        path.unlink(missing_ok=True)
    return n_stops


def ship(agent, name, n_finished, n_games=N_GAMES):
    """Write a network in the place of the shipped one if it finishes as many games; print what was done.

    Args:
        agent: that was trained.
        name: of the shipped network, which is that of its level.
        n_finished: games of `n_games` that the agent finished, with the most probable actions.
        n_games: how many games the shipped one plays for the comparison, the same ones.

    Returns:
        Whether it was written. The network on the way that `trained` kept goes with it.
    """
    shipped = int(play_games(load_agent(name), name, n_games).finished.sum())
    told = f"the new network finishes {n_finished} of {n_games} games, the shipped one {shipped}"
    if n_finished < shipped:
        print(f"{name}: {told}: the shipped one stays", flush=True)
        return False
    save(agent, network_file(name))
    early = output_path(f"super_bob_{EARLY[0]}.npz")
    if EARLY[0].startswith(name) and early.is_file():
        early.replace(network_file(EARLY[0]))
    print(
        f"{name}: {told}: it was replaced; `shipped` in the file of results tells of the old one", flush=True
    )
    return True


def curve(points, n_points=N_POINTS):
    """Return at most so many [decisions, seconds, share finished, farthest column] of a training's points.

    Each tells of the games from Bob's own start that ended since the one before; the share is None if none.
    """
    told = []
    for some in np.array_split(np.arange(len(points)), min(n_points, len(points))):
        part = [points[number] for number in some]
        n_episodes = sum(point.n_episodes for point in part)
        share = round(sum(point.n_finished for point in part) / n_episodes, 3) if n_episodes else None
        last = part[-1]
        told.append([last.n_decisions, round(last.seconds, 1), share, max(point.farthest for point in part)])
    return told


def result(agent, level, n_games=N_GAMES, **options):
    """Return how many games are finished, greedy and sampled, and the mean of the columns reached."""
    told = {"games": n_games}
    for name, explore in (("greedy", False), ("sampled", True)):
        games = play_games(agent, level, n_games, explore=explore, **options)
        told |= {name: int(games.finished.sum()), f"{name}_column": round(float(games.columns.mean()), 1)}
    return told


def summary(training):
    """Return decisions, seconds, and when the first game was finished."""
    first, last = training.first_finish, training.points[-1]
    return {
        "decisions": last.n_decisions,
        "seconds": round(last.seconds, 1),
        "first_finish_decisions": first and first.n_decisions,
        "first_finish_seconds": first and round(first.seconds, 1),
    }
