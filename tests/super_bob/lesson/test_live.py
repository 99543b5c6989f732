"""Training that can be watched: games that are over are noted, and the stop button keeps what was learned."""

import numpy as np
import pytest

from rl_helpers import plots
from rl_helpers.super_bob.learning import new_agent
from rl_helpers.super_bob.lesson import curve
from rl_helpers.super_bob.lesson.alley import ALLEY, REWARD_SETTINGS
from rl_helpers.super_bob.lesson.curve import LiveMap, growing_map
from rl_helpers.super_bob.lesson.live import BUDGET_VARIABLE, WatchedGames, decisions, learn, quick_agent
from rl_helpers.super_bob.rewards import check_rewards
from rl_helpers.super_bob.search import is_possible

SHORT = "B.o..F\n######"
SPIKES = "B..^..F\n#######"


def agent_for(games, n_decisions=2_000):
    return new_agent(n_decisions, n_envs=games.num_envs, rollout_steps=16, n_batches=2, hidden=(8,), seed=1)


def test_every_game_that_is_over_is_noted_with_its_end():
    games = WatchedGames(3, SHORT)
    games.reset(seed=0)
    while len(games.ends) < 3:
        games.step(np.full(3, 2))
    assert games.finished == [True] * 3
    assert games.columns == [5] * 3
    assert games.coins == [1] * 3
    assert len(set(games.ends)) == 1
    assert games.ends[0] == games.n_decisions == games.first_finish
    assert games.share_finished() == 1.0
    deadly = WatchedGames(2, SPIKES)
    deadly.reset(seed=0)
    while not deadly.ends:
        deadly.step(np.full(2, 2))
    assert (deadly.finished, deadly.columns) == ([False] * 2, [2] * 2)
    assert (deadly.first_finish, deadly.share_finished()) == (None, 0.0)


def test_a_game_is_noted_with_the_column_that_it_began_in():
    games = WatchedGames(8, "B......F\n########", starts=[1, 5])
    games.reset(seed=0)
    while len(games.ends) < 30:
        games.step(np.full(8, 2))
    assert set(games.starts) == {1, 5}
    first = {start: games.ends[games.starts.index(start)] for start in (1, 5)}
    assert first[5] < first[1]


def test_the_share_is_of_the_last_games():
    games = WatchedGames(1, SHORT)
    assert games.share_finished() == 0.0
    games.finished = [True, True, False, True]
    assert games.share_finished(2) == 0.5


def test_learning_takes_as_many_decisions_as_asked_for_and_changes_the_agent():
    games = WatchedGames(4, SHORT)
    agent, seen = agent_for(games), []
    before = agent.parameters.policy.weights[0].copy()
    assert learn(agent, games, 200, seed=1, on_update=lambda games: seen.append(games.n_decisions))
    assert seen == [64, 128, 192, 256]
    assert agent.n_decisions == games.n_decisions == 256
    assert not np.array_equal(before, agent.parameters.policy.weights[0])


def test_the_stop_button_keeps_what_was_learned():
    games = WatchedGames(4, SHORT)
    agent = agent_for(games)

    def stop(games):
        if games.n_decisions >= 128:
            raise KeyboardInterrupt

    assert not learn(agent, games, 10_000, seed=1, on_update=stop)
    assert agent.n_decisions == 128


def test_a_budget_is_so_many_decisions_or_what_the_environment_says(monkeypatch):
    monkeypatch.delenv(BUDGET_VARIABLE, raising=False)
    assert decisions("10 s") < decisions("1 min") < decisions("5 min")
    monkeypatch.setenv(BUDGET_VARIABLE, "77")
    assert decisions("5 min") == 77
    with pytest.raises(ValueError, match="expected one of '10 s'"):
        decisions("2 h")


def test_the_map_has_a_dot_for_each_game_at_its_end():
    games = WatchedGames(1, SPIKES)
    games.ends, games.columns, games.finished = [10, 20, 30], [2, 6, 2], [False, True, False]
    _, axes = plots.new_axes()
    growing_map(axes, games, 100)
    died, finished = axes.lines
    assert died.get_xdata().tolist() == [10, 30]
    assert np.abs(died.get_ydata() - 2).max() < 0.5
    assert finished.get_xdata().tolist() == [20]
    assert axes.get_xlim() == (0, 100)


def test_the_map_draws_no_more_dots_than_it_can_bear():
    games = WatchedGames(1, SPIKES)
    games.ends, games.columns, games.finished = list(range(10_000)), [2] * 10_000, [False] * 10_000
    _, axes = plots.new_axes()
    growing_map(axes, games, 10_000)
    assert len(axes.lines[0].get_xdata()) <= curve.MOST_DOTS
    assert "10,000 games, a dot for one in 4," in LiveMap(10_000).drawn(games)[1]


def test_the_live_map_is_redrawn_now_and_then_in_one_place(monkeypatch):
    shown = []

    class Handle:
        def update(self, picture):
            shown.append(picture)

    def display(picture, display_id):
        shown.append(picture)
        return Handle()

    monkeypatch.setattr("IPython.display.display", display)
    games = WatchedGames(4, SHORT)
    learn(agent_for(games), games, 64 * 40, seed=1, on_update=LiveMap(64 * 40))
    assert 19 <= len(shown) <= 21
    assert "ended at the flag" in shown[-1].text


def test_the_alley_is_possible_and_its_settings_are_rewards():
    assert is_possible(ALLEY).is_possible
    assert [check_rewards(each) for each in REWARD_SETTINGS.values()]


def test_bob_learns_the_alley_within_seconds():
    games = WatchedGames(level=ALLEY)
    agent = quick_agent(150_000, seed=3)
    learn(agent, games, 60_000, seed=3)
    assert 0 < games.first_finish < 50_000
    assert np.mean(games.columns[-100:]) > 2 * np.mean(games.columns[:100])
