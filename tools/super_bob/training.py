"""A training that can be stopped and gone on with, and what is told of it."""

import json

import numpy as np

from rl_helpers.deep.files import load, save
from rl_helpers.notebook.paths import output_path
from rl_helpers.super_bob.learning import load_agent, play_games
from rl_helpers.super_bob.learning.measuring import observation_of
from rl_helpers.super_bob.learning.shipped import SHIPPED, network_file
from tools.super_bob.settings import EARLY, N_GAMES, N_MEASURES, N_POINTS


def trained(name, training, *, measured_on=None, keeps_early=False):
    """Let a training run to its end, from where it was stopped the last time.

    What was learned is kept in `notebooks/output` at every measure, and when it is stopped.

    Args:
        name: of its files.
        training: a `Training`.
        measured_on: the level on which games are played on the way, from Bob's own start; None: no measures.
        keeps_early: whether the network on the way is kept in `notebooks/output`, for `ship`.

    Returns:
        How often it was stopped, and the measures: [decisions, seconds, share of games finished with the most
        probable actions, and with actions drawn].

    Raises:
        KeyboardInterrupt: when stopped.
    """
    kept = output_path(f"super_bob_{name}.npz")
    about = kept.with_suffix(".json")
    n_stops, measures = 0, []
    if kept.is_file() and about.is_file():
        load(training.agent, kept)
        before = json.loads(about.read_text())
        n_stops, measures = before["stops"] + 1, before["measures"]
        training.go_on_from(before["points"])
        keeps_early = keeps_early and training.agent.n_decisions < EARLY[1]
        print(f"{name} goes on after {training.agent.n_decisions:,.0f} decisions", flush=True)

    def keep():
        save(training.agent, kept)
        about.write_text(json.dumps({"stops": n_stops, "points": training.points, "measures": measures}))

    try:
        for number, point in enumerate(training.run()):
            if keeps_early and point.n_decisions >= EARLY[1]:
                save(training.agent, output_path(f"super_bob_{EARLY[0]}.npz"))
                keeps_early = False
            if measured_on and point.n_decisions * N_MEASURES >= (len(measures) + 1) * training.n_decisions:
                told = result(training.agent, measured_on)
                shares = [told[each] / told["games"] for each in ("greedy", "sampled")]
                measures.append([point.n_decisions, round(point.seconds, 1), *shares])
                print(f"{name}: {measures[-1]}", flush=True)
                keep()
            elif number % 50 == 0:
                share = point.n_finished / max(1, point.n_episodes)
                print(f"{name}: {point.n_decisions:,} of {training.n_decisions:,} decisions, "
                      f"{point.seconds:.0f} s, {share:.0%} of games finished, "
                      f"up to column {point.farthest}", flush=True)  # fmt: skip
    except KeyboardInterrupt:
        keep()
        raise
    for path in (kept, about):
        path.unlink(missing_ok=True)
    return n_stops, measures


def ship(table, training, name, row):
    """Write a network in the place of the shipped one if it finishes as many games; print what was done.

    Args:
        table: `Table`, whose part "shipped" tells of the networks that ship.
        training: that has come to its end.
        name: of the shipped network, which is that of its level.
        row: what was measured of the training.

    Returns:
        Whether it was written. The network on the way that `trained` kept goes with it. One that is told
        other numbers than `SHIPPED` says is not: whoever loads it would be told those.
    """
    if observation_of(training.agent) != SHIPPED[name]:
        kept = output_path(f"super_bob_{name}.npz")
        save(training.agent, kept)
        told = f"is told {observation_of(training.agent)!r}, and `SHIPPED` says {SHIPPED[name]!r}"
        print(f"{name}: the new network {told}: the shipped one stays; see {kept.name}", flush=True)
        return False
    shipped = int(play_games(load_agent(name), name, row["games"]).finished.sum())
    told = f"the new network finishes {row['greedy']} of {row['games']} games, the shipped one {shipped}"
    if row["greedy"] < shipped:
        print(f"{name}: {told}: the shipped one stays", flush=True)
        return False
    save(training.agent, network_file(name))
    table.replace("shipped", {"network": name}, row)
    early = output_path(f"super_bob_{EARLY[0]}.npz")
    if EARLY[0].startswith(name) and early.is_file():
        early.replace(network_file(EARLY[0]))
        point = next(point for point in training.points if point.n_decisions >= EARLY[1])
        asked = {"level": name, "seed": row["seed"], "decisions": point.n_decisions}
        told_early = asked | {"seconds": round(point.seconds, 1)} | result(load_agent(EARLY[0]), name)
        table.replace("shipped", {"network": EARLY[0]}, told_early)
    print(f"{name}: {told}: it was replaced", flush=True)
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


def result(agent, level, n_games=N_GAMES, *, tells_columns=False, **options):
    """Return how many games are finished, greedy and sampled, and the mean of the columns reached.

    With `tells_columns` also in which columns the greedy games were lost: [column, games], in their order.
    """
    told = {"games": n_games}
    for name, explore in (("sampled", True), ("greedy", False)):
        games = play_games(agent, level, n_games, explore=explore, **options)
        told |= {name: int(games.finished.sum()), f"{name}_column": round(float(games.columns.mean()), 1)}
    if tells_columns:
        lost = np.unique(games.columns[~games.finished], return_counts=True)
        told["lost"] = np.column_stack(lost).tolist()
    return told


def summary(training):
    """Return decisions, seconds, when the first game was finished, and how many were lost until then."""
    first, last = training.first_finish, training.points[-1]
    until = [point for point in training.points if first and point.n_decisions <= first.n_decisions]
    return {
        "decisions": last.n_decisions,
        "seconds": round(last.seconds, 1),
        "first_finish_decisions": first and first.n_decisions,
        "first_finish_seconds": first and round(first.seconds, 1),
        "lost_before": first and sum(point.n_lost for point in until),
    }
