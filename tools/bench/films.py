"""Films: `create_gif` beside MoviePy, imageio and Pillow, on the same frames and in the same run.

Its files are also compared with what `gifsicle -O3` makes of them, where that program is there (on Debian:
`apt-get install gifsicle`). It may not drop frames that equal the one before, since `create_gif` keeps them.
"""

import importlib.util
import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import ale_py
import gymnasium as gym
import imageio.v3 as imageio
import numpy as np
from moviepy import ImageSequenceClip
from PIL import Image, ImageSequence

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers.gifs import create_gif
from tools.bench.figures import Figure

FEW_COLORS = {"ALE/Breakout-v5": 1000, "CartPole-v1": 300, "Taxi-v4": 200, "Bob/Room-v0": 300}
MANY_COLORS = {"LunarLander-v3": 200, "CarRacing-v3": 150}
EVERY = 5  # so many Atari games in alphabetical order, the last of which is filmed
WORLDS = ("classic_control", "toy_text", "box2d", "mujoco")  # Gymnasium's folders of worlds with pictures
NEEDED = {"box2d": "Box2D", "mujoco": "mujoco"}
N_FRAMES = 200
ROUNDS = 2
MOVIEPY_FPS = 100  # what its frames are lost at
ALL_KEPT = 50  # the most at which a GIF shows every frame
EXACT_TIMES = 64  # a power of two, so that rounding makes MoviePy lose no frame


def measure():
    """Return the figures on speed, size, exactness and memory."""
    gym.register_envs(ale_py)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for name, n_frames in FEW_COLORS.items():
            figures += _few_colors(name, film(name, n_frames), Path(folder))
        for name, n_frames in MANY_COLORS.items():
            figures += _many_colors(name, film(name, n_frames), Path(folder))
        figures += _median_and_worst("Atari games", atari_games(), Path(folder), exact_at_least=20)
        figures += _median_and_worst("of Gymnasium's own worlds", own_worlds(), Path(folder))
    for n_frames in (1000, 5000):
        extra = extra_memory(n_frames)
        name = f"Breakout from a generator of {n_frames} frames: extra memory at most"
        figures.append(Figure(name, f"{extra:.0f} MB", "≤ 32 MB", extra <= 32))
    return figures


def atari_games():
    """Return the names of every fifth Atari game, in alphabetical order: nobody has chosen them."""
    return sorted(name for name in gym.registry if name.startswith("ALE/"))[EVERY - 1 :: EVERY]


def own_worlds():
    """Return the names of the newest versions of all worlds with pictures that come with Gymnasium.

    Worlds that need a package that is not there are left out.
    """
    newest = {}
    for spec in gym.registry.values():
        path = str(spec.entry_point).split(".")
        has_pictures = path[:2] == ["gymnasium", "envs"] and path[2] in WORLDS
        if has_pictures and importlib.util.find_spec(NEEDED.get(path[2], "gymnasium")):
            newest[spec.name] = max(spec.version, newest.get(spec.name, 0))
    return [f"{name}-v{version}" for name, version in newest.items()]


def film(name, n_frames):
    """Return frames of random play, across episodes."""
    return list(_play(gym.make(name, render_mode="rgb_array"), n_frames))


def extra_memory(n_frames):
    """Return the most MB that arrays and objects take up while a long film is written from a generator."""
    env = gym.make("ALE/Breakout-v5", render_mode="rgb_array")
    with tempfile.TemporaryDirectory() as folder:
        tracemalloc.start()
        create_gif(_play(env, n_frames), Path(folder) / "film.gif", fps=ALL_KEPT)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak / 1e6


def _play(env, n_frames):
    env.action_space.seed(0)
    env.reset(seed=0)
    for _ in range(n_frames):
        yield np.array(env.render())
        *_, terminated, truncated, _ = env.step(env.action_space.sample())
        if terminated or truncated:
            env.reset()


def _few_colors(name, frames, folder):
    figures = _ratios(name, frames, folder, faster=10, size=0.75)
    read = _pictures(folder / "create_gif.gif")
    exact = [np.array_equal(*pair) for pair in itertools.zip_longest(frames, read)]
    distinct = len({frame.tobytes() for frame in frames})
    theirs = len({picture.tobytes() for picture in _pictures(folder / "MoviePy.gif")})
    title = f"{name}: frames exact (of {distinct} different ones MoviePy keeps {theirs})"
    return [*figures, Figure(title, f"{sum(exact)}", f"{len(frames)}", all(exact))]


def _many_colors(name, frames, folder):
    figures = _ratios(name, frames, folder, faster=2, size=1.15)
    ImageSequenceClip(frames, fps=EXACT_TIMES).write_gif(folder / "correct.gif", logger=None)
    ours, correct = (_noise(frames, folder / file) for file in ("create_gif.gif", "correct.gif"))
    title = f"{name}: PSNR beside a correct MoviePy file ({correct:.1f} dB)"
    return [*figures, Figure(title, f"{ours:+.1f} dB", f"≥ {correct - 1:+.1f} dB", ours >= correct - 1)]


