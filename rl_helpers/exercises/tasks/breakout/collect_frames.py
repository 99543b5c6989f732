"""Exercise of notebook 07: keep what happens while an agent plays at random."""

import itertools
from typing import NamedTuple

import numpy as np

from rl_helpers.exercises.checking.compare import describe, same
from rl_helpers.exercises.checking.drawing.scripts import DEEP, FIRST_STATE, script, words
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake
from rl_helpers.exercises.checking.scripted_world import (
    N_ACTIONS,
    ScriptedWorld,
    refuse_tuple,
    state_in_picture,
)


def collect_frames(env, n_steps, rng):
    """Take random steps across episodes and return a list of dicts: frame, state, action, reward."""
    frames = []
    state, _ = env.reset()
    for _ in range(n_steps):
        frame = env.render()
        action = int(rng.integers(env.action_space.n))
        next_state, reward, terminated, truncated, _ = env.step(action)
        frames.append({"frame": frame, "state": state, "action": action, "reward": reward})
        state = next_state
        if terminated or truncated:
            state, _ = env.reset()
    return frames


MANY = 600  # steps, enough to see whether all actions are as likely
KEYS = ("frame", "state", "action", "reward")


def _case(*episodes, n_steps, expected, world):
    return Case(
        ScriptedWorld(*episodes),
        n_steps,
        np.random.default_rng(5),
        expected=expected,
        world=world,
    )


def _draw(rng):
    for _ in range(60):
        episodes = [script(rng) for _ in range(rng.integers(1, 5))]
        n_steps = int(rng.choice([0, *range(1, 10), 40, MANY]))
        rewards = list(
            itertools.islice(itertools.cycle(each for rewards, _ in episodes for each in rewards), n_steps)
        )
        yield Case(
            ScriptedWorld(*episodes, first_state=FIRST_STATE),
            n_steps,
            np.random.default_rng(5),
            expected=rewards,
            world=words(*episodes),
            size=n_steps + len(episodes),
            deep=n_steps > DEEP,
        )


class Difference(NamedTuple):
    """What was expected and what came, where rewards cannot be compared."""

    expected: str
    got: str


def _observe(frames, env, n_steps, rng):
    """Return the rewards that were kept, after a look at everything else."""
    if not isinstance(frames, list) or not all(isinstance(entry, dict) for entry in frames):
        kind = f"a list of {n_steps} dicts with {', '.join(KEYS)}"
        return None if frames is None else Difference(kind, describe(frames, 60))
    if len({id(entry) for entry in frames}) < len(frames):
        raise Mistake(
            "several entries are one and the same dict, which was changed after it had been kept: make a new "
            "one in every step"
        )
    for number, entry in enumerate(frames):
        missing = [key for key in KEYS if key not in entry]
        if missing:
            raise Mistake(
                f"entry {number} has no {missing[0]!r}: every entry is a dict with {', '.join(KEYS)}"
            )
    if len(frames) != n_steps:
        entries = "1 entry" if len(frames) == 1 else f"{len(frames)} entries"
        return Difference(f"{n_steps} entries", entries)
    rewards = [entry["reward"] for entry in frames]
    if env.n_steps != n_steps:
        raise Mistake(f"{env.n_steps} steps were taken where {n_steps} were asked for")
    if [entry["action"] for entry in frames] != env.actions:
        raise Mistake(
            "the actions kept are not those that were done: draw one, pass it to `env.step`, keep it"
        )
    _look_at_moments(frames, env)
    # The generator itself tells whether it was asked: every draw moves it on.
    if n_steps and rng.bit_generator.state == np.random.default_rng(5).bit_generator.state:
        raise Mistake(
            "the actions do not come from `rng`. `env.action_space.sample()` has random numbers of its own; "
            "with `rng.integers(env.action_space.n)` the same seed gives the same film"
        )
    if not _look_random(env.actions) and not env.action_space.n_sampled:
        raise Mistake(
            "the actions are hardly random: draw a new one for every step, from all the actions there are"
        )
    return rewards


def _look_random(actions):
    """Return whether actions may be drawn one by one, all of them equally likely; a few tell nothing."""
    if len(actions) < MANY:
        return len(actions) < 10 or len(set(actions)) >= 2
    shares = np.bincount(actions, minlength=N_ACTIONS) / len(actions)
    repeated = np.mean(np.diff(actions) == 0)
    return np.abs([*shares, repeated] - np.float64(1 / N_ACTIONS)).max() < 0.1  # 5.6 standard deviations


