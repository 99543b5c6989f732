"""The battery keeps to its rules, its copies to the battery, and each fault is the one that it is called."""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.environments import RavelObservation, check_world, explore_model
from rl_helpers.exercises.tasks.own_world import CAPACITY, FAULTS, PATIENTS, WINDY, Battery, drawing
from rl_helpers.exercises.tasks.own_world import examination as exam
from rl_helpers.exercises.tasks.own_world.battery import GREEN
from rl_helpers.exercises.tasks.own_world.faults import HidesTheWind, PaysForWishes
from rl_helpers.planning import value_iteration


@pytest.fixture(scope="module")
def exact():
    """The exact action values of the battery."""
    return value_iteration(explore_model(RavelObservation(Battery())), 1.0)


@pytest.mark.parametrize("make", [Battery, *(fault.make for fault in PATIENTS.values())])
def test_no_check_finds_a_fault_in_these_worlds(make):
    assert check_world(make()) == []
    assert check_world(Battery(render_mode="rgb_array")) == []


def test_a_day_has_24_hours_and_the_charge_stays_in_its_range():
    env = Battery()
    observation, _ = env.reset(seed=0)
    assert observation[0] == 0
    for hour in range(24):
        (now, charge, windy), reward, terminated, truncated, _ = env.step(2)
        assert (now, terminated, truncated) == ((hour + 1) % 24, hour == 23, False)
        assert 0 <= charge <= CAPACITY
    assert (charge, reward, windy) == (CAPACITY, 0.0, observation[2])
    assert env.step(0)[2]  # over is over


def test_every_charge_and_both_kinds_of_day_begin_episodes():
    env = Battery()
    starts = {env.reset(seed=seed)[0] for seed in range(100)}
    assert starts == {(0, charge, windy) for charge in range(CAPACITY + 1) for windy in (0, 1)}


def test_picture_shows_the_hour_and_the_charge():
    env = Battery(render_mode="rgb_array")
    pictures = []
    for seed in range(40):
        env.reset(seed=seed)
        pictures.append((env.charge, env.windy, env.render()))
    greens = {charge: (picture == GREEN).all(axis=2).sum() for charge, _, picture in pictures}
    assert greens[0] == 0
    assert greens[3] == 3 * greens[1] == 3 * (greens[2] - greens[1])
    before = env.render()
    env.step(1)
    assert (before != env.render()).any()


@pytest.mark.parametrize("kind", [Battery, HidesTheWind, PaysForWishes])
def test_copies_do_what_the_world_does(kind):
    copies = exam._Lockstep(kind).copies(1, np.random.default_rng(0))
    env, rng = RavelObservation(kind()), np.random.default_rng(1)
    for day in range(30):
        state = copies.start(1)
        env.reset(seed=day)
        env.unwrapped.charge, env.unwrapped.windy = int(copies.charge[0]), int(copies.windy[0])
        assert state == env.observation(env.unwrapped.observation())
        for _ in range(24):
            action = int(rng.integers(3))
            following, reward, over = copies.step(np.arange(1), state, np.array([action]))
            observed, paid, terminated, _, _ = env.step(action)
            assert (following[0], over[0]) == (observed, terminated)
            assert reward[0] == pytest.approx(paid)


def test_best_battery_gives_power_away_below_zero_and_gains_by_it(exact):
    assert drawing.deed(exact, 13, 2, windy=1) == drawing.SELLS
    assert WINDY[13] < 0
    charges, earned = drawing.day_of(exact)
    assert charges[11:17] == [0, 1, 2, 1, 2, 3]
    assert earned == pytest.approx(exact[1].max()) == pytest.approx(130.7)


def test_exam_says_what_a_table_earns(exact):
    earned = exam._earned(np.array([exact, np.tile([0, 1, 0], (192, 1))]))
    assert earned[0].sum() == pytest.approx(exact[:8].max(axis=1).mean())
    assert not earned[1].any()
    hidden = np.tile([1, 0, 0], (1, 96, 1))  # always sells: what is in it at the start, in the first hours
    assert exam._earned(hidden)[0, :4] == pytest.approx([0.9 * 17 * 3 / 4, 0.9 * 15 / 2, 0.9 * 13 / 4, 0.0])


def test_only_three_faults_have_a_world_and_each_is_somebodys():
    with_world = {fault.name for fault in FAULTS.values() if fault.make}
    assert with_world == {fault.name for fault in PATIENTS.values()}
    assert len(FAULTS) == 1 + len(PATIENTS)
    assert isinstance(PATIENTS["Clara"].make(), gym.wrappers.TimeLimit)


# The curves


@pytest.fixture(scope="module", params=[1, 2])
def findings(request):
    """What is found in 25 runs of each world."""
    runs = {"n_runs": 25, "seed": request.param}
    return {"sound": exam.healthy(**runs)} | {
        name: exam.examine(fault.make, **runs) for name, fault in PATIENTS.items()
    }


def test_curves_show_what_the_check_says_of_them(findings, exact):
    best = exact[:8].max(axis=1).mean()
    paid = {name: found.paid[:, -100:].mean() for name, found in findings.items()}
    worth = {name: found.worth[:, -1].mean() for name, found in findings.items()}
    by_half = {name: found.by_hour.reshape(-1, 2, 12).sum(axis=2) for name, found in findings.items()}
    halves = {name: each.mean(axis=0) for name, each in by_half.items()}
    assert worth["sound"] > 0.97 * best
    # Anna: paid less than the sound ones, and stuck below the best, now and when trained for half as long.
    assert paid["Anna"] < 0.75 * paid["sound"]
    anna = findings["Anna"].worth.mean(axis=0)
    assert max(anna[-1], anna[-4]) < 0.75 * best
    assert halves["Anna"][1] > halves["Anna"][0] > 0
    # Boris: paid more than there is to earn, and earns less than half of the best.
    assert paid["Boris"] > 2 * best
    assert 0 < worth["Boris"] < 0.5 * best
    # Clara: as good as the sound ones in the morning, and nothing from one o'clock on.
    assert halves["Clara"][0] > 0.95 * halves["sound"][0]
    assert not findings["Clara"].by_hour[:, 13:].any()
    assert paid["Clara"] < paid["sound"]


def test_curves_begin_alike_and_an_exam_is_of_the_table_at_that_time(findings):
    for found in findings.values():
        assert found.worth.shape == (25, len(found.exams)) == (25, len(exam.EXAMS))
        assert found.worth[:, 0] == pytest.approx(findings["sound"].worth[0, 0])
        assert found.by_hour.sum(axis=1) == pytest.approx(found.worth[:, -1])
