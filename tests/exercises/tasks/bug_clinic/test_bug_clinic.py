"""Five bugs: that each is what it says, that the curves show them, and that the check explains them."""

import copy

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent
from rl_helpers.exercises import Check, solution
from rl_helpers.exercises.answers.progress import NO_PROGRESS, Progress
from rl_helpers.exercises.tasks.bug_clinic import BUGS, PATIENTS, Interval, examine, healthy
from rl_helpers.exercises.tasks.bug_clinic import examination as clinic
from rl_helpers.exercises.tasks.bug_clinic.bugs import (
    ClockIsTheEnd,
    CreditsAnotherAction,
    SkipsTheLastUpdate,
    StartsEpsilonOver,
    TakesTheClockForTheEnd,
    TakesTheFirstOfTheBest,
)
from rl_helpers.exercises.tasks.bug_clinic.diagnosis import exercise
from rl_helpers.exercises.tasks.bug_clinic.twins import CLINIC_TWINS, ManySkipsTheLastUpdate
from rl_helpers.exercises.tasks.bug_clinic.words import AGAINST, EXPLAINED
from rl_helpers.schedules import LinearDecay
from rl_helpers.training import Transition, train, train_many

BROKEN = [bug.agent_class for bug in BUGS.values()]


# What each bug does, by hand


def test_last_update_is_skipped_and_no_other():
    agent = SkipsTheLastUpdate(2, 1, learning_rate=0.5, initial_value=1.0)
    assert agent.update((0, 0, 5.0, 1, True)) == 0.0
    assert agent.q_values.tolist() == [[1.0], [1.0]]
    agent.update((0, 0, 5.0, 1, False))
    assert agent.q_values[0, 0] > 1.0
    assert agent.n_steps == 2


def test_clock_is_reported_as_the_end_and_the_end_as_the_end():
    env = ClockIsTheEnd(clinic.narrow_corridor())
    env.reset(seed=0)
    ends = [env.step(0)[2:4] for _ in range(5)]
    assert ends == [(False, False)] * 4 + [(True, True)]


def test_credit_goes_to_an_action_that_the_policy_draws_anew():
    agent = CreditsAnotherAction(1, 2, epsilon=0.0, learning_rate=1.0, rng=np.random.default_rng(0))
    agent.q_values = [[0.0, 1.0]]
    agent.update(Transition(0, 0, 5.0, 0, True))  # action 0 was played, action 1 is greedy
    assert agent.q_values.tolist() == [[0.0, 5.0]]


def test_first_of_equal_values_is_taken_and_the_others_by_exploring_only():
    def share_of_first(epsilon):
        agent = TakesTheFirstOfTheBest(1, 4, epsilon=epsilon, rng=np.random.default_rng(0))
        return np.mean([agent.act(0) == 0 for _ in range(2000)])

    assert share_of_first(0.0) == 1.0
    assert 0.58 < share_of_first(0.5) < 0.67  # 1/2 + 1/8


def test_epsilon_is_large_again_in_each_episode():
    agent = StartsEpsilonOver(1, 1, epsilon=LinearDecay(1.0, 0.0, n_steps=2))
    for _ in range(2):
        agent.update((0, 0, 0.0, 0, False))
    assert agent.policy.at(agent.n_steps) == 0.0
    agent.end_episode()
    assert agent.policy.at(agent.n_steps) == 1.0


# One agent and many are the same agent


def small_world():
    """Four cells; four actions are the best way, and the clock rings after eight."""
    return gym.make("Bob/Room-v0", layout="B..P", max_episode_steps=8, rewards={"couch": -0.5})


def one_by_one(agent_class, env, n_runs, n_episodes, **settings):
    """Return length and table of many runs, each trained alone, (n_runs, numbers)."""
    rows = []
    for run in range(n_runs):
        world = ClockIsTheEnd(env) if agent_class is TakesTheClockForTheEnd else env
        agent = agent_class(4, 5, rng=np.random.default_rng(run), **settings)
        lengths = train(world, agent, n_episodes, seed=run).lengths
        rows.append([lengths[:20].mean(), lengths[20:].mean(), *agent.q_values.ravel()])
    return np.array(rows)


