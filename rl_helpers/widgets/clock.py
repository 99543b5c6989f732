"""The clock of a game in real time, and how far it may run ahead of the page."""

FRAMES_IN_FLIGHT = 12  # at 60 frames a second a fifth of a second: enough for a server across the ocean
PATIENCE = 2.0  # seconds without a sign of life before a page counts as gone


class Pacer:
    """Says how long to wait for the next tick.

    A tick that comes too late is not made up for: after a break the game goes on, it does not race.

    Args:
        fps: ticks a second.
        now: seconds, on any clock.

    >>> pacer = Pacer(10, now=0.0)
    >>> pacer.wait(now=0.03), pacer.wait(now=5.0)
    (0.07, 0.0)
    """

    def __init__(self, fps, *, now):
        self.period = 1 / fps
        self.due = now

    def wait(self, *, now):
        """Return the seconds until the next tick."""
        self.due = max(self.due + self.period, now)
        return self.due - now


class Window:
    """Counts the frames sent and those the page has drawn.

    >>> window = Window(now=0.0)
    >>> [window.send() for _ in range(2)], window.is_open(), window.is_deserted(now=60.0)
    ([1, 2], True, False)
    """

    def __init__(self, *, now):
        self.sent = 0
        self.drawn = 0
        self.heard = now

    def send(self):
        """Count one frame and return its number, from 1 on."""
        self.sent += 1
        return self.sent

    def acknowledge(self, number, *, now):
        """Note that the page has drawn a frame, and with it all earlier ones."""
        self.drawn = min(max(self.drawn, number), self.sent)
        self.heard = now

    def is_open(self):
        """Return whether another frame may be sent."""
        return self.sent - self.drawn < FRAMES_IN_FLIGHT

    def is_deserted(self, *, now):
        """Return whether the page has been silent for too long with frames to draw."""
        return not self.is_open() and now - self.heard > PATIENCE
