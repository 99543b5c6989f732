"""Bob learns a small level, in stages, with starts along the way; what he says of himself is true."""

import numpy as np
import pytest

from rl_helpers.deep.trees import arrays
from rl_helpers.schedules import LinearDecay
from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.game.observations import SIGHTS
from rl_helpers.super_bob.learning import (
    Stage,
    Training,
    curriculum,
    fluency,
    mastery,
    measuring,
    new_agent,
    play_games,
    starts_along,
)
from rl_helpers.super_bob.rewards import REWARDS

GAP = parse_level("B......F\n####.###\n####.###")
SMALL = {"n_envs": 32, "rollout_steps": 32, "n_batches": 4, "hidden": (16,)}


def learn(stages, n_decisions, **options):
    training = Training(stages, n_decisions, **SMALL | options)
    for _ in training.run():
        pass
    return training


@pytest.mark.parametrize("seed", range(3))
def test_bob_learns_to_jump_over_a_gap(seed):
    # To run on and fall earns two columns for certain: an agent that decides too early stays with that.
    open_minded = {"entropy_weight": LinearDecay(0.3, 0, n_steps=60_000), "learning_rate": 0.003}
    training = learn(GAP, 60_000, seed=seed, **open_minded)
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
    begin = agent.at_present("learning_rate"), agent.at_present("entropy_weight")
    agent.n_decisions = 1_000
    end = agent.at_present("learning_rate"), agent.at_present("entropy_weight")
    assert all(last < first / 5 for first, last in zip(begin, end, strict=True))


def test_stages_follow_each_other():
    other = parse_level("B....F\n######")
    training = Training([Stage(0.5, other), Stage(0.5, GAP)], 4_096, **SMALL)
    points, levels = training.run(), []
    for _ in range(4):
        levels += [level.n_columns for level in training.player().vector.games.tables.levels]
        next(points)
    assert levels == [6, 6, 8, 8]


def test_an_earlier_training_can_be_gone_on_from():
    earlier = Training(GAP, 4_096, **SMALL)
    for point in earlier.run():
        if point.n_decisions >= 2_048:
            break
    later = Training(GAP, 4_096, **SMALL)
    later.go_on_from([list(point) for point in earlier.points])
    assert [point.n_decisions for point in later.run()] == [3_072, 4_096]
    assert later.points[:2] == earlier.points
    assert later.points[-1].seconds > earlier.points[-1].seconds


def test_starts_are_places_to_stand_before_the_flag():
    columns = starts_along("nightmare", every=1, own_share=0.25)
    assert columns.count(1) / len(columns) == pytest.approx(0.25, abs=0.01)
    assert {31, 35, 39, 43} <= set(columns)  # the pillars of one tile
    assert 29 not in columns  # between them is nothing
    assert max(columns) < 222
    assert starts_along(GAP, own_share=0.5, every=3) == [0, 0, 3, 6]


def test_a_curriculum_begins_along_the_level_and_goes_on_with_practice():
    along, practice = curriculum(GAP, 0.25, 0.4)
    assert along == (0.25, GAP, [0, 0, 1, 2, 3, 5, 6], 0, "tiles", None, False)
    assert practice[:2] == (0.75, GAP)
    assert practice.practice == 0.4
    assert practice.starts.count(0) / len(practice.starts) == pytest.approx(0.6, abs=0.05)


def test_practice_begins_where_bob_dies():
    training = Training([Stage(0.5, GAP), Stage(0.5, GAP, None, 0.5)], 2_048, **SMALL)
    points = training.run()
    next(points)
    assert training.player().vector._beginnings.starts is None
    for _ in range(2):
        vector = training.player().vector
        next(points, None)
    assert vector._beginnings.starts is None or set(vector._beginnings.starts) <= {0, 1, 2, 3}


def test_a_stage_may_show_more(monkeypatch):
    training = Training([Stage(0.5, GAP), Stage(0.5, GAP, observation="foresight")], 4_096, **SMALL)
    points, shown = training.run(), []
    for _ in range(4):
        shown.append((training.player().vector.games.tables.sight, training.agent.observation))
        next(points)
    assert shown == [(SIGHTS[name], name) for name in ("tiles", "tiles", "foresight", "foresight")]
    asked = []
    monkeypatch.setattr(measuring, "SuperBobVectorEnv", lambda *_, **options: asked.append(options) or 1 / 0)
    for agent in (training.agent, new_agent(1)):
        with pytest.raises(ZeroDivisionError):
            play_games(agent, GAP)
    assert [options["observation"] for options in asked] == ["foresight", "tiles"]


