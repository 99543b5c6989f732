"""Right and wrong answers to `training_loop`."""

import numpy as np

from rl_helpers.training import Transition, run_episode
from tests.answers.table import right, wrong


def learn_one_episode(env, agent, state, *, over=lambda terminated, truncated: terminated or truncated):
    total = 0.0
    while True:
        action = agent.act(state)
        next_state, reward, terminated, truncated, _ = env.step(action)
        agent.update((state, action, reward, next_state, terminated))
        total += reward
        state = next_state
        if over(terminated, truncated):
            return total


@right
def training_with_an_array(env, agent, n_episodes, seed):
    returns = np.zeros(n_episodes)
    for episode in range(n_episodes):
        state, _ = env.reset(seed=None if episode else seed)
        returns[episode] = learn_one_episode(env, agent, state)
        agent.end_episode()
    return returns


@right
def training_seeded_before_the_loop(env, agent, n_episodes, seed):
    env.reset(seed=seed)
    return [learn_one_episode(env, agent, env.reset()[0]) for _ in range(n_episodes)]


@right
def training_with_the_courses_function(env, agent, n_episodes, seed):
    returns = []
    while len(returns) < n_episodes:
        returns.append(run_episode(env, agent, seed=seed)[0])
        seed = None
    return returns


@wrong("`env.reset` is called once")
def training_that_resets_once(env, agent, n_episodes, seed):
    state, info = env.reset(seed=seed)
    returns = []
    for _ in range(n_episodes):
        terminated = truncated = False
        total = 0.0
        while not (terminated or truncated):
            action = agent.act(state)
            next_state, reward, terminated, truncated, info = env.step(action)
            agent.update(Transition(state, action, reward, next_state, terminated))
            total += reward
            state = next_state
        returns.append(total)
    return returns


