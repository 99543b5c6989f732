"""A world and an agent that follow a script and notice when a loop around them goes wrong."""

import numpy as np
from gymnasium.spaces import Discrete

from rl_helpers.exercises.checking.compare import describe, same
from rl_helpers.exercises.checking.exercise import Mistake

N_ACTIONS = 4
STATES_AN_EPISODE = 100  # more, by powers of ten, where an episode is longer
MANY_STEPS = 10
PICTURE_SHAPE = (2, 2, 3)
TWO_VALUES = "`env.reset` returns two values: state, info"
FIVE_VALUES = "`env.step` returns five values: next_state, reward, terminated, truncated, info"


class Actions(Discrete):
    """The actions of a scripted world; `n_sampled` says how often it was asked for one at random."""

    n_sampled = 0

    def sample(self, *arguments, **named):
        """Return an action, by random numbers that no seed of the check governs."""
        self.n_sampled += 1
        return super().sample(*arguments, **named)


class ScriptedWorld:
    """Plays fixed episodes, keeps a log, and raises `Mistake` when it is used in the wrong way.

    States are numbered through: episode 0 has the states 0, 1, 2 …, episode 1 has 100, 101, 102 …, so that no
    state can be mistaken for another.

    Args:
        episodes: one (rewards, ending) an episode, `ending` being "terminated", "truncated" or "both"; after
            the last one the script begins again.
        first_state: where the numbers begin; not at 0, so that no number of steps can be taken for a state.

    Attributes:
        time_step: steps taken in this episode.
        rewards, ending: the script of this episode.
        n_steps: steps taken in all episodes.
        n_episodes: episodes begun.
        seeds: one entry a reset, None where none was given.
        states, actions: one entry a step.
        mistake: the first `Mistake` that was raised; whoever swallows it has made it all the same.
        states_an_episode: how far the states of one episode are from those of the next.

    >>> world = ScriptedWorld(([0.5, 2.0], "truncated"))
    >>> world.reset(seed=3), world.step(0), world.step(1)
    ((0, {}), (1, 0.5, False, False, {}), (2, 2.0, False, True, {}))
    >>> try:
    ...     world.step(1)
    ... except Mistake as mistake:
    ...     print(mistake)
    the episode ended with `truncated`, and your loop took another step: stop as soon as one of `terminated`
    and `truncated` is true
    """

    def __init__(self, *episodes, first_state=0):
        longest = max(len(rewards) for rewards, _ in episodes)
        self.states_an_episode = max(STATES_AN_EPISODE, 10 ** len(str(longest)))
        self.episodes = episodes
        self.first_state = first_state
        self.action_space = Actions(N_ACTIONS)
        self.mistake = None
        self.seeds, self.actions, self.states = [], [], []
        self.n_steps = self.n_episodes = self.time_step = 0
        self.rewards, self.ending = [], ""
        self.ended = ""

    @property
    def state(self):
        """Number of the present state, None before the first reset."""
        if not self.n_episodes:
            return None
        return self.first_state + self.states_an_episode * (self.n_episodes - 1) + self.time_step

    @property
    def at_the_end(self):
        """Whether the step just taken was the last of its episode."""
        return self.time_step == len(self.rewards)

    def refusal(self, sentence):
        """Return the `Mistake` to raise, and remember the first."""
        mistake = Mistake(sentence)
        self.mistake = self.mistake or mistake
        return mistake

    def reset(self, *, seed=None, options=None):
        """Begin the next episode."""
        if self.time_step and not self.ended:
            raise self.refusal(
                "`env.reset` was called in the middle of an episode: call it when an episode begins"
            )
        # A second reset before the first step is harmless: the same episode begins again.
        if self.state is None or self.ended:
            self.rewards, self.ending = self.episodes[self.n_episodes % len(self.episodes)]
            self.n_episodes += 1
            self.time_step = 0
            self.ended = ""
        self.seeds.append(seed)
        return self.state, {}

    def step(self, action):
        """Answer an action with what the script says."""
        if self.state is None:
            raise self.refusal("the first `env.step` came before `env.reset`: an episode begins with a reset")
        if self.ended:
            raise self.refusal(
                f"the episode ended with {self.ended}, and your loop took another step: "
                "stop as soon as one of `terminated` and `truncated` is true"
            )
        if callable(action):
            raise self.refusal(
                "`env.step` got a function where an action should be: write `agent.act(state)`"
            )
        if isinstance(action, bool) or not self.action_space.contains(action):
            raise self.refusal(
                f"`env.step` got {describe(action, 40)}, which is no action: actions are 0 … {N_ACTIONS - 1}"
            )
        self.states.append(self.state)
        self.actions.append(int(action))
        reward = self.rewards[self.time_step]
        self.time_step += 1
        self.n_steps += 1
        terminated = self.at_the_end and self.ending in ("terminated", "both")
        truncated = self.at_the_end and self.ending in ("truncated", "both")
        if self.at_the_end:
            self.ended = "`terminated` and `truncated`" if self.ending == "both" else f"`{self.ending}`"
        return self.state, reward, terminated, truncated, {}

    def render(self):
        """Draw the present state: its number's four bytes are the first of a picture of 2 × 2 pixels."""
        if self.state is None:
            raise self.refusal("`env.render` came before `env.reset`: an episode begins with a reset")
        return np.array([self.state, 0, 0], dtype=np.uint32).view(np.uint8).reshape(PICTURE_SHAPE)

    def close(self):
        """Do nothing."""


