import numpy as np
import pytest

from rl_helpers.gifs import create_gif
from tests.gifs.films import blocks, seen, walk


def test_only_the_box_that_changed_is_written(path):
    frames = np.zeros((3, 50, 64, 3), np.uint8)
    frames[1:, 20:23, 31:33] = 9
    frames[2, 49, 63] = 1
    create_gif(list(frames), path)
    assert [block[2:6] for block in blocks(path)] == [(0, 0, 64, 50), (31, 20, 2, 3), (63, 49, 1, 1)]
    assert {block.disposal for block in blocks(path)} == {1}


def test_an_environment_may_draw_into_the_same_memory(path):
    canvas = np.zeros((30, 41, 3), np.uint8)

    def play():
        for frame in walk(50):
            canvas[:] = frame
            yield canvas

    for fps, frames in ((50, walk(50)), (100, walk(50)[[*range(0, 48, 2), 49]])):
        create_gif(play(), path, fps=fps)
        np.testing.assert_array_equal(seen(path), frames)


@pytest.mark.parametrize(
    "view",
    [
        lambda frame: np.asfortranarray(frame),
        lambda frame: frame[::-1, ::-1],
        lambda frame: frame.transpose(1, 0, 2),
        lambda frame: frame[1::2, 1:-3],
        lambda frame: frame[..., ::-1],
        lambda frame: np.repeat(frame, 2, axis=2)[..., ::2],
    ],
)
def test_any_layout_in_memory_will_do(path, view):
    frames = [view(frame) for frame in walk(6, (30, 40))]
    create_gif(frames, path)
    np.testing.assert_array_equal(seen(path), frames)


def test_frames_are_not_written_to(path):
    frames = walk(6)
    frames.flags.writeable = False
    create_gif(list(frames), path)
    np.testing.assert_array_equal(frames, walk(6))