@wrong("before `state = next_state` overwrites it")
def training_with_overwritten_state(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, info = env.reset(seed=None if episode else seed)
        over, total = False, 0.0
        while not over:
            action = agent.act(state)
            state, reward, terminated, truncated, info = env.step(action)
            agent.update((state, action, reward, state, terminated))
            total += reward
            over = terminated or truncated
        returns.append(total)
    return returns


@wrong("the transition's next_state is")
def training_with_the_old_state_twice(env, agent, n_episodes, seed):
    state, info = env.reset(seed=seed)
    action = agent.act(state)
    next_state, reward, terminated, truncated, info = env.step(action)
    agent.update((state, action, reward, state, terminated))
    return [reward]


@wrong("update after every step, before you look")
def training_that_skips_the_terminal_step(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, info = env.reset(seed=None if episode else seed)
        total = 0.0
        while True:
            action = agent.act(state)
            next_state, reward, terminated, truncated, info = env.step(action)
            total += reward
            if terminated or truncated:
                break
            agent.update(Transition(state, action, reward, next_state, terminated))
            state = next_state
        returns.append(total)
    return returns


@wrong("same seed")
def training_with_one_seed_for_all(env, agent, n_episodes, seed):
    return [learn_one_episode(env, agent, env.reset(seed=seed)[0]) for _ in range(n_episodes)]


@wrong("`seed` is not used")
def training_without_seed(env, agent, n_episodes, seed):
    return [learn_one_episode(env, agent, env.reset()[0]) for _ in range(n_episodes)]


@wrong("stops on `terminated` alone")
def training_that_ignores_truncated(env, agent, n_episodes, seed):
    return [
        learn_one_episode(env, agent, env.reset(seed=None if episode else seed)[0], over=lambda end, cut: end)
        for episode in range(n_episodes)
    ]


@wrong("does not end the world")
def training_that_calls_truncated_terminated(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, info = env.reset(seed=None if episode else seed)
        done, total = False, 0.0
        while not done:
            action = agent.act(state)
            next_state, reward, terminated, truncated, info = env.step(action)
            done = terminated or truncated
            agent.update((state, action, reward, next_state, done))
            total += reward
            state = next_state
        returns.append(total)
    return returns


@wrong("never called")
def training_that_never_learns(env, agent, n_episodes, seed):
    return [
        run_episode(env, agent, seed=None if episode else seed, learn=False)[0]
        for episode in range(n_episodes)
    ]


@wrong("carried over")
def training_with_returns_that_pile_up(env, agent, n_episodes, seed):
    return np.cumsum(training_with_an_array(env, agent, n_episodes, seed))


@wrong("one episode is missing")
def training_with_an_episode_too_few(env, agent, n_episodes, seed):
    return training_with_an_array(env, agent, n_episodes - 1, seed)


@wrong("sum over all episodes")
def training_that_returns_the_sum(env, agent, n_episodes, seed):
    return sum(training_with_an_array(env, agent, n_episodes, seed))


@wrong("end it with `return`")
def training_without_return(env, agent, n_episodes, seed):
    training_with_an_array(env, agent, n_episodes, seed)


@wrong("the reward of the step, not a sum")
def training_on_the_sum(env, agent, n_episodes, seed):
    state, info = env.reset(seed=seed)
    total = 0.0
    while True:
        action = agent.act(state)
        next_state, reward, terminated, truncated, info = env.step(action)
        total += reward + 1
        agent.update((state, action, total, next_state, terminated))


def _first_step(env, agent, seed):
    state, _ = env.reset(seed=seed)
    action = agent.act(state)
    next_state, reward, terminated, _, _ = env.step(action)
    return state, action, reward, next_state, terminated


@wrong("one transition of five")
def training_with_separate_arguments(env, agent, n_episodes, seed):
    agent.update(_first_step(env, agent, seed)[:4])


@wrong("called twice for one step")
def training_that_learns_everything_twice(env, agent, n_episodes, seed):
    transition = _first_step(env, agent, seed)
    agent.update(transition)
    agent.update(transition)


@wrong("not the one that was done")
def training_with_another_action(env, agent, n_episodes, seed):
    state, action, reward, next_state, terminated = _first_step(env, agent, seed)
    agent.update((state, (action + 1) % 4, reward, next_state, terminated))


@wrong("return of the last episode")
def training_that_returns_the_last(env, agent, n_episodes, seed):
    return training_with_an_array(env, agent, n_episodes, seed)[-1]


@wrong("one episode too many")
def training_with_an_episode_too_many(env, agent, n_episodes, seed):
    return training_with_an_array(env, agent, n_episodes + 1, seed)


@wrong("one return for 2 episodes: is `return` indented too far?")
def training_with_return_inside_the_loop(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, _ = env.reset(seed=None if episode else seed)
        returns.append(learn_one_episode(env, agent, state))
        return returns


@wrong("one return for 2 episodes: is `return` indented too far?")
def training_that_returns_the_first(env, agent, n_episodes, seed):
    return training_with_return_inside_the_loop(env, agent, n_episodes, seed)[0]


@wrong("no return for 2 episodes: is `return` indented too far?")
def training_with_return_inside_both_loops(env, agent, n_episodes, seed):
    agent.update(_first_step(env, agent, seed))
    return []


@wrong("`agent.act` was asked 1 time, but 5 steps were taken")
def training_that_asks_once(env, agent, n_episodes, seed):
    state, _ = env.reset(seed=seed)
    action = agent.act(state)
    return [learn_with(env, agent, lambda state: action) for _ in range(n_episodes)]


@wrong("the agent chose 1, but you sent 0")
def training_that_does_not_listen(env, agent, n_episodes, seed):
    env.reset(seed=seed)
    return [learn_with(env, agent, lambda state: 0 * agent.act(state)) for _ in range(n_episodes)]


@wrong("was asked 0 times")
def training_with_random_actions(env, agent, n_episodes, seed):
    env.reset(seed=seed)
    return [learn_with(env, agent, lambda state: env.action_space.sample()) for _ in range(n_episodes)]


def learn_with(env, agent, choose):
    state, _ = env.reset()
    total, over = 0.0, False
    while not over:
        action = choose(state)
        next_state, reward, terminated, truncated, _ = env.step(action)
        agent.update(Transition(state, action, reward, next_state, terminated))
        state, total, over = next_state, total + reward, terminated or truncated
    return total


@wrong("not the one that was done")
def training_that_asks_twice(env, agent, n_episodes, seed):
    state, _ = env.reset(seed=seed)
    action = agent.act(state)
    next_state, reward, terminated, truncated, _ = env.step(agent.act(state))
    agent.update(Transition(state, action, reward, next_state, terminated))


@wrong("pack them into one `Transition(...)`")
def training_with_five_arguments(env, agent, n_episodes, seed):
    agent.update(*_first_step(env, agent, seed))


@wrong("`Transition` takes five values")
def training_with_a_transition_of_four(env, agent, n_episodes, seed):
    agent.update(Transition(*_first_step(env, agent, seed)[:4]))


@wrong("the seed has to be named: `env.reset(seed=seed)`")
def training_with_the_seed_unnamed(env, agent, n_episodes, seed):
    env.reset(seed)


@wrong("`env.reset` returns two values: state, info")
def training_with_the_whole_reset_for_a_state(env, agent, n_episodes, seed):
    state = env.reset(seed=seed)
    next_state, reward, terminated, truncated, _ = env.step(0)
    agent.update(Transition(state, 0, reward, next_state, terminated))


@wrong("`env.step` returns five values")
def training_with_four_values(env, agent, n_episodes, seed):
    state, _ = env.reset(seed=seed)
    next_state, reward, done, _ = env.step(agent.act(state))


@wrong("the default of `returns` is made only once")
def training_that_keeps_its_list(env, agent, n_episodes, seed, returns=[]):  # noqa: B006
    returns.extend(training_seeded_before_the_loop(env, agent, n_episodes, seed))
    return returns


@wrong("`seed` is not used")
def training_that_takes_seed_0_for_none(env, agent, n_episodes, seed):
    return training_seeded_before_the_loop(env, agent, n_episodes, seed or None)


@wrong("the environment was given 2 seeds")
def training_with_a_seed_for_every_episode(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed + episode)
        returns.append(learn_one_episode(env, agent, state))
    return returns


@wrong("without a `not`")
def training_with_a_not_too_many(env, agent, n_episodes, seed):
    returns = []
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        while True:
            action = agent.act(state)
            next_state, reward, terminated, truncated, _ = env.step(action)
            agent.update((state, action, reward, next_state, terminated))
            state = next_state
            if not (terminated or truncated):
                break
        returns.append(reward)
    return returns
