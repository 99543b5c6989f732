"""What is filmed is chosen by a rule, and the worst of it is what counts."""

import ale_py
import gymnasium as gym
import pytest

from tools.bench import films


def test_every_fifth_atari_game_is_filmed():
    gym.register_envs(ale_py)
    games = films.atari_games()
    everything = sorted(name for name in gym.registry if name.startswith("ALE/"))
    assert len(games) == 20
    assert [everything.index(game) for game in games] == [*range(4, 100, 5)]


def test_all_worlds_of_gymnasium_that_draw_are_filmed_in_their_newest_version(monkeypatch):
    worlds = films.own_worlds()
    assert {"CartPole-v1", "Pendulum-v1", "Blackjack-v1", "FrozenLake8x8-v1", "Taxi-v4"} <= set(worlds)
    assert not {"CartPole-v0", "phys2d/CartPole-v1", "tabular/Blackjack-v0"} & set(worlds)
    monkeypatch.setattr(films.importlib.util, "find_spec", lambda name: name == "gymnasium")
    assert [world for world in worlds if world not in films.own_worlds()] == [
        world for world in worlds if "box2d" in str(gym.spec(world).entry_point)
    ]


@pytest.mark.parametrize(("worst", "reached"), [(12.0, True), (8.0, False)])
def test_an_aim_is_reached_if_the_worst_reaches_it(worst, reached):
    values = {"A": 30.0, "B": worst, "C": 20.0}
    figure = films._spread("speed", values, "{:.1f} ×", "≥ 10 ×", min, lambda x: x >= 10)
    assert figure == ("speed", f"20.0 × in the median, {worst:.1f} × in the worst (B)", "≥ 10 ×", reached)


def test_without_gifsicle_there_is_one_line_about_it_and_the_rest_is_measured(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(films.shutil, "which", lambda name: None)
    monkeypatch.setattr(films, "N_FRAMES", 3)
    figures = films._median_and_worst("worlds", ["FrozenLake-v1", "Bob/Room-v0"], tmp_path)
    assert [figure.name.rpartition(": ")[2] for figure in figures] == [
        "times as fast as MoviePy",
        "share of MoviePy's size",
        "films of which every pixel is exact",
    ]
    assert [line for line in capsys.readouterr().err.splitlines() if "gifsicle" in line] == [
        "films: gifsicle is not there, so sizes are not compared with its"
    ]