def all_at_once(agent_class, env, n_runs, n_episodes, **settings):
    """Return the same of as many runs trained together."""
    twin, length = CLINIC_TWINS[agent_class], {"n_episodes": n_episodes}
    history = train_many(agent_class, env, twin=twin, n_runs=n_runs, seed=0, **length, **settings)
    halves = history.lengths[:, :20].mean(axis=1), history.lengths[:, 20:].mean(axis=1)
    return np.column_stack([*halves, history.q_values.reshape(n_runs, -1)])


def furthest_apart(rows, others):
    """Return the largest difference of means, in standard errors."""
    errors = rows.var(axis=0) / len(rows) + others.var(axis=0) / len(others)
    return (np.abs(rows.mean(axis=0) - others.mean(axis=0)) / np.sqrt(errors + 1e-6)).max()


@pytest.mark.parametrize("agent_class", BROKEN, ids=lambda each: each.__name__)
def test_one_agent_and_many_have_the_same_bug(agent_class):
    settings = {"learning_rate": 0.3, "discount": 0.95, "epsilon": LinearDecay(0.9, 0.1, n_steps=200)}
    if agent_class is TakesTheClockForTheEnd:
        settings["initial_value"] = 2.0  # or nothing would be lost where an early episode is cut off
    alone = one_by_one(agent_class, small_world(), 100, 40, **settings)
    together = all_at_once(agent_class, small_world(), 600, 40, **settings)
    assert furthest_apart(alone, together) < 4.5
    sound = all_at_once(QLearningAgent, small_world(), 600, 40, **settings)
    assert furthest_apart(alone, sound) > 7


# The curves


@pytest.fixture(scope="module", params=[1, 2])
def findings(request):
    """What is found in 25 runs of each patient and of the healthy agent."""
    patients = {
        name: examine(bug.agent_class, n_runs=25, seed=request.param) for name, bug in PATIENTS.items()
    }
    return {"healthy": healthy(n_runs=25, seed=request.param), **patients}


def test_no_two_patients_look_alike_and_none_looks_healthy(findings):
    values = {name: found.values() for name, found in findings.items()}
    for name, mine in values.items():
        for other, theirs in values.items():
            assert name == other or any(mine[what].apart(theirs[what]) for what in mine), (name, other)


def test_curves_show_what_the_check_says_of_them(findings):
    room = {name: found.lengths for name, found in findings.items()}
    at_end = {name: lengths[:, -50:].mean() for name, lengths in room.items()}
    home = {name: found.home for name, found in findings.items()}
    at_random = {"n_runs": 100, "n_episodes": 10, "seed": 0, "epsilon": 1.0}
    chance = train_many(QLearningAgent, clinic.quiet_room(), **at_random).lengths.mean()
    # Alma knows the way as early as healthy, takes twice the steps, and stays there; her table is right.
    assert room["Alma"][:, :20].mean() < room["healthy"][:, :20].mean() + 8
    assert 1.7 < at_end["Alma"] / at_end["healthy"] < 2.3
    assert abs(room["Alma"][:, 35:55].mean() - at_end["Alma"]) < 1
    # Bruno is late, by sixty episodes in the room and a little in the corridor, and recovers.
    assert room["Bruno"][:, :30].mean() > 90
    assert room["Bruno"][:, 55:65].mean() > 30 > 12 > room["healthy"][:, 25:55].mean()
    assert room["Bruno"][:, -10:].mean() < 20
    assert home["Bruno"][:, 3].mean() < home["healthy"][:, 3].mean() - 0.1
    assert home["Bruno"][:, -1].mean() > 0.9
    # Carla walks by chance for ever, and the corridor heals her in the end.
    assert abs(at_end["Carla"] - chance) < 3
    assert abs(room["Carla"][:, :20].mean() - at_end["Carla"]) < 4
    assert home["Carla"][:, -1].mean() > 0.97
    # Dino is healthy in the room and never gets there in the corridor.
    assert abs(at_end["Dino"] - at_end["healthy"]) < 0.3
    assert 0.5 < home["Dino"][:, -1].mean() < 0.8
    # Elli is worse than chance in the room, and healthy in the corridor.
    assert at_end["Elli"] > 99.5 > chance + 3
    for name in ("Alma", "Elli"):
        assert np.abs(home[name].mean(axis=0) - home["healthy"].mean(axis=0)).max() < 0.12


