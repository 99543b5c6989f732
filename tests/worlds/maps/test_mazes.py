from rl_helpers.worlds.maps.mazes import parse_maze


def test_a_layout_may_be_indented():
    assert parse_maze("\n    S.G\n    #..\n  ").rows == ("B.P", "#..")