def _look_at_moments(frames, env):
    """Raise if a frame or a state is not the one before the step."""
    before, after = env.states, [state + 1 for state in env.states]
    states = [entry["state"] for entry in frames]
    pictures = [state_in_picture(entry["frame"]) for entry in frames]
    if None in pictures:
        raise Mistake("the frame is not the picture that `env.render()` returns")
    if len(set(pictures)) == 1 < len(frames):
        raise Mistake("all entries hold the same picture: call `env.render()` anew in every step")
    for state in states:
        refuse_tuple(state)
    if states and same(states, after):
        raise Mistake("the state kept is the one after the action: keep the one that `env.step` came from")
    for number, (state, true) in enumerate(zip(states, before, strict=True)):
        if not same(state, true):
            raise Mistake(
                f"entry {number} holds state {describe(state, 40)}, but its action was done in state {true}: "
                "take the new state over after every step, and after every reset"
            )
    if pictures != before:
        raise Mistake("the picture kept is the one after the action: call `env.render()` before `env.step`")


def _show(expected, got):
    """Return rows that compare like with like."""
    if got is None:
        got = Difference("a list of dicts", "None")
    if isinstance(got, Difference):
        return [("Expected", got.expected), ("Got", got.got)]
    return [("Expected", f"rewards {describe(expected)}"), ("Got", f"rewards {describe(got)}")]


def _collect(
    over=lambda terminated, truncated: terminated or truncated, *, n_more=0, leave=False, take_state=True
):
    """Return a collector with one mistake in it."""

    def collect(env, n_steps, rng):
        frames = []
        state, _ = env.reset()
        for _ in range(n_steps + n_more):
            frame, action = env.render(), int(rng.integers(env.action_space.n))
            next_state, reward, terminated, truncated, _ = env.step(action)
            frames.append({"frame": frame, "state": state, "action": action, "reward": reward})
            state = next_state
            if over(terminated, truncated):
                if leave:
                    break
                new_state, _ = env.reset()
                state = new_state if take_state else state
        return frames

    return collect


exercise = Exercise(
    notebook="07",
    place=1,
    solution=collect_frames,
    cases=(
        _case(
            ([0.0, 1.0, 0.0, 4.0], "terminated"),
            ([0.0, 7.0, 1.0], "terminated"),
            n_steps=10,
            expected=[0.0, 1.0, 0.0, 4.0, 0.0, 7.0, 1.0, 0.0, 1.0, 0.0],
            world="episodes end after 4 and 3 steps, terminated",
        ),
        _case(
            ([4.0, 0.0], "both"),
            ([0.0, 1.0, 1.0], "truncated"),
            ([1.0, 0.0, 7.0, 0.0, 1.0, 0.0, 0.0], "terminated"),
            n_steps=12,
            expected=[4.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 7.0, 0.0, 1.0, 0.0, 0.0],
            world="of three episodes one is truncated, one terminated, one both at once",
        ),
    ),
    observe=_observe,
    draw=_draw,
    show=_show,
    mistakes=(
        (
            _collect(lambda terminated, truncated: False),
            "the reset is missing: when an episode is over, `env.reset()` begins the next one.",
        ),
        (
            _collect(lambda terminated, truncated: terminated),
            "the reset comes after `terminated` alone. A time limit (`truncated`) ends an episode too.",
        ),
        (
            _collect(lambda terminated, truncated: truncated),
            "the reset comes after `truncated` alone. Losing the last life ends an episode too "
            "(`terminated`).",
        ),
        (
            _collect(lambda terminated, truncated: terminated and truncated),
            "the reset waits for `terminated` *and* `truncated`; one of the two is enough.",
        ),
        (
            _collect(leave=True),
            "collecting ends with the first episode: reset, and go on until there are n_steps entries.",
        ),
        (
            lambda env, n_steps, rng: collect_frames(env, 1, rng),
            "one entry for 10 steps: is `return` indented too far?",
        ),
        (_collect(n_more=1), "there is one entry too many: `range(n_steps)` has n_steps entries."),
        (_collect(n_more=-1), "one entry is missing: `range(n_steps)` has n_steps entries."),
        (
            _collect(take_state=False),
            "after the reset the old state goes on: `state, info = env.reset()` hands you the new one.",
        ),
    ),
    hint="n_steps times: look, draw an action, step, keep one dict; reset when the episode is over.",
)