def test_tables_in_the_corridor_are_those_of_one_training():
    options = {"n_runs": 3, "seed": 5, **clinic.SETTINGS}
    env = clinic.narrow_corridor()
    tables = clinic._tables(SkipsTheLastUpdate, env, np.array([0, 50, 120]), **options)
    assert len(tables) == 3
    assert (tables[0] == 0).all()
    for table, n_steps in zip(tables[1:], (50, 120), strict=True):
        np.testing.assert_array_equal(
            table,
            train_many(
                SkipsTheLastUpdate, env, twin=ManySkipsTheLastUpdate, n_steps=n_steps, **options
            ).q_values,
        )


def test_home_is_where_the_greedy_actions_lead():
    env = clinic.narrow_corridor()
    tables = np.zeros((3, 11, 5))
    tables[:, :, 1] = 1.0  # right
    tables[:, 10, 4] = 2.0  # scratch the post
    tables[1, 6, 3] = 2.0  # back and forth between cells 5 and 6
    tables[2, 10, 4] = 0.0  # never scratches
    assert clinic._share_home(env, tables).tolist() == [1.0, 0.3, 0.0]


def test_interval_covers_the_mean_as_often_as_it_says():
    rng = np.random.default_rng(0)
    intervals = [Interval.of(rng.normal(3.0, size=100)) for _ in range(1000)]
    assert 0.92 < np.mean([each.low <= 3 <= each.high for each in intervals]) < 0.97
    assert not Interval(2, 1, 3).apart(Interval(4, 3, 5))
    assert Interval(2, 1, 3).apart(Interval(5, 3.1, 6))
    assert Interval(5, 3.1, 6).apart(Interval(2, 1, 3))


# The check

RIGHT = {name: bug.name for name, bug in PATIENTS.items()}
EMPTY = dict.fromkeys(PATIENTS, ...)
SHUFFLED = dict(reversed(RIGHT.items()))


@pytest.mark.parametrize("diagnosis", [RIGHT, SHUFFLED], ids=["in order", "in another order"])
def test_right_diagnosis_is_solved_and_explained(diagnosis):
    report = exercise.judge(diagnosis)
    assert report.status == "solved"
    assert report.findings == tuple(("solved", patient, EXPLAINED[patient]) for patient in PATIENTS)


WRONG_PAIRS = [(patient, bug) for patient in PATIENTS for bug in BUGS if PATIENTS[patient].name != bug]


@pytest.mark.parametrize(("patient", "bug"), WRONG_PAIRS)
def test_wrong_pairing_gets_what_speaks_against_it(patient, bug):
    report = exercise.judge(RIGHT | {patient: bug})
    assert report.status == "wrong"
    assert ("wrong", patient, AGAINST[patient][bug]) in report.findings
    assert sum(status == "wrong" for status, _, _ in report.findings) == 1
    assert f'"{bug}" is named 2 times' in report.hint


def test_every_wrong_pairing_has_a_sentence_of_its_own_that_gives_nothing_away():
    sentences = [AGAINST[patient][bug] for patient, bug in WRONG_PAIRS]
    assert len(set(sentences)) == len(sentences) == 20
    assert [sentence for _, sentence in exercise.mistakes] == sentences
    for patient, bug in WRONG_PAIRS:
        assert PATIENTS[patient].name not in AGAINST[patient][bug]
    assert all(set(AGAINST[patient]) == set(BUGS) - {bug.name} for patient, bug in PATIENTS.items())


