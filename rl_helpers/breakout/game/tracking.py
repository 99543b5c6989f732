"""Where the ball is flying: a picture does not tell, two do, unless the ball bounced in between."""

from rl_helpers.breakout.game.flight import FAST, LANDING, Ball, fly, nearest_speed
from rl_helpers.breakout.game.reading import CEILING, FRAMES

SERVED = (1.0, 1.0)  # speed of a ball that has just been served
TOLERANCE = 2.5  # pixels
MOST_UNSEEN = 8  # decisions


class Tracker:
    """Follows the ball from decision to decision.

    It foresees where the ball should be four frames later, bounces included. If the ball is there, the
    foreseen speed is right. If not, something else happened: the paddle gave the ball a new speed, or the
    guess was wrong, and the speed is measured anew.

    >>> from rl_helpers.breakout.game.reading import Reading
    >>> tracker, bricks = Tracker(), bytes([1]) * 108
    >>> for x, y in ((60, 120), (66, 124), (72, 128)):
    ...     ball = tracker.follow(Reading(x, y, 50, 16, 5, bricks))
    >>> ball.vx, ball.vy
    (1.5, 1)
    """

    def __init__(self):
        self.reset()

    def reset(self):
        """Forget the ball: a new game."""
        self.ball = None
        self._before = None
        self._unseen = 0

    def follow(self, reading):
        """Return the `Ball` in a `Reading`, or None if there is none.

        Args:
            reading: of the picture four frames after that of the last call.
        """
        before, self._before = self._before, reading
        if before is not None and reading.lives != before.lives:
            self.ball = None
        if reading.ball_x is None:
            return self._foresee(before)
        self._unseen = 0
        ball = self.ball
        # A ball that jumps up from the bottom has been lost and served again within one decision.
        if ball is None or (ball.y > LANDING - 20 and ball.y - reading.ball_y > 30):
            self.ball = Ball(reading.ball_x, reading.ball_y, *SERVED)
        else:
            self.ball = self._compare(ball, reading, before)
        return self.ball

    def _foresee(self, before):
        """Go on with a ball that cannot be seen: bricks, side walls and ceiling hide it in the picture."""
        if self.ball is not None:
            self._unseen += 1
            self.ball = fly(self.ball, before.bricks, FRAMES)
            if self.ball.y + 3 >= LANDING or self._unseen > MOST_UNSEEN:
                self.ball = None
        return self.ball

    def _compare(self, ball, reading, before):
        x, y = reading.ball_x, reading.ball_y
        dx, dy = x - ball.x, y - ball.y
        if ball.vy > 0 and ball.y + FRAMES * ball.vy >= LANDING - 2:
            if dy >= (FRAMES - 0.5) * ball.vy - 1:
                return ball._replace(x=x, y=y)  # fell past the paddle
            return Ball(x, y, _signed(ball.vx, dx), -ball.vy)
        foreseen = fly(ball, before.bricks, FRAMES)
        if abs(foreseen.x - x) <= TOLERANCE and abs(foreseen.y - y) <= TOLERANCE:
            vx, vy = foreseen.vx, foreseen.vy
            if (vx, vy) == (ball.vx, ball.vy) and abs(vy) < FAST:
                vx, vy = nearest_speed(dx / FRAMES, dy / FRAMES)  # The paddle's new speed may have come late.
            return Ball(x, y, vx, vy, foreseen.armed)
        return self._measure(ball, reading, before, dx, dy)

    def _measure(self, ball, reading, before, dx, dy):
        """Return the ball with a measured speed where what was foreseen is not what came."""
        x, y = reading.ball_x, reading.ball_y
        vx, vy = nearest_speed(dx / FRAMES, dy / FRAMES)
        is_straight = abs(abs(dx) - FRAMES * abs(vx)) < 0.1 and abs(abs(dy) - FRAMES * abs(vy)) < 0.6
        if is_straight and (abs(ball.vy) < FAST or abs(vy) == FAST):
            return Ball(x, y, vx, vy, ball.armed)
        reach = CEILING + FRAMES * abs(ball.vy)
        if ball.vy < 0 and y <= reach and ball.y <= reach:
            return Ball(x, y, _signed(ball.vx, dx), -ball.vy)
        vx, vy = _signed(ball.vx, dx), _signed(ball.vy, dy)
        if reading.bricks != before.bricks:  # It has turned at a brick within the four frames.
            turned = dy > -1 if ball.vy < 0 else dy < FRAMES
            return Ball(x, y, vx, -ball.vy if turned else ball.vy, armed=False)
        return Ball(x, y, vx, vy, ball.armed)


def _signed(speed, direction):
    """Return the speed with the sign of a way covered, or as it was if there was none."""
    return speed if direction == 0 else abs(speed) if direction > 0 else -abs(speed)
