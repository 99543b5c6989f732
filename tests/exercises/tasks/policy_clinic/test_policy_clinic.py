"""Three bugs of PPO: that each is what it says, that curves show them, and that the check explains them."""

import numpy as np
import pytest

from rl_helpers import updates
from rl_helpers.deep import PPOAgent
from rl_helpers.exercises import solution
from rl_helpers.exercises.tasks.policy_clinic import BUGS, PATIENTS, examine, examined
from rl_helpers.exercises.tasks.policy_clinic.bugs import (
    AdvantageNotDetached,
    ClockIsTheEnd,
    OldProbabilitiesAnew,
)
from rl_helpers.exercises.tasks.policy_clinic.diagnosis import exercise
from rl_helpers.exercises.tasks.policy_clinic.words import AGAINST, EXPLAINED
from tests.deep.agents import make, planted_rollout

RIGHT = {patient: bug.name for patient, bug in PATIENTS.items()}
WRONG_PAIRS = [(patient, bug) for patient in PATIENTS for bug in BUGS if bug != RIGHT[patient]]


# What each bug does, by hand


def test_an_episode_that_the_clock_cut_off_is_taken_for_one_that_is_over():
    sick, sound = make(ClockIsTheEnd), make(PPOAgent)
    cut = planted_rollout(sound, truncated=(1,))
    over = cut._replace(terminated=cut.ended)
    np.testing.assert_array_equal(sick.advantages(cut)[1], sound.advantages(over)[1])
    assert not np.allclose(sick.advantages(cut)[1], sound.advantages(cut)[1])


def test_compared_with_itself_a_policy_never_leaves_the_clip():
    sick, sound = make(OldProbabilitiesAnew, learning_rate=0.1), make(PPOAgent, learning_rate=0.1)
    seen = sick.learn(planted_rollout(sick))
    assert (seen["clip_fraction"] == 0).all()
    assert np.abs(seen["approx_kl"]).max() < 1e-12
    assert (sound.learn(planted_rollout(sound))["clip_fraction"] > 0).all()


def test_the_objective_of_the_policy_moves_the_critic(monkeypatch):
    rng = np.random.default_rng(0)
    old, advantages, returns, log_probability, value = rng.normal(size=(5, 2, 6))
    monkeypatch.setattr(PPOAgent, "step", lambda agent, inputs, actions, weight, rule: (
        rule(log_probability, np.zeros_like(value), value), None, None))  # fmt: skip
    valid = np.ones((2, 6), dtype=bool)
    gradients = [
        make(kind, standardise_advantages=False).learn_batch(None, None, valid, old, advantages, returns)[0]
        for kind in (AdvantageNotDetached, PPOAgent)
    ]
    # By differences: ρ (G − V) grows by −ρ with V.
    width = 1e-6
    above, below = (
        updates.clipped_surrogate(log_probability, old, returns - shifted, clip=np.inf)[0]
        for shifted in (value + width, value - width)
    )
    np.testing.assert_allclose(
        gradients[0].value - gradients[1].value, (above - below) / (2 * width), rtol=1e-6
    )
    np.testing.assert_array_equal(gradients[0].log_probability, gradients[1].log_probability)


# What the curves show


@pytest.fixture(scope="module")
def found():
    kinds = {"healthy": PPOAgent} | {name: bug.agent_class for name, bug in PATIENTS.items()}
    return {name: examine(kind, n_runs=4, n_steps=8000) for name, kind in kinds.items()}


def test_each_patient_shows_its_bug(found):
    promise = {
        name: [each.late("promise").mean() for each in clocks.values()] for name, clocks in found.items()
    }
    assert min(promise["healthy"]) > 75
    assert promise["Fritz"][0] < 70 < 76 < promise["Fritz"][1]
    assert max(promise["Hugo"]) < min(promise["healthy"]) - 5
    for name, clocks in found.items():
        clipped = np.concatenate([each.clip_fraction.ravel() for each in clocks.values()])
        assert (clipped == 0).all() == (name == "Gina")
    assert found["Gina"][500].late("scores").mean() < 65 < 90 < found["Hugo"][100].late("scores").mean()


def test_what_is_stored_shows_the_same_bugs():
    stored = {who: examined(who) for who in ("healthy", *PATIENTS)}
    for who, clocks in stored.items():
        for clock, each in clocks.items():
            assert each.scores.shape == each.promise.shape == each.clip_fraction.shape
            assert each.scores.shape == (20, len(each.decisions)), (who, clock)
            assert 19_000 < each.decisions[-1] < 21_000
            assert (each.clip_fraction == 0).all() == (who == "Gina")
    assert stored["Fritz"][100].late("promise").mean() < 63 < 83 < stored["Fritz"][500].late("promise").mean()
    assert max(each.late("promise").mean() for each in stored["Hugo"].values()) < 82


def test_nobody_else_was_examined():
    with pytest.raises(ValueError, match="choose healthy or Fritz, Gina, Hugo"):
        examined("Bob")


# What the check says


@pytest.mark.parametrize(("patient", "bug"), WRONG_PAIRS)
def test_wrong_pairing_gets_what_speaks_against_it(patient, bug):
    report = exercise.judge(RIGHT | {patient: bug})
    assert report.status == "wrong"
    assert ("wrong", patient, AGAINST[patient][bug]) in report.findings
    assert f'"{bug}" is named 2 times: each of the three bugs' in report.hint


def test_right_diagnosis_is_explained_and_an_empty_one_is_not_yet():
    report = exercise.judge(RIGHT)
    assert report.status == "solved"
    assert report.findings == tuple(("solved", patient, EXPLAINED[patient]) for patient in PATIENTS)
    assert exercise.judge(dict.fromkeys(PATIENTS, ...)).status == "not yet"
    assert '`{"Fritz": "…", "Gina": "…"}`' in exercise.judge(5).hint


def test_every_wrong_pairing_has_a_sentence_of_its_own_that_gives_nothing_away():
    sentences = [AGAINST[patient][bug] for patient, bug in WRONG_PAIRS]
    assert len(set(sentences)) == len(sentences) == 6
    assert all(set(AGAINST[patient]) == set(BUGS) - {bug.name} for patient, bug in PATIENTS.items())
    assert all(RIGHT[patient] not in AGAINST[patient][bug] for patient, bug in WRONG_PAIRS)


def test_patients_are_not_in_the_order_of_the_bugs():
    assert sorted(RIGHT.values()) == sorted(BUGS)
    assert all(mine != listed for mine, listed in zip(RIGHT.values(), BUGS, strict=True))


@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_code_of_a_bug_is_short_and_real(bug):
    assert bug.code.startswith("def ")
    assert '"""' not in bug.code
    assert len(bug.code.splitlines()) <= 8
    assert vars(bug.agent_class)[bug.lines.__name__] is bug.lines


def test_shown_solution_is_right():
    namespace = {}
    exec(solution("policy_clinic").code, namespace)
    assert exercise.judge(namespace["diagnosis"]).status == "solved"
