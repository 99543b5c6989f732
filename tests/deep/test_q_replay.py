"""Memory: what comes out is what was put in, however episodes end and however often the ring is full."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rl_helpers.deep.q.replay import Replay, replay_megabytes

NAMES = "observations", "actions", "rewards", "n_steps", "next_observations", "terminated"


class Tale:
    """Plays an invented world in a memory: every observation has numbers of its own, none comes twice."""

    def __init__(self, replay, seed=0, *, p_end=0.2, p_life=0.0):
        self.replay, self.rng, self.p_end, self.p_life = replay, np.random.default_rng(seed), p_end, p_life
        self.shape = replay.n_runs, replay.n_envs
        self.number = 0
        self.episodes = {}  # from each lane to its episodes, lists of steps
        self.here = dict.fromkeys(np.ndindex(self.shape))

    def picture(self):
        self.number += 1
        return self.number

    def play(self, n_steps, waits=False):
        frames = self.replay.n_frames
        for _ in range(n_steps):
            columns = {name: np.zeros(self.shape) for name in ("reward", "action", "terminated", "ended")}
            here, there = (np.zeros((*self.shape, frames)) for _ in range(2))
            valid = np.ones(self.shape, dtype=bool)
            for lane in np.ndindex(self.shape):
                if waits and self.rng.random() < 0.3:
                    valid[lane] = False
                    continue
                if self.here[lane] is None:
                    self.here[lane] = [self.picture() for _ in range(frames)]
                    self.episodes.setdefault(lane, []).append([])
                following = [*self.here[lane][1:], self.picture()]
                over, cut = self.rng.random(2) < self.p_end
                life = self.rng.random() < self.p_life
                here[lane], there[lane] = self.here[lane], following
                columns["reward"][lane] = self.rng.integers(-3, 4)
                columns["action"][lane] = self.rng.integers(5)
                columns["terminated"][lane], columns["ended"][lane] = over or life, over or cut
                self.episodes[lane][-1].append(
                    (tuple(self.here[lane]), *(columns[name][lane] for name in columns), tuple(following))
                )
                self.here[lane] = None if over or cut else following
            self.replay.add(
                here,
                columns["action"],
                columns["reward"],
                there,
                columns["terminated"],
                columns["ended"],
                valid,
            )

    def expected(self, n_steps, discount):
        """Return what may be drawn in each run, a dict from an observation to the rest of its sample."""
        found = [{} for _ in range(self.shape[0])]
        for (run, env), episodes in self.episodes.items():
            if self.here[run, env] is not None:
                episodes = [*episodes[:-1], episodes[-1][:-1]]  # what follows the newest is not stored yet
            for steps in episodes:
                for start, (here, _, action, *_) in enumerate(steps):
                    ends = [step[3] or step[4] for step in steps[start : start + n_steps]]
                    taken = ends.index(True) + 1 if True in ends else len(ends)
                    rewards = [step[1] for step in steps[start : start + taken]]
                    total = sum(discount**k * reward for k, reward in enumerate(rewards))
                    last = steps[start + taken - 1]
                    found[run][here] = action, total, taken, last[5], bool(last[3])
        return found


def drawn(replay, n_samples=400, seed=1, **options):
    sample = replay.sample(np.random.default_rng(seed), n_samples, **options)
    for run in range(replay.n_runs):
        for one in zip(*(getattr(sample, name)[run] for name in NAMES), strict=True):
            here, action, reward, n_steps, there, terminated = one
            yield run, tuple(here), (action, pytest.approx(reward), n_steps, tuple(there), terminated)


@given(
    st.integers(0, 10**6),
    st.sampled_from([1, 2, 3]),
    st.sampled_from([1, 3]),
    st.sampled_from([1, 2, 5]),
    st.sampled_from([0.0, 0.3]),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_what_is_drawn_was_lived_through(seed, n_frames, n_envs, n_steps, p_life, waits):
    replay = Replay(2, n_envs, 40 * n_envs, n_frames, n_frames=n_frames)
    tale = Tale(replay, seed, p_life=p_life)
    tale.play(seed % 90 + 12, waits)
    expected = tale.expected(n_steps, 0.5)
    for run, here, found in drawn(replay, n_steps=n_steps, discount=0.5):
        assert here in expected[run]
        assert found == expected[run][here]


@pytest.mark.parametrize("n_frames", [1, 3])
def test_what_was_broken_off_does_not_lead_into_the_next_episode(n_frames):
    for seed in range(30):
        replay = Replay(2, 2, 120, n_frames, n_frames=n_frames)
        tale = Tale(replay, seed)
        for n_steps in (seed % 7 + 3, 1, 6):
            tale.play(n_steps)
            replay.break_off()
            for lane, here in tale.here.items():
                if here is not None:
                    del tale.episodes[lane][-1][-1]
                tale.here[lane] = None
        expected = tale.expected(3, 0.5)
        for run, here, found in drawn(replay, 100, n_steps=3, discount=0.5):
            assert found == expected[run][here]


@pytest.mark.parametrize("n_frames", [1, 2, 3])
def test_the_shortest_memory_that_is_allowed_always_has_a_step(n_frames):
    replay = Replay(1, 1, 2 * n_frames + 1, n_frames, n_frames=n_frames)
    tale = Tale(replay, p_end=0.6)
    for _ in range(60):
        tale.play(1)
        if replay.has(1):
            list(drawn(replay, 3))


def test_every_step_is_drawn_and_about_equally_often():
    replay = Replay(1, 2, 400, 1)
    tale = Tale(replay, p_end=0.1)
    tale.play(60)
    counts = {}
    for _, here, _ in drawn(replay, 60_000):
        counts[here] = counts.get(here, 0) + 1
    # All but the newest step of each environment, where what follows is not stored yet.
    waiting = sum(place is not None for place in tale.here.values())
    assert len(counts) == 2 * 60 - waiting
    share = np.array([*counts.values()]) / 60_000 * len(counts)
    assert share.min() > 0.75
    assert share.max() < 1.25


def test_the_oldest_is_forgotten_first():
    replay = Replay(1, 1, 20, 1)
    for t in range(50):
        one = np.full((1, 1, 1), t)
        replay.add(one, [[0]], [[0.0]], one + 1, [[False]], [[False]])
    seen = {here[0] for _, here, _ in drawn(replay)}
    assert seen == set(range(30, 49))


def test_pictures_before_the_oldest_row_are_not_asked_for():
    replay = Replay(1, 1, 20, 3, n_frames=3)
    for t in range(50):
        replay.add(
            np.array([[[t - 2, t - 1, t]]]), [[0]], [[0.0]], np.array([[[t - 1, t, t + 1]]]), [[0]], [[0]]
        )
    seen = {here for _, here, _ in drawn(replay)}
    assert seen == {(t - 2, t - 1, t) for t in range(32, 49)}


def test_a_picture_is_stored_once():
    replay = Replay(1, 1, 100, 8, n_frames=4, dtype=np.uint8)
    assert replay.observations.shape == (1, 100, 2)
    assert replay.observations.nbytes == 200


def test_memory_is_said_beforehand_and_is_what_it_takes():
    replay = Replay(3, 2, 1000, 50, dtype=np.uint8)
    arrays = replay.observations, replay.actions, replay.rewards, replay.flags
    assert replay.megabytes == pytest.approx(sum(array.nbytes for array in arrays) / 1e6)
    assert replay_megabytes(1_000_000, 41 * 36, np.uint8) == pytest.approx(1483)


def test_too_much_memory_is_refused_before_it_is_taken():
    with pytest.raises(ValueError, match="takes 1,483 MB, more than the 600 of largest_megabytes"):
        Replay(1, 1, 1_000_000, 41 * 36, dtype=np.uint8)
    assert Replay(1, 1, 400_000, 41 * 36, dtype=np.uint8).megabytes < 600


def test_an_episode_that_is_said_to_be_over_afterwards_is_the_same():
    later, at_once = Replay(1, 1, 50, 1), Replay(1, 1, 50, 1)
    for t in range(6):
        here, there = np.full((1, 1, 1), t), np.full((1, 1, 1), t + 1 if t != 2 else 100)
        at_once.add(here, [[0]], [[1.0]], there, [[False]], [[t == 2]])
        later.add(here, [[0]], [[1.0]], there, [[False]], [[False]])
        if t == 2:
            later.end(there)
            later.end(there)  # twice is once
    assert later.written == at_once.written
    for name in ("observations", "rewards", "flags"):
        assert np.array_equal(getattr(later, name), getattr(at_once, name))


def test_bad_memories_are_refused():
    with pytest.raises(ValueError, match="give how many pictures"):
        Replay(1, 1, 10, 7, n_frames=2)
    with pytest.raises(ValueError, match="too short to hold a step: give at least 24"):
        Replay(1, 8, 16, 1)
    with pytest.raises(ValueError, match="play first"):
        Replay(1, 1, 10, 1).sample(np.random.default_rng(0), 1)
    with pytest.raises(ValueError, match="give at least 5"):
        Replay(1, 1, 4, 2, n_frames=2)
    one = Replay(1, 1, 10, 1)
    assert not one.has(0)
    one.add(np.zeros((1, 1, 1)), [[0]], [[0.0]], np.ones((1, 1, 1)), [[False]], [[False]])
    with pytest.raises(ValueError, match="play first"):
        one.sample(np.random.default_rng(0), 1)


def test_pictures_in_the_wrong_order_are_refused():
    replay = Replay(1, 1, 10, 2, n_frames=2)
    with pytest.raises(ValueError, match="must be those of successive time steps, the newest last"):
        replay.add(np.array([[[2, 1]]]), [[0]], [[0.0]], np.array([[[3, 2]]]), [[False]], [[False]])


def test_a_step_that_none_took_is_not_kept():
    replay = Replay(1, 2, 20, 1)
    zeros = np.zeros((1, 2))
    replay.add(np.zeros((1, 2, 1)), zeros, zeros, np.zeros((1, 2, 1)), zeros, zeros, [[True, False]])
    assert replay.written.tolist() == [1, 0]
    replay.add(np.zeros((1, 2, 1)), zeros, zeros, np.zeros((1, 2, 1)), zeros, zeros, [[False, False]])
    assert replay.written.tolist() == [1, 0]