def state_in_picture(picture):
    """Return the state that a picture of the scripted world shows, None if it is no such picture.

    >>> world = ScriptedWorld(([0.5, 2.0], "truncated"))
    >>> state, _ = world.reset()
    >>> state, state_in_picture(world.render()), state_in_picture("no picture")
    (0, 0, None)
    """
    if not isinstance(picture, np.ndarray) or picture.shape != PICTURE_SHAPE:
        return None
    return int(np.frombuffer(picture.astype(np.uint8).tobytes(), np.uint32)[0])


class ScriptedAgent:
    """Acts by a fixed rule and raises `Mistake` when it is asked or taught the wrong thing.

    Args:
        world: the `ScriptedWorld` it lives in.

    Attributes:
        n_updates: how often it was taught.
        answers: for every state it was asked about, the actions it chose there: another one each time.
    """

    def __init__(self, world):
        self.world = world
        self.n_updates = 0
        self.answers = {}

    def act(self, state, *, explore=True):
        """Return the action for the state that the world is in."""
        if self.world.state is None:
            raise self.world.refusal("`agent.act` came before `env.reset`: an episode begins with a reset")
        self._refuse_tuple(state)
        if not same(state, self.world.state):
            raise self.world.refusal(
                f"`agent.act` was given {describe(state, 40)}, but the world is in state {self.world.state}: "
                "carry the new state over to the next turn of the loop"
            )
        answers = self.answers.setdefault(self.world.state, [])
        if len(answers) > N_ACTIONS:
            raise self.world.refusal(
                "`agent.act` is called again and again without `env.step`: do the action it returns"
            )
        # Like an agent that explores, it may choose something else when it is asked once more.
        answers.append((self.world.state * 7 + 1 + len(answers)) % N_ACTIONS)
        return answers[-1]

    def update(self, transition):
        """Compare a transition with what has just happened."""
        world = self.world
        try:
            state, action, reward, next_state, terminated = transition
        except (TypeError, ValueError):
            raise self.world.refusal(
                "`agent.update` takes one transition of five: state, action, reward, next_state, terminated"
            ) from None
        if not world.n_steps or self.n_updates >= world.n_steps:
            raise self.world.refusal(
                "`agent.update` was called twice for one step, or before the first: once a step"
            )
        self._refuse_tuple(state)
        self._refuse_tuple(next_state)
        if not same(next_state, world.state):
            raise self.world.refusal(
                f"the transition's next_state is {describe(next_state, 40)}, but the step led to state "
                f"{world.state}: it is the first of the five values that `env.step` returned"
            )
        if not same(state, world.states[-1]):
            raise self.world.refusal(
                f"the transition's state is {describe(state, 40)}, but the action was taken in state "
                f"{world.states[-1]}: update before `state = next_state` overwrites it"
            )
        if not same(action, world.actions[-1]):
            raise self.world.refusal(
                "the transition's action is not the one that was done: pass the same `action` on"
            )
        brought = world.rewards[world.time_step - 1]
        if not same(reward, brought):
            raise self.world.refusal(
                f"the transition's reward is {describe(reward, 40)}, but this step brought "
                f"{brought}: pass on the reward of the step, not a sum"
            )
        if bool(terminated) != (world.at_the_end and world.ending != "truncated"):
            raise self.world.refusal(
                "the transition's last entry is `terminated` alone. A time limit (`truncated`) does not end "
                "the world: the agent still counts on what would have come next"
            )
        self.n_updates += 1
        return 0.0

    def end_episode(self):
        """Do nothing."""

    def _refuse_tuple(self, state):
        try:
            refuse_tuple(state)
        except Mistake as mistake:
            raise self.world.refusal(str(mistake)) from None


def look_at_actions(world, agent):
    """Raise `Mistake` if a step was taken with another action than the one the agent chose for its state."""
    n_asked = sum(state in agent.answers for state in world.states)
    if n_asked < world.n_steps:
        times = "1 time" if n_asked == 1 else f"{n_asked} times"
        steps = "1 step was" if world.n_steps == 1 else f"{world.n_steps} steps were"
        raise Mistake(
            f"`agent.act` was asked {times}, but {steps} taken: ask the agent again before every step"
        )
    for state, action in zip(world.states, world.actions, strict=True):
        if action not in agent.answers[state]:
            raise Mistake(
                f"the agent chose {agent.answers[state][-1]}, but you sent {action}: "
                "give `env.step` the action that the agent chose"
            )


def look_at_end(world):
    """Raise `Mistake` if an episode that is not short was left before it was over."""
    if world.time_step >= MANY_STEPS and not world.ended:
        raise Mistake(
            f"the loop ended after {world.time_step} steps, and the episode still went on: no number of "
            "steps is enough for all of them. Go on until it is terminated or truncated"
        )


def refuse_tuple(state):
    """Raise `Mistake` if all that `env.reset` or `env.step` returned is taken for a state."""
    if isinstance(state, tuple):
        raise Mistake(TWO_VALUES if len(state) == 2 else FIVE_VALUES)
