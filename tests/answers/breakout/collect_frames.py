"""Right and wrong answers to `collect_frames`."""

from tests.answers.table import right, wrong


def collect(env, n_steps, rng, *, over=lambda terminated, truncated: terminated or truncated):
    frames, state = [], env.reset()[0]
    while len(frames) < n_steps:
        action = rng.integers(env.action_space.n)
        entry = {"frame": env.render(), "state": state, "action": action}
        state, entry["reward"], terminated, truncated, _ = env.step(action)
        frames.append(entry)
        if over(terminated, truncated):
            state, _ = env.reset()
    return frames


@right
def frames_before_the_step(env, n_steps, rng):
    return collect(env, n_steps, rng)


@right
def frames_with_all_actions_drawn_first(env, n_steps, rng):
    frames, over = [], True
    for action in rng.choice(env.action_space.n, size=n_steps):
        if over:
            state, _ = env.reset()
        frames.append({"frame": env.render().copy(), "state": state, "action": int(action)})
        state, frames[-1]["reward"], terminated, truncated, _ = env.step(action)
        over = terminated or truncated
    return frames


@wrong("the state kept is the one after the action")
def frames_after_the_step(env, n_steps, rng):
    frames, over = [], True
    for action in rng.choice(env.action_space.n, size=n_steps):
        if over:
            env.reset()
        state, reward, terminated, truncated, _ = env.step(action)
        frames.append({"frame": env.render().copy(), "state": state, "action": int(action), "reward": reward})
        over = terminated or truncated
    return frames


@wrong("`env.reset` returns two values: state, info")
def frames_with_the_whole_reset_for_a_state(env, n_steps, rng):
    entries = collect(env, n_steps, rng)
    entries[0]["state"] = (entries[0]["state"], {})
    return entries


@wrong("entry 2 holds state 1, but its action was done in state 2")
def frames_with_a_state_that_lags_behind(env, n_steps, rng):
    entries = collect(env, n_steps, rng)
    entries[2]["state"] = entries[1]["state"]
    return entries


@wrong("keep one dict")
def frames_without_frames(env, n_steps, rng):
    return [entry["reward"] for entry in collect(env, n_steps, rng)]


@wrong("one entry for 10 steps: is `return` indented too far?")
def frames_with_return_inside_the_loop(env, n_steps, rng):
    return collect(env, 1, rng)


@wrong("the reset is missing")
def frames_without_reset(env, n_steps, rng):
    return collect(env, n_steps, rng, over=lambda terminated, truncated: False)


@wrong("after `terminated` alone")
def frames_without_truncated(env, n_steps, rng):
    return collect(env, n_steps, rng, over=lambda terminated, truncated: terminated)


@wrong("call `env.render()` anew")
def frames_of_one_picture(env, n_steps, rng):
    env.reset()
    picture = env.render()
    entries = collect(env, n_steps, rng)
    return [{**entry, "frame": picture} for entry in entries]


@wrong("one entry too many")
def frames_one_too_many(env, n_steps, rng):
    return collect(env, n_steps + 1, rng)


@wrong("one entry is missing")
def frames_one_too_few(env, n_steps, rng):
    return collect(env, n_steps - 1, rng)


@wrong("ends with the first episode")
def frames_of_the_first_episode(env, n_steps, rng):
    state, _ = env.reset()
    frames, over = [], False
    while not over:
        action = int(rng.integers(4))
        entry = {"frame": env.render(), "state": state, "action": action}
        state, entry["reward"], terminated, truncated, _ = env.step(action)
        frames.append(entry)
        over = terminated or truncated
    return frames


@wrong("after the reset the old state goes on")
def frames_with_the_old_state_after_the_reset(env, n_steps, rng):
    state, _ = env.reset()
    frames = []
    for _ in range(n_steps):
        action = int(rng.integers(4))
        entry = {"frame": env.render(), "state": state, "action": action}
        state, entry["reward"], terminated, truncated, _ = env.step(action)
        frames.append(entry)
        if terminated or truncated:
            env.reset()
    return frames


@wrong("the picture kept is the one after the action")
def frames_drawn_after_the_step(env, n_steps, rng):
    state, _ = env.reset()
    frames = []
    for _ in range(n_steps):
        action = int(rng.integers(4))
        next_state, reward, terminated, truncated, _ = env.step(action)
        frames.append({"frame": env.render(), "state": state, "action": action, "reward": reward})
        state = env.reset()[0] if terminated or truncated else next_state
    return frames


@wrong("do not come from `rng`")
def frames_with_unseeded_actions(env, n_steps, rng):
    actions = [0, 1, 2, 3] * n_steps

    class Unseeded:
        def integers(self, n):
            return actions.pop()

    return collect(env, n_steps, Unseeded())


@wrong("hardly random")
def frames_with_one_action(env, n_steps, rng):
    action = int(rng.integers(4))

    class Stubborn:
        def integers(self, n):
            return action

    return collect(env, n_steps, Stubborn())


@wrong("has no 'reward'")
def frames_without_reward(env, n_steps, rng):
    return [{key: entry[key] for key in ("frame", "state", "action")} for entry in collect(env, n_steps, rng)]


@wrong("not the picture that `env.render()` returns")
def frames_without_render(env, n_steps, rng):
    return [{**entry, "frame": None} for entry in collect(env, n_steps, rng)]


@wrong("the actions kept are not those that were done")
def frames_with_another_action(env, n_steps, rng):
    return [{**entry, "action": int(rng.integers(4))} for entry in collect(env, n_steps, rng)]


@wrong("steps were taken where 10 were asked for")
def frames_cut_off_after_too_many_steps(env, n_steps, rng):
    return collect(env, n_steps + 5, rng)[:n_steps]


@wrong("came before `env.reset`")
def frames_rendered_before_the_reset(env, n_steps, rng):
    env.render()


@wrong("look, draw an action, step, keep one dict")
def frames_alone(env, n_steps, rng):
    return [entry["frame"] for entry in collect(env, n_steps, rng)]


@wrong("one and the same dict")
def frames_in_one_dict(env, n_steps, rng):
    frames, entry = [], {}
    state, _ = env.reset()
    for _ in range(n_steps):
        entry["frame"], entry["state"], entry["action"] = env.render(), state, int(rng.integers(4))
        state, entry["reward"], terminated, truncated, _ = env.step(entry["action"])
        frames.append(entry)
        if terminated or truncated:
            state, _ = env.reset()
    return frames


class _Chance:
    """Stands for `rng`, with numbers from elsewhere."""

    def __init__(self, rng, draw):
        self.integers = lambda n: (rng.random(), draw(n))[1]


@wrong("`env.action_space.sample()`")
def frames_of_sampled_actions_beside_rng(env, n_steps, rng):
    return collect(env, n_steps, _Chance(rng, lambda n: env.action_space.sample()))


@wrong("the actions are hardly random")
def frames_without_the_last_action(env, n_steps, rng):
    return collect(env, n_steps, _Chance(rng, lambda n: int(rng.integers(n - 1))))


@wrong("n_steps times: look, draw an action")
def frames_of_five_hundred_steps(env, n_steps, rng):
    return collect(env, min(n_steps, 500), rng)


@wrong("the default of `frames` is made only once")
def frames_that_are_kept(env, n_steps, rng, frames=[]):  # noqa: B006
    frames += collect(env, n_steps, rng)
    return frames