def test_rewards_may_be_others():
    training = Training(GAP, 64, rewards={"flag": 7}, **SMALL)
    assert training.player().vector.rewards == {**REWARDS, "flag": 7}


def test_a_stage_may_pay_otherwise():
    stages = [Stage(0.5, GAP, rewards={"death": -3}), Stage(0.5, GAP)]
    training = Training(stages, 4_096, rewards={"flag": 7}, **SMALL)
    paid = []
    for _ in training.run():
        paid.append(training.player().vector.rewards)
    assert paid[0] == {**REWARDS, "flag": 7, "death": -3}
    assert paid[-1] == {**REWARDS, "flag": 7}


def test_mastery_is_a_curriculum_then_practice_and_both_rates_begin_again():
    stages, changes = mastery(GAP, 1_000)
    assert [stage.share for stage in stages] == [1 / 4, 1 / 4, 1 / 2]
    assert [stage.practice for stage in stages] == [0, 0.5, 0.8]
    assert {stage.observation for stage in stages} == {"foresight"}
    assert stages[0].starts == starts_along(GAP)
    for name in ("learning_rate", "entropy_weight"):
        begin, before, again, end = (changes[name](step) for step in (0, 499, 500, 1_000))
        assert begin > again > 3 * before > end > 0
        assert changes[name](999) < changes[name](501)
    assert changes["rewards"] == {name: pytest.approx(reward / 10) for name, reward in REWARDS.items()}


def test_mastery_learns_to_run_then_to_wait():
    stages, changes = mastery(GAP, 1_000)
    training = Training(stages, 1_000, n_envs=8, rollout_steps=8, n_batches=1, **changes)
    assert training.agent.hidden == (128, 128)
    paid, discounts = [], []
    for _ in training.run():
        paid.append(training.player().vector.rewards)
        discounts.append(training.agent.discount)
    tenth = {name: reward / 10 for name, reward in REWARDS.items()}
    patient = tenth | {"death": 6 * tenth["death"], "decision": 2 * tenth["decision"]}
    half = len(paid) // 2
    assert paid[: half - 1] == [pytest.approx(tenth)] * (half - 1)
    assert paid[half + 1 :] == [pytest.approx(patient)] * (len(paid) - half - 1)
    assert discounts[: half - 1] == [0.995] * (half - 1)
    assert discounts[half + 1 :] == [0.999] * (len(discounts) - half - 1)
    # Else who stands still for ever is better off than who dies.
    assert patient["decision"] / (1 - discounts[-1]) < patient["death"]


def test_fluency_practises_more_and_steps_further_than_new_agent():
    stages, changes = fluency(GAP, 1_000)
    assert [(stage.share, stage.practice, stage.observation) for stage in stages] == [
        (0.25, 0, "foresight"),
        (0.75, 0.95, "foresight"),
    ]
    assert [stage.resumes for stage in stages] == [False, True]
    assert [stage.rewards for stage in stages] == [None, {"death": 2 * REWARDS["death"]}]
    for name in ("learning_rate", "entropy_weight"):
        rates = [changes[name](step) for step in (0, 499, 501, 1_000)]
        assert rates == sorted(rates, reverse=True)
        assert rates[1] == pytest.approx(rates[2], rel=0.02)
    assert [changes["discount"](step) for step in (0, 499, 1_000)] == pytest.approx([0.98, 0.98, 0.99])
    agent = Training(stages, 64, **changes).agent
    assert (agent.n_envs, agent.rollout_steps, agent.n_epochs, agent.n_batches) == (512, 32, 4, 8)
    training = Training(stages, 64, **changes | {"n_envs": 8, "rollout_steps": 8})
    assert next(training.run()).n_decisions == 64


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="sum to 1"):
        Training([Stage(0.5, GAP)], 100)
    with pytest.raises(ValueError, match="along is 1"):
        curriculum(GAP, 1)
    with pytest.raises(ValueError, match="own_share is 1"):
        starts_along(GAP, own_share=1)
    with pytest.raises(ValueError, match="n_decisions is 0"):
        Training(GAP, 0)
