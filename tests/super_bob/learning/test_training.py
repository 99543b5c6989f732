"""Bob learns a small level, in stages, with starts along the way; what he says of himself is true."""

import numpy as np
import pytest

from rl_helpers.deep.trees import arrays
from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.learning import Stage, Training, curriculum, new_agent, play_games, starts_along
from rl_helpers.super_bob.learning.training import NotedGames

GAP = parse_level("B......F\n####.###\n####.###")
SMALL = {"n_envs": 32, "rollout_steps": 32, "n_batches": 4, "hidden": (16,)}
RIGHT, RIGHT_JUMP = 2, 5


def learn(stages, n_decisions, **options):
    training = Training(stages, n_decisions, **SMALL | options)
    for _ in training.run():
        pass
    return training


@pytest.mark.parametrize("seed", range(3))
def test_bob_learns_to_jump_over_a_gap(seed):
    training = learn(GAP, 60_000, seed=seed)
    assert play_games(new_agent(1, **SMALL), GAP, 50, max_episode_steps=100).share == 0
    assert play_games(training.agent, GAP, 50).share == 1
    first = training.first_finish
    assert first.n_finished > 0
    assert first.n_decisions < 60_000
    assert training.points[-1].n_decisions >= 60_000
    assert training.points[-1].n_finished / training.points[-1].n_episodes > 0.9
    assert training.points[-1].farthest == 7


def test_the_same_seed_is_the_same_training():
    one, same, other = (learn(GAP, 2_048, seed=seed) for seed in (1, 1, 2))
    for ours, theirs in zip(arrays(one.agent.parameters), arrays(same.agent.parameters), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert any(
        (ours != theirs).any()
        for ours, theirs in zip(arrays(one.agent.parameters), arrays(other.agent.parameters), strict=True)
    )


def test_a_training_that_is_stopped_keeps_what_was_learned_and_goes_on():
    training = Training(GAP, 4_096, **SMALL)
    points = training.run()
    next(points)
    points.close()
    assert [point.n_decisions for point in training.points] == [1_024]
    assert [point.n_decisions for point in training.run()] == [2_048, 3_072, 4_096]
    seconds = [point.seconds for point in training.points]
    assert seconds == sorted(seconds)
    assert seconds[0] > 0


def test_step_size_and_entropy_weight_fall_to_the_end():
    agent = new_agent(1_000)
    begin = agent.at_present(agent.learning_rate), agent.at_present(agent.entropy_weight)
    agent.n_decisions = 1_000
    end = agent.at_present(agent.learning_rate), agent.at_present(agent.entropy_weight)
    assert all(last < first / 5 for first, last in zip(begin, end, strict=True))


def test_stages_follow_each_other():
    other = parse_level("B....F\n######")
    training = Training([Stage(0.5, other), Stage(0.5, GAP)], 4_096, **SMALL)
    levels = []
    for _ in training.run():
        levels += [level.n_columns for level in training._games.games.tables.levels]
    assert levels == [6, 6, 8, 8]


def test_only_episodes_from_his_own_start_are_counted():
    games = NotedGames(40, GAP, starts=[0, 5])
    games.reset(seed=0)
    own = int((games.games.farthest == 0).sum())
    assert 0 < own < 40
    for _ in range(12):
        games.step(np.full(40, RIGHT))  # from column 5 to the flag and again; from column 0 into the gap
        if games._ended:
            break
    assert games.told()[1] == 0
    games = NotedGames(3, GAP)
    games.reset(seed=0)
    for action in [RIGHT] * 6 + [RIGHT_JUMP] * 12:
        games.step(np.full(3, action))
    assert games.told() == (3, 3, 7)
    assert games.told() == (0, 0, 0)


def test_starts_are_places_to_stand_before_the_flag():
    columns = starts_along("nightmare", every=1, own_share=0.25)
    assert columns.count(1) / len(columns) == pytest.approx(0.25, abs=0.01)
    assert {31, 35, 39, 43} <= set(columns)  # the pillars of one tile
    assert 29 not in columns  # between them is nothing
    assert max(columns) < 222
    assert starts_along(GAP, own_share=0.5, every=3) == [0, 0, 3, 6]


def test_a_curriculum_begins_along_the_level_and_ends_at_its_start():
    along, own = curriculum(GAP, 0.75, every=3)
    assert along.starts
    assert own.starts is None
    assert along.share + own.share == 1


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="sum to 1"):
        Training([Stage(0.5, GAP)], 100)
    with pytest.raises(ValueError, match="share is 1"):
        curriculum(GAP, 1)
    with pytest.raises(ValueError, match="own_share is 1"):
        starts_along(GAP, own_share=1)
    with pytest.raises(ValueError, match="n_decisions is 0"):
        Training(GAP, 0)