@pytest.mark.parametrize(
    ("diagnosis", "words"),
    [
        (5, "5 came, and a dictionary is expected"),
        (None, "None came, and a dictionary is expected"),
        (list(RIGHT.values()), "a dictionary is expected"),
        ({bug: patient for patient, bug in RIGHT.items()}, "the patients come first"),
        ({"Bob": "epsilon starts over"}, "there is no patient 'Bob': the names are Alma, Bruno"),
        ({1: "epsilon starts over"}, "there is no patient 1"),
        ({"Alma": "epsilon start over"}, 'did you mean "epsilon starts over"?'),
        ({"Alma": "Epsilon starts over "}, 'did you mean "epsilon starts over"?'),
        ({"Alma": "fleas"}, 'choose from "skips the last update", "takes the clock'),
        ({"Alma": ["epsilon starts over"]}, "there is no bug called ['epsilon starts over']"),
        ({"Alma": 3}, "there is no bug called 3"),
    ],
)
def test_answer_that_is_no_diagnosis_is_told_why(diagnosis, words):
    report = exercise.judge(diagnosis)
    assert report.status == "wrong"
    assert words in repr(report)


def test_empty_diagnosis_is_not_yet_and_a_part_of_one_says_what_is_missing():
    for empty in (EMPTY, {}, dict.fromkeys(PATIENTS), dict.fromkeys(PATIENTS, "")):
        report = exercise.judge(empty)
        assert (report.status, report.findings) == ("not yet", ())
    part = exercise.judge(EMPTY | {"Dino": RIGHT["Dino"]})
    assert part.status == "not yet"
    assert "1 of 5 are right" in part.message
    assert ("not yet", "Alma", "no bug named yet.") in part.findings
    assert exercise.judge(EMPTY | {"Dino": RIGHT["Alma"]}).status == "wrong"


def test_check_leaves_the_diagnosis_alone_and_notes_a_right_one_only(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv(NO_PROGRESS, raising=False)
    check = Check(Progress(tmp_path / "progress.json"))
    for diagnosis in (EMPTY, RIGHT | {"Alma": RIGHT["Elli"]}):
        before = copy.copy(diagnosis)
        assert check.bug_clinic(diagnosis) is None
        assert diagnosis == before
    check.progress("05")
    assert "○ bug_clinic: not yet" in capsys.readouterr().out
    check.bug_clinic(RIGHT)
    Check(Progress(tmp_path / "progress.json")).progress("05")
    assert "✓ bug_clinic: solved" in capsys.readouterr().out
    assert "bug_clinic" in dir(check)


def test_report_says_in_html_what_it_says_in_text_and_escapes_what_the_learner_wrote():
    report = exercise.judge({"Alma": "<b>", "Bruno": RIGHT["Bruno"]})
    markup = report._repr_html_()
    assert "&lt;b&gt;" in markup
    assert "<b>" not in markup
    assert "✗ <strong>Alma:</strong>" in markup
    assert "✓ <strong>Bruno:</strong> yes." in markup
    assert markup.count("<div") == markup.count("</div>") == 1
    assert "  ✗ Alma: " in repr(report)


def test_shown_solution_is_right_and_waits_behind_its_button(monkeypatch):
    namespace = {}
    exec(solution("bug_clinic").code, namespace)
    assert exercise.judge(namespace["diagnosis"]).status == "solved"
    monkeypatch.setenv(NO_PROGRESS, "1")
    assert not any(bug in str(solution("bug_clinic")._repr_mimebundle_()) for bug in BUGS)


@pytest.mark.parametrize("table", [BUGS, PATIENTS])
def test_the_clinic_is_read_only(table):
    with pytest.raises(TypeError, match="does not support item assignment"):
        table["Alma"] = table[next(iter(table))]
    with pytest.raises(AttributeError, match="pop"):
        table.pop("Alma")


def test_patients_are_not_in_the_order_of_the_bugs():
    assert sorted(bug.name for bug in PATIENTS.values()) == sorted(BUGS)
    assert all(bug.name != listed for bug, listed in zip(PATIENTS.values(), BUGS, strict=True))


@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_code_of_a_bug_is_short_and_real(bug):
    assert bug.code.startswith("def ")
    assert '"""' not in bug.code
    assert len(bug.code.splitlines()) <= 6
    # The wrapper has the bug of the one that is not told about the clock.
    holder = ClockIsTheEnd if bug.agent_class is TakesTheClockForTheEnd else bug.agent_class
    assert vars(holder)[bug.lines.__name__] is bug.lines