def _median_and_worst(kind, names, folder, exact_at_least=0):
    """Return figures over many worlds: the median, and the worst with its name."""
    speeds, shares, sizes, exact = {}, {}, {}, []
    for name in names:
        print(f"films: {name} …", file=sys.stderr, flush=True)
        frames = film(name, N_FRAMES)
        seconds, bytes_of = _measured(frames, folder, YARDSTICK)
        ours = folder / "create_gif.gif"
        speeds[name] = statistics.median(seconds["MoviePy"]) / statistics.median(seconds["create_gif"])
        shares[name] = bytes_of["create_gif"] / bytes_of["MoviePy"]
        if shutil.which("gifsicle"):
            sizes[name] = bytes_of["create_gif"] / _size_by_gifsicle(ours, folder / "gifsicle.gif")
        exact.append(all(np.array_equal(*pair) for pair in itertools.zip_longest(frames, _pictures(ours))))
    name = f"{len(names)} {kind}, {N_FRAMES} frames of each"
    figures = [
        _spread(f"{name}: times as fast as MoviePy", speeds, "{:.1f} ×", "≥ 10 ×", min, lambda x: x >= 10),
        _spread(f"{name}: share of MoviePy's size", shares, "{:.2f}", "≤ 1", max, lambda x: x <= 1),
    ]
    if sizes:
        name = f"{name}: size beside gifsicle -O3 that keeps every frame"
        figures.append(_spread(name, sizes, "{:.3f}", "≤ 1.05", max, lambda x: x <= 1.05))
    else:
        print("films: gifsicle is not there, so sizes are not compared with its", file=sys.stderr)
    n_exact = sum(exact)
    figures.append(
        Figure(
            f"{len(names)} {kind}: films of which every pixel is exact",
            f"{n_exact}",
            f"≥ {exact_at_least}",
            n_exact >= exact_at_least,
        )
    )
    return figures


def _spread(name, values, form, aim, worst_of, is_reached):
    worst = worst_of(values, key=values.get)
    seen = f"{form.format(statistics.median(values.values()))} in the median, "
    seen += f"{form.format(values[worst])} in the worst ({worst})"
    return Figure(name, seen, aim, is_reached(values[worst]))


def _size_by_gifsicle(path, to):
    subprocess.run(["gifsicle", "-O3", "-Okeep-empty", path, "-o", to], check=True, stderr=subprocess.DEVNULL)
    return to.stat().st_size


def _ratios(name, frames, folder, *, faster, size):
    seconds, sizes = _measured(frames, folder, OTHERS)
    ours = statistics.median(seconds.pop("create_gif"))
    speeds = {writer: statistics.median(times) / ours for writer, times in seconds.items()}
    our_size = sizes.pop("create_gif")
    shares = {writer: our_size / theirs for writer, theirs in sizes.items()}
    return [
        Figure(
            f"{name}: times as fast, {len(frames)} frames in {ours:.2f} s",
            ", ".join(f"{writer} {ratio:.0f} ×" for writer, ratio in speeds.items()),
            f"MoviePy ≥ {faster} ×",
            speeds["MoviePy"] >= faster,
        ),
        Figure(
            f"{name}: share of the file's size",
            ", ".join(f"{writer} {ratio:.2f}" for writer, ratio in shares.items()),
            f"MoviePy ≤ {size}",
            shares["MoviePy"] <= size,
        ),
    ]


def _measured(frames, folder, others):
    """Return the seconds of each round and the last file's size, by writer; ours in turn with each other."""
    seconds = {writer: [] for writer in ("create_gif", *others)}
    for number in range(ROUNDS):
        for other in YARDSTICK if number else others:
            for writer in ("create_gif", other):
                start = time.perf_counter()
                WRITERS[writer](frames, folder / f"{writer}.gif")
                seconds[writer].append(time.perf_counter() - start)
    return seconds, {writer: (folder / f"{writer}.gif").stat().st_size for writer in seconds}


def _pictures(path):
    with Image.open(path) as image:
        for frame in ImageSequence.Iterator(image):
            yield np.asarray(frame.convert("RGB"))


def _noise(frames, path):
    """Return the peak signal-to-noise ratio of a film, dB: of all its pixels together."""
    errors = [
        np.square(frame.astype(np.int32) - picture).mean()
        for frame, picture in zip(frames, _pictures(path), strict=True)
    ]
    return 10 * np.log10(255**2 / max(np.mean(errors), 1e-9))


def _create_gif(frames, path):
    create_gif(frames, path, fps=ALL_KEPT)


def _moviepy(frames, path):
    ImageSequenceClip(frames, fps=MOVIEPY_FPS).write_gif(path, logger=None)


def _imageio(frames, path):
    imageio.imwrite(path, frames, extension=".gif", duration=1000 / ALL_KEPT, loop=0)


def _pillow(frames, path):
    first, *rest = (Image.fromarray(frame) for frame in frames)
    first.save(path, save_all=True, append_images=rest, duration=1000 / ALL_KEPT, loop=0)


WRITERS = {"create_gif": _create_gif, "MoviePy": _moviepy, "imageio": _imageio, "Pillow": _pillow}
YARDSTICK = ("MoviePy",)
OTHERS = ("MoviePy", "imageio", "Pillow")  # the latter two in the first round only, for the sake of minutes
