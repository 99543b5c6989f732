"""Bob/Posts-v0 is the textbook's testbed: its values, its treats, and what it tells about Bob's choices."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.worlds.drawing.art import SCALE, TILE, number_sprite
from rl_helpers.worlds.drawing.posts import PostsPainter
from rl_helpers.worlds.posts import PostsEnv


def changed(before, after):
    """Return the (first, last) row and the (first, last) column of the pixels that differ; None if equal."""
    rows, columns = np.nonzero((before != after).any(axis=2))
    return ((rows.min(), rows.max()), (columns.min(), columns.max())) if len(rows) else None


def problems(n, **options):
    """Return the values of the posts at the start of n episodes, (n, k)."""
    env = PostsEnv(**options)
    env.reset(seed=0)
    return np.array([(env.reset(), env.values)[1] for _ in range(n)])


@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
@pytest.mark.parametrize("options", [{}, {"k": 3}, {"values": [1, -1]}, {"wear": 0.1}])
def test_follows_gymnasiums_interface_without_a_warning(options, render_mode):
    check_env(gym.make("Bob/Posts-v0", render_mode=render_mode, **options).unwrapped)


def test_values_are_standard_normal_and_new_in_every_episode():
    values = problems(2_000)
    assert values.shape == (2_000, 10)
    assert values.mean() == pytest.approx(0, abs=0.04)
    # Each post over the episodes, and the posts of one episode: neither is always the same.
    np.testing.assert_allclose(values.var(axis=0), 1, atol=0.2)
    assert values.var(axis=1, ddof=1).mean() == pytest.approx(1, abs=0.06)
    # The best of ten: 1.54, from the tables of order statistics.
    assert values.max(axis=1).mean() == pytest.approx(1.539, abs=0.07)


@pytest.mark.parametrize(("post", "value"), [(0, 2.0), (1, -1.0), (2, 0.25)])
def test_treats_of_a_post_are_normal_around_its_own_value(post, value):
    env = PostsEnv(values=[2, -1, 0.25])
    env.reset(seed=post)
    rewards = np.array([env.step(post)[1] for _ in range(4_000)])
    assert rewards.mean() == pytest.approx(value, abs=0.09)
    assert rewards.var() == pytest.approx(1, abs=0.13)
    inside = np.abs(rewards - value) < 1
    assert inside.mean() == pytest.approx(0.683, abs=0.04)


def test_values_stay_as_they_are_unless_they_wear():
    env = PostsEnv()
    env.reset(seed=0)
    before = env.values.copy()
    for _ in range(50):
        env.step(0)
    np.testing.assert_array_equal(env.values, before)


def test_given_values_are_those_of_every_episode_whatever_the_wear():
    given = np.array([1.0, 2.0, 3.0])
    env = PostsEnv(values=given, wear=0.5)
    for episode in range(3):
        env.reset(seed=0 if episode == 0 else None)
        np.testing.assert_array_equal(env.values, [1, 2, 3])
        for _ in range(5):
            env.step(1)
        assert (env.values != [1, 2, 3]).all()
    np.testing.assert_array_equal(given, [1, 2, 3])


def test_worn_posts_start_equal_and_walk_at_random_each_for_itself():
    env = PostsEnv(wear=0.1)
    env.reset(seed=0)
    ends = np.empty((300, 10))
    for run in range(300):
        env.reset()
        np.testing.assert_array_equal(env.values, np.zeros(10))
        for _ in range(100):
            env.step(0)
        ends[run] = env.values
    # A hundred steps of variance 0.01 each; and walks that are independent average out over the ten posts.
    assert ends.mean() == pytest.approx(0, abs=0.1)
    assert ends.var() == pytest.approx(1, abs=0.15)
    assert ends.mean(axis=1).var() == pytest.approx(0.1, abs=0.05)


def test_every_single_step_of_the_walk_has_the_standard_deviation_of_the_wear():
    env = PostsEnv(k=1_000, wear=0.02)
    env.reset(seed=0)
    values = [env.values]
    for post in range(5):
        env.step(post)
        values.append(env.values)
    steps = np.diff(values, axis=0)
    np.testing.assert_allclose(steps.std(axis=1), 0.02, rtol=0.12)
    np.testing.assert_allclose(steps.mean(axis=1), 0, atol=0.004)


def test_information_tells_how_good_the_choice_was():
    env = PostsEnv(values=[0.5, 2, -1, 2])
    env.reset(seed=0)
    assert env.step(0)[4] == {"best": False, "value": 0.5, "regret": 1.5}
    assert env.step(1)[4] == {"best": True, "value": 2.0, "regret": 0.0}
    assert env.step(2)[4] == {"best": False, "value": -1.0, "regret": 3.0}
    assert env.step(3)[4] == {"best": True, "value": 2.0, "regret": 0.0}  # two are best
    assert [type(value) for value in env.step(0)[4].values()] == [bool, float, float]


def test_information_is_about_the_values_before_they_wear():
    env = PostsEnv(k=4, wear=1.0)
    env.reset(seed=0)
    assert env.step(2)[4] == {"best": True, "value": 0.0, "regret": 0.0}
    n_best = 0
    for _ in range(50):
        before = env.values
        info = env.step(2)[4]
        assert info == {
            "best": before.argmax() == 2,
            "value": before[2],
            "regret": before.max() - before[2],
        }
        n_best += info["best"]
    assert 0 < n_best < 50


def test_the_best_post_of_a_new_problem_is_found_anew():
    env = PostsEnv()
    for seed in range(5):
        env.reset(seed=seed)
        best = int(env.values.argmax())
        assert [env.step(post)[4]["best"] for post in range(10)] == [post == best for post in range(10)]


def test_five_values_of_a_step_have_their_types():
    env = PostsEnv()
    env.reset(seed=0)
    answer = env.step(3)
    assert [type(value) for value in answer] == [int, float, bool, bool, dict]
    assert (answer[0], answer[2], answer[3]) == (0, False, False)
    assert env.reset() == (0, {})


@pytest.mark.parametrize("wear", [0.0, 0.1])
def test_the_seed_decides_everything_that_is_drawn(wear):
    def rewards(seed):
        env = PostsEnv(wear=wear)
        env.reset(seed=seed)
        drawn = [env.step(post)[1] for post in range(10)]
        env.reset()
        return drawn + [env.step(post)[1] for post in range(10)]

    assert rewards(1) == rewards(1)
    assert rewards(1) != rewards(2)
    assert rewards(1)[:10] != rewards(1)[10:]


def test_time_limit_truncates_after_a_thousand_steps_and_nothing_terminates():
    env = gym.make("Bob/Posts-v0")
    env.reset(seed=0)
    ends = [env.step(0)[2:4] for _ in range(1_000)]
    assert ends == [(False, False)] * 999 + [(False, True)]


def test_number_of_posts_is_ten_or_that_of_the_values():
    assert gym.make("Bob/Posts-v0").action_space.n == 10
    assert PostsEnv(4).action_space.n == PostsEnv(4).k == 4
    assert PostsEnv(values=[1, 2, 3]).action_space.n == 3
    assert PostsEnv(3, values=[1, 2, 3]).k == 3
    assert PostsEnv().observation_space.n == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 1}, "k is 1, expected a whole number of at least 2"),
        ({"k": 0}, "k is 0, expected a whole number of at least 2"),
        ({"k": 2.5}, "k is 2.5, expected a whole number"),
        ({"k": 4, "values": [1, 2]}, "k is 4, and there are 2 values: give one value a post, or no k"),
        ({"values": [1]}, "at least two finite numbers"),
        ({"values": []}, "at least two finite numbers"),
        ({"values": 3}, "at least two finite numbers"),
        ({"values": [1, float("nan")]}, "at least two finite numbers"),
        ({"values": [[1, 2], [3, 4]]}, "at least two finite numbers"),
        ({"values": [[1, 2], [3]]}, "at least two finite numbers"),
        ({"values": ["one", "two"]}, "values are .'one', 'two'.: give at least two"),
        ({"wear": -0.1}, "wear is -0.1: give the standard deviation"),
        ({"wear": float("inf")}, "wear is inf"),
        ({"wear": float("nan")}, "wear is nan"),
        ({"wear": "much"}, "wear is 'much'"),
        ({"render_mode": "human"}, "render_mode is 'human': choose"),
    ],
)
def test_arguments_out_of_range_are_explained(options, message):
    with pytest.raises(ValueError, match=message):
        PostsEnv(**options)


def test_a_number_of_posts_that_is_no_number_is_explained():
    with pytest.raises(TypeError, match="k is 'ten', expected a whole number"):
        PostsEnv("ten")


def test_options_of_reset_are_refused():
    with pytest.raises(ValueError, match="there are none here, give `values` to"):
        PostsEnv().reset(options={"values": [1, 2]})


@pytest.mark.parametrize("action", [3, -1, 1.5, "up", None, [0], np.array([1]), np.float64(0.5)])
def test_an_invalid_action_is_explained_and_changes_nothing(action):
    env = PostsEnv(3)
    env.reset(seed=0)
    with pytest.raises(ValueError, match="give the number of a post, 0 to 2"):
        env.step(action)
    assert env.last_action is None


@pytest.mark.parametrize("action", [1, np.int64(1), np.uint8(1), np.array(1)])
def test_every_kind_of_whole_number_is_an_action(action):
    env = PostsEnv(3)
    env.reset(seed=0)
    env.step(action)
    assert env.last_action == 1


def test_a_post_given_as_a_small_integer_is_drawn_where_it_is():
    env = PostsEnv(30)
    env.reset(seed=0)
    reward = env.step(np.uint8(29))[1]
    np.testing.assert_array_equal(env.picture(), PostsPainter(30).frame(29, reward))


def test_a_step_before_the_first_reset_is_refused():
    with pytest.raises(gym.error.ResetNeeded, match="has not begun: call reset"):
        PostsEnv().step(0)


def test_text_shows_bob_at_his_post_and_what_it_gave():
    env = PostsEnv(7, render_mode="ansi")
    env.reset(seed=0)
    assert env.render() == "PPPP\nPPP\nstart, Bob at no post"
    reward = env.step(5)[1]
    assert env.render() == f"PPPP\nPBP\npost 5, reward {reward:.2f}"
    env.reset()
    assert env.render().endswith("start, Bob at no post")


def test_rendering_without_a_mode_warns_and_returns_nothing():
    env = PostsEnv()
    env.reset(seed=0)
    with pytest.warns(UserWarning, match='give render_mode="rgb_array"'):
        assert env.render() is None


def test_description_says_what_the_picture_shows():
    env = PostsEnv(values=[50, -50, 0])
    assert env.describe() == (
        "Bob the cat sits before his posts. "
        "There are 3 scratching posts in a row, numbered from 0 at the top left."
    )
    env.reset(seed=0)
    reward = env.step(0)[1]
    assert env.describe().startswith("Bob the cat is at post 0. There are 3 scratching posts")
    assert env.describe().endswith(f"a treat, reward +{round(reward, 2):g}.")
    env.step(1)
    assert "a squirt of water, reward -" in env.describe()
    assert "10 scratching posts in two rows of 5 and 5" in PostsEnv().describe()


@pytest.mark.parametrize("k", [2, 5, 6, 7, 10, 11])
def test_bob_is_drawn_at_the_post_he_has_scratched(k):
    painter = PostsPainter(k)
    room = painter.room()
    n_columns = k if k <= 5 else (k + 1) // 2
    assert room.shape == ((1 if k <= 5 else 2) * 3 * TILE, n_columns * TILE, 3)
    for post in range(k):
        row, column = divmod(post, n_columns)
        (top, bottom), (left, right) = changed(room, painter.frame(post, 0.0))
        # Between the star and the floor below: the post stays in sight.
        assert row * 3 * TILE + 1.4 * TILE < top < bottom < row * 3 * TILE + 2.6 * TILE
        assert column * TILE <= left < right < (column + 1) * TILE


def test_bob_sits_on_the_floor_before_his_first_choice():
    (top, bottom), (left, right) = changed(PostsPainter(10).room(), PostsPainter(10).frame(None, 0.0))
    assert 5 * TILE <= top < bottom < 6 * TILE
    assert 2 * TILE <= left < right < 3 * TILE


@pytest.mark.parametrize("k", [3, 10, 13])
def test_every_post_has_its_number_above_it(k):
    room = PostsPainter(k).room()
    n_columns = k if k <= 5 else (k + 1) // 2
    for post in range(k):
        row, column = divmod(post, n_columns)
        cell = room[row * 3 * TILE :, column * TILE :][:TILE, :TILE]
        number = number_sprite(str(post))
        height, width = number.mask.shape[:2]
        place = cell[SCALE : SCALE + height, (TILE - width) // 2 :][:, :width]
        np.testing.assert_array_equal(place[number.mask], number.pixels[number.mask])


@pytest.mark.parametrize("reward", [1.26, -0.74, 12.0, -0.02])
@pytest.mark.parametrize("post", [0, 1, 4, 9])
def test_what_a_post_gave_is_written_on_the_wall_above_it_whole_and_below_its_number(post, reward):
    painter = PostsPainter(10)
    (top, bottom), (left, right) = changed(painter.frame(post, 0.0), painter.frame(post, reward))
    storey, column = divmod(post, 5)
    assert storey * 3 * TILE + 8 * SCALE <= top < bottom < (storey * 3 + 1) * TILE
    assert left <= column * TILE + TILE // 2 <= right
    (_, _), (left_inside, right_inside) = changed(painter.frame(2, 0.0), painter.frame(2, reward))
    assert right - left == right_inside - left_inside


def test_treats_are_written_with_one_decimal_and_small_ones_with_two():
    painter = PostsPainter(3)
    frames = [painter.frame(1, reward).tobytes() for reward in (1.24, 1.16, 1.2)]
    assert len(set(frames)) == 1
    assert painter.frame(1, 0.03).tobytes() != painter.frame(1, 0.02).tobytes()
    assert changed(painter.frame(1, 0.001), painter.frame(1, 0.0)) is None


def test_the_picture_shows_the_last_step_and_forgets_it_with_the_episode():
    env = PostsEnv(render_mode="rgb_array")
    before = env.picture()
    env.reset(seed=0)
    np.testing.assert_array_equal(env.render(), before)
    reward = env.step(7)[1]
    np.testing.assert_array_equal(env.render(), PostsPainter(10).frame(7, reward))
    np.testing.assert_array_equal(env.picture(bob=False), PostsPainter(10).room())
    env.reset()
    np.testing.assert_array_equal(env.render(), before)


def test_every_frame_is_a_new_array():
    env = PostsEnv(render_mode="rgb_array")
    env.reset(seed=0)
    first = env.render()
    copy, room = first.copy(), env.picture(bob=False)
    first[:], room[:] = 0, 0
    np.testing.assert_array_equal(env.render(), copy)
    assert env.picture(bob=False).any()


def test_copies_begin_with_problems_of_the_same_kind_and_tell_what_bob_cannot_know():
    copies = PostsEnv(values=[2.0, -1.0, 2.0]).copies(4, np.random.default_rng(0))
    assert (copies.n_states, copies.n_actions, copies.has_episodes, copies.has_regret) == (1, 3, False, True)
    state, reward, terminated = copies.step(np.arange(4), np.zeros(4, dtype=int), np.array([0, 1, 2, 1]))
    assert copies.best.tolist() == [True, False, True, False]
    assert copies.regret.tolist() == [0.0, 3.0, 0.0, 3.0]
    assert len(set(reward)) == 4
    assert (state == 0).all()
    assert not terminated.any()


def test_values_of_worn_copies_walk_and_regret_follows_the_value_at_the_scratch():
    copies = PostsEnv(k=2, wear=1.0).copies(3, np.random.default_rng(0))
    runs, first = np.arange(3), np.zeros(3, dtype=int)
    copies.step(runs, first, first)
    assert copies.regret.tolist() == [0.0] * 3
    values = copies.values.copy()
    assert len(set(values.ravel())) == 6
    copies.step(runs, first, first)
    assert copies.regret == pytest.approx(values.max(axis=1) - values[:, 0])
