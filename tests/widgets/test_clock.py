import asyncio

import pytest

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers.widgets.clock import FRAMES_IN_FLIGHT, PATIENCE
from tests.widgets.pages import (
    in_real_time,
    ticks,
)


def test_clock_keeps_its_pace_and_never_races_after_a_break(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100, fps=10)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 5)
        clock.now += 60.0  # another cell kept Python busy for a minute
        page.says(kind="drawn", number=player._window.sent)
        steps = len(env.actions)
        await ticks(player, clock, 5)
        assert len(env.actions) - steps <= 5
        player.close()

    asyncio.run(scene())
    assert clock.naps[:5] == pytest.approx([0.1] * 5)
    assert sum(nap == 0 for nap in clock.naps) == 1
    assert clock.naps[-2:] == pytest.approx([0.1, 0.1])


def test_frames_are_skipped_while_the_page_lags_but_the_game_goes_on(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=1000, fps=100)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 50)
        assert len(env.actions) >= 49
        assert len(page.received) == FRAMES_IN_FLIGHT
        page.says(kind="drawn", number=page.last["number"])
        await ticks(player, clock, 3)
        assert len(page.received) > FRAMES_IN_FLIGHT
        assert page.frame()[0, 0, 0] >= 50  # the newest frame, not the first that was skipped
        player.close()

    asyncio.run(scene())


def test_game_pauses_when_the_page_has_gone(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=10_000, fps=10)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 10_000)

    asyncio.run(scene())
    assert player.state == "paused"
    assert len(env.actions) <= 10 * PATIENCE + FRAMES_IN_FLIGHT + 1


def test_page_that_comes_back_can_go_on(monkeypatch):
    """A click shows that somebody is there, and a new page owes nothing for the frames of the old one."""
    player, page, _, clock = in_real_time(monkeypatch, n_steps=10_000, fps=10)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 10_000)
        assert player.state == "paused"
        clock.now += 60.0
        page.says(kind="go")
        await ticks(player, clock, 3)
        assert player.state == "playing"
        page.says(kind="hello")
        page.says(kind="go")
        page.received.clear()
        await ticks(player, clock, 3)
        assert page.received
        player.close()

    asyncio.run(scene())


def test_numbers_of_frames_that_were_never_sent_open_nothing(monkeypatch):
    player, page, _, _ = in_real_time(monkeypatch)
    page.says(kind="drawn", number=10**9)
    assert player._window.drawn == player._window.sent
