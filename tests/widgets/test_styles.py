"""What everybody can see: WCAG 2.2, in JupyterLab's themes and without any."""

import re
from pathlib import Path

import numpy as np
import pytest
from jupyter_core.paths import jupyter_path

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.widgets.formula import COLOURS
from rl_helpers.widgets.player import Player
from rl_helpers.widgets.stepper import Stepper
from tests.widgets.pages import stepper


def declarations(block):
    """Return the declarations of a block of CSS, from name to value."""
    return dict(re.findall(r"([\w-]+) *: *([^;]+?) *(?:;|$)", block.strip()))


CSS = re.sub(r"/\*.*?\*/", "", str(Player._css), flags=re.DOTALL)


RULES = [
    (selector.strip(), declarations(body)) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS)
]


OWN = RULES[0][1]


NO_TEXT = {".bob-canvas"}


def theme(name):
    """Return the variables of a theme as JupyterLab brings it."""
    if name is None:
        return {}
    (path,) = [
        path
        for folder in jupyter_path("lab", "themes", "@jupyterlab", f"theme-{name}-extension")
        for path in Path(folder).glob("index.css")
    ][:1]
    return declarations(re.search(r":root *\{(.*?)\}", path.read_text(encoding="utf-8"), re.DOTALL)[1])


def colour(value, variables, under=(1.0, 1.0, 1.0)):
    """Return the red, green and blue (0 to 1) of a CSS colour laid over another."""
    known = re.fullmatch(r"var\((--[\w-]+)(?:, *(.*))?\)", value)
    if known:
        return colour(variables.get(known[1], known[2]), variables, under)
    numbers = [float(number) for number in re.findall(r"[\d.]+", value)]
    if value.startswith("#"):
        digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
        numbers = [*bytes.fromhex(digits), 1.0]
    elif not value.startswith("rgb"):
        numbers = {"white": [255, 255, 255, 1.0], "black": [0, 0, 0, 1.0]}[value]
    alpha = numbers[3] / (100 if "%" in value else 1)
    return alpha * np.array(numbers[:3]) / 255 + (1 - alpha) * np.array(under)


def contrast(one, other):
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted(
        np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
        for rgb in (np.asarray(one), np.asarray(other))
    )
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(colour("#777777", {}), colour("white", {})) == pytest.approx(4.48, abs=0.01)
    assert colour("rgb(0 0 0 / 80%)", {}) == pytest.approx([0.2] * 3)
    assert colour("var(--a, #fff)", {"--a": "rgba(0,0,0,.5)"}) == pytest.approx([0.5] * 3)


def test_colours_of_the_formula_carry_black_text():
    for value in COLOURS.values():
        assert contrast(colour(value, {}), (0, 0, 0)) >= 4.5


@pytest.mark.parametrize("name", [None, "light", "dark"])
def test_text_stands_out_from_what_is_behind_it(name):
    variables = theme(name) | OWN
    paper = colour("var(--paper)", variables)
    assert "opacity" not in CSS
    texts = 0
    for selector, rule in RULES:
        if selector in NO_TEXT or not {"color", "background"} & rule.keys():
            continue
        ink = rule.get("color", "var(--ink)").replace("inherit", "var(--ink)")
        behind = rule.get("background", "none")
        for value in ["var(--paper)", "var(--shade)"] if behind == "none" else [behind]:
            ground = colour(value, variables, paper)
            assert contrast(colour(ink, variables, ground), ground) >= 4.5, (selector, value)
            texts += 1
    assert texts >= 8


@pytest.mark.parametrize("name", [None, "light", "dark"])
def test_ring_shows_where_the_focus_is(name):
    rings = [(selector, rule) for selector, rule in RULES if ":focus" in selector and "outline" in rule]
    ((selectors, ring),) = rings
    assert ring["outline"] == "3px solid var(--focus)"
    for widget in ("player", "push", "stepper", "slider"):
        # JupyterLab has a rule of its own for the focus, as specific as a class and an element.
        assert f".bob-{widget}.bob-{widget} :focus-visible" in selectors
    assert not re.search(r"outline: *(none|0)", CSS)
    variables = theme(name) | OWN
    for ground in ("var(--paper)", "var(--shade)"):
        assert contrast(colour("var(--focus)", variables), colour(ground, variables)) >= 3
    # Nothing outside of a widget may cut the ring off: it fits into the padding.
    space = min(int(side) for side in re.findall(r"\d+", OWN["padding"]))
    assert space >= 3 + int(ring["outline-offset"].removesuffix("px"))


def test_controls_are_large_enough_to_hit():
    sizes = {
        selector: {int(rule[side].removesuffix("px")) for side in ("min-height", "min-width") if side in rule}
        for selector, rule in RULES
        if "button" in selector and ":" not in selector and "[" not in selector
    }
    assert sizes[".bob-player button,\n.bob-push button,\n.bob-stepper button"] == {44}
    assert int(dict(RULES)[".bob-line input"]["height"].removesuffix("px")) >= 24


def test_nothing_moves_but_the_game():
    scripts = "".join(
        str(widget._esm) for widget in (Player, Stepper, widgets.PictureSlider, widgets.PushButton)
    )
    assert not re.search("animation|transition|@keyframes|scroll-behavior", CSS)
    assert not re.search(r"smooth|\.animate\(|setInterval|scrollIntoView", scripts)
    assert not re.search("<marquee|<blink|animat|transition", stepper()[0].content.split("base64")[0])
