"""Which balls are hit and which are missed."""

from rl_helpers.breakout.game.flight import FAST, Ball
from rl_helpers.breakout.game.misses import Meeting, meetings, tally
from rl_helpers.breakout.game.reading import Reading

WALL = bytes([1]) * 108


class Rally:
    """A ball that comes down again and again; the script says at which return it is lost."""

    def __init__(self, hits):
        self.hits = hits

    def reset(self, *, seed=None):
        self.at, self.lives, self.rises = 0, 1, False
        self.reading = Reading(60, 180, 50, 16, 1, WALL)
        self._look()
        return 0, {"lives": 1}

    def step(self, action):
        if self.rises:
            self.rises = False
        elif self.hits[self.at]:
            self.at, self.rises = self.at + 1, True
        else:
            self.lives = 0
        self._look()
        return 0, 0.0, self.lives == 0, False, {"lives": self.lives}

    def _look(self):
        class Moment:
            narrow = self.at >= 2

        self.moment = Moment()
        self.ball = None if self.lives == 0 else Ball(60, 180, 1, -FAST if self.rises else FAST)


class Waits:
    def act(self, state, *, explore):
        assert explore is False
        return 0


def test_balls_that_meet_the_paddle_are_noted_with_their_speed_its_width_and_the_wall():
    met = meetings(Rally([True, True, True, False]), Waits(), n_games=2, seed=0)
    game = [Meeting(True, True, False, 108)] * 2 + [
        Meeting(True, True, True, 108),
        Meeting(False, True, True, 108),
    ]
    assert met == 2 * game
    assert tally(met) == [(108, "fast", "narrow", 2, 2), (108, "fast", "wide", 4, 0)]


def test_a_tally_knows_the_last_bricks_of_a_wall_from_the_next():
    met = [Meeting(n != 13, False, False, n) for n in (0, 1, 12, 13, 36, 37, 72, 73, 108)]
    assert [(most, hits, misses) for most, _, _, hits, misses in tally(met)] == [
        (0, 1, 0),
        (12, 2, 0),
        (36, 1, 1),
        (72, 2, 0),
        (108, 2, 0),
    ]
