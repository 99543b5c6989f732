"""Practice goes on from moments before deaths: the same keys lead to the same death."""

from typing import NamedTuple

import numpy as np
import pytest

from rl_helpers.super_bob import parse_level
from rl_helpers.super_bob.game.many import FIELDS
from rl_helpers.super_bob.learning import moments as kept
from rl_helpers.super_bob.learning.games import NEVER, NotedGames
from rl_helpers.super_bob.learning.moments import BACK, EVERY, PASSED, Moment
from rl_helpers.super_bob.learning.training import Stage, Training

RIGHT = 2
GAP = parse_level("B" + "." * 38 + "F\n" + "#" * 18 + ".." + "#" * 20)
PACED = parse_level("B" + "." * 9 + "w" + "." * 19 + "F\n" + "#" * 31)
TIME = FIELDS.index("time")


def played(level, n_games=40, share=0.5, **options):
    """Return games in which Bob has run to the right until he has died in each of them."""
    games = NotedGames(n_games, level, **options)
    games.reset(seed=0)
    games.resume(share, np.random.default_rng(0))
    died = np.zeros(n_games, bool)
    while not died.all():
        died |= games.step(np.full(n_games, RIGHT))[2]
    return games


def test_who_goes_on_as_he_did_dies_as_he_did():
    noted = played(PACED)
    moments = list(noted._moments._before)[:40]
    assert len({moment.phases.tobytes() for moment in moments}) > 10
    games = noted.games
    for game in range(40):
        assert noted._moments.go_on(game, Chosen(game)) is moments[game]
    died_at = np.full(40, -1)
    for _ in range(EVERY * (BACK[1] + 1)):
        games.step(np.full(40, RIGHT), noted.frame_skip)
        new = (games.cause > 0) & (died_at < 0)
        died_at[new] = games.farthest[new]
    assert died_at.tolist() == [moment.death for moment in moments]


class Chosen(NamedTuple):
    """Chance that gives one number."""

    number: int

    def integers(self, *_):
        return self.number


def test_who_was_stomped_stays_away():
    noted = played(PACED)
    moment = noted._moments._before[0]
    noted._moments._before[0] = moment._replace(lives=~moment.lives)
    noted._moments.go_on(7, Chosen(0))
    assert (noted.games.lives[7] != moment.lives).all()


def test_moments_are_so_many_decisions_before_the_death_or_the_beginning_of_the_episode():
    noted = played(GAP, n_games=200)
    lasts = len_until_death(GAP)
    ages = {lasts - moment.now[TIME] // noted.frame_skip for moment in noted._moments._before}
    # One is kept before the step in which he dies, at most EVERY decisions earlier: that is the 0th.
    assert {(age - 1) // EVERY for age in ages} == set(range(BACK[0], BACK[1] + 1))
    short = played(parse_level("B...F\n##..#"), share=0.001)  # an episode is over before three are kept
    assert {int(moment.now[TIME]) for moment in short._moments._before} == {0}
    for _ in range(100):
        short.step(np.full(40, RIGHT))
    assert len(short._moments) > 200
    assert max(moment.now[TIME] for moment in short._moments._before) < EVERY * short.frame_skip


def len_until_death(level):
    games = NotedGames(1, level)
    games.reset(seed=0)
    n_steps = 1
    while not games.step(np.full(1, RIGHT))[2].all():
        n_steps += 1
    return n_steps


def test_a_share_of_the_episodes_goes_on_running_and_is_not_counted_as_from_his_start():
    noted = NotedGames(400, GAP)
    noted.reset(seed=0)
    noted.resume(0.6, np.random.default_rng(0))
    assert (noted._ends_at == NEVER).all()  # nobody has died yet
    noted = played(GAP, n_games=400, share=0.6)
    goes_on = noted._ends_at < NEVER
    assert 0.5 < goes_on.mean() < 0.7
    np.testing.assert_array_equal(noted._is_own, ~goes_on)
    speeds = noted.games.now[FIELDS.index("vx")]
    assert (speeds[goes_on] > 0).all()
    assert (speeds[~goes_on] == 0).all()


@pytest.mark.parametrize(("death", "ends"), [(5, "cut off"), (14, "died")])
def test_practice_is_cut_off_behind_the_death_and_its_own_deaths_are_not_remembered(death, ends):
    noted = NotedGames(1, GAP)
    noted.reset(seed=0)
    noted.resume(0.999, np.random.default_rng(0))
    games = noted.games
    now = games.now[:, 0].copy()
    noted._moments._before.append(Moment(now, games.lives[0].copy(), games.phases[0].copy(), death))
    noted._elapsed[0], noted._coins[0], noted._stomps[0] = 3, 2, 1
    kinds, seen = games.kinds.copy(), games.seen.copy()
    games.kinds[:], games.seen[:] = 0, 0.0  # as if all were coins, and collected
    noted._begin([0])
    assert noted._ends_at[0] == death + PASSED
    assert (noted._elapsed[0], noted._coins[0], noted._stomps[0]) == (0, 0, 0)
    np.testing.assert_array_equal(games.kinds, kinds)
    np.testing.assert_array_equal(games.seen, seen)
    over = False
    while not over:
        _, _, terminated, truncated, infos = noted.step(np.full(1, RIGHT))
        over = (terminated | truncated)[0]
    assert infos["final_info"]["column"][0] == (death + PASSED if ends == "cut off" else 19)
    assert truncated[0] == (ends == "cut off")
    assert len(noted._moments) == 1
    noted._resumed_share = 0.0
    noted._begin([0])
    assert noted._ends_at[0] == NEVER


def test_only_so_many_are_remembered_and_none_of_who_was_stopped_by_the_clock(monkeypatch):
    monkeypatch.setattr(kept, "REMEMBERED", 7)
    assert len(played(GAP)._moments) == 7
    noted = NotedGames(3, GAP, max_episode_steps=20)
    noted.reset(seed=0)
    noted.resume(0.5, np.random.default_rng(0))
    for _ in range(30):
        noted.step(np.zeros(3, int))
    assert len(noted._moments) == 0


def test_a_stage_goes_on_from_moments():
    level = "B......F\n####.###\n####.###"
    stages = [Stage(0.5, level), Stage(0.5, level, None, 0.5, resumes=True)]
    training = Training(stages, 8_192, n_envs=32, rollout_steps=32, n_batches=2, n_epochs=1)
    for _ in training.run():
        vector = training.player().vector
        assert vector._practises is False
    assert len(vector._moments) > 0


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="give one"):
        NotedGames(2, [GAP, PACED]).resume(0.5, np.random.default_rng(0))
    with pytest.raises(ValueError, match="share is 1"):
        NotedGames(2, GAP).resume(1, np.random.default_rng(0))
