"""The plan of the code: what may import what, how large a part may be, and that the map is true."""

import ast
import re

import pytest

from tools import code_map

KNOWN = code_map.modules()
PARTS = code_map.parts(KNOWN)
MOST_LINES, MOST_MODULES = 300, 12

# What a part may know nothing about, beside what its layer forbids.
IGNORANT = {
    "rl_helpers.exercises.checking": (
        "rl_helpers.exercises.tasks",
        "rl_helpers.exercises.course",
        "rl_helpers.agents",
    ),
    "rl_helpers.gifs": ("rl_helpers.agents", "rl_helpers.exercises"),
    "rl_helpers.plots": ("rl_helpers.agents", "rl_helpers.exercises"),
    "rl_helpers.worlds": ("rl_helpers.updates", "rl_helpers.schedules", "rl_helpers.planning"),
    "rl_helpers.notebook": ("rl_helpers.worlds", "rl_helpers.agents", "rl_helpers.plots"),
    "rl_helpers.agents": ("rl_helpers.worlds", "rl_helpers.plots", "rl_helpers.gifs", "rl_helpers.notebook"),
    "rl_helpers.atari": ("rl_helpers.worlds", "rl_helpers.gifs"),
}


def circle(arrows):
    """Return a circle in a graph, from each node to the nodes it points to, as a list of nodes; else None."""
    finished = set()

    def follow(node, path):
        if node in path:
            return [*path[path.index(node) :], node]
        if node not in finished:
            for following in sorted(arrows.get(node, ())):
                found = follow(following, [*path, node])
                if found:
                    return found
            finished.add(node)
        return None

    return next((found for node in sorted(arrows) if (found := follow(node, []))), None)


def test_a_circle_is_found_and_no_circle_is_not():
    assert circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]
    assert circle({"a": ["b", "c"], "b": ["c"], "c": []}) is None


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_a_layer(part):
    assert code_map.layer_of(part), f"say in tools/code_map.py in which layer {part} is"


def test_no_layer_has_a_part_that_is_gone():
    standing = {code_map.layer_of(part)[1] for part in PARTS}
    assert standing == {name for layer in code_map.LAYERS for name in layer}


@pytest.mark.parametrize("name", [name for name in KNOWN if name not in code_map.PACKAGES])
def test_imports_run_downwards(name):
    layer, place = code_map.layer_of(KNOWN[name].part)
    for read in code_map.reads(KNOWN[name], KNOWN):
        if read in code_map.PACKAGES:
            continue  # `import rl_helpers` registers the worlds, by their names alone
        layer_read, place_read = code_map.layer_of(KNOWN[read].part)
        assert layer_read > layer or place_read == place, f"{name} imports {read}, which is not below it"


@pytest.mark.parametrize(("part", "unknown"), IGNORANT.items())
def test_a_part_knows_no_more_than_it_needs(part, unknown):
    inside = [
        module for module in KNOWN.values() if module.part == part or module.part.startswith(f"{part}.")
    ]
    assert inside
    for module in inside:
        for read in code_map.reads(module, KNOWN):
            forbidden = [each for each in unknown if read == each or read.startswith(f"{each}.")]
            assert not forbidden, f"{module.name} imports {read}, and {part} shall not know it"


def test_no_module_imports_itself_round_a_circle():
    assert circle({name: code_map.reads(module, KNOWN) for name, module in KNOWN.items()}) is None


def test_no_folder_imports_itself_round_a_circle():
    # What a folder's `__init__` shows of its inner folders is no arrow back up.
    arrows = {part: [] for part in PARTS}
    for name, module in KNOWN.items():
        for read in code_map.reads(module, KNOWN):
            if module.part in arrows and KNOWN[read].part in arrows and module.part != KNOWN[read].part:
                is_face = module.is_package and KNOWN[read].part.startswith(f"{name}.")
                if not is_face:
                    arrows[module.part].append(KNOWN[read].part)
    assert circle(arrows) is None


@pytest.mark.parametrize("name", KNOWN)
def test_no_module_is_over_300_lines(name):
    assert KNOWN[name].text.count("\n") <= MOST_LINES, "give one of its jobs a module of its own"


@pytest.mark.parametrize("part", PARTS)
def test_no_folder_has_more_than_a_dozen_modules(part):
    assert len([module for module in PARTS[part] if not module.is_package]) <= MOST_MODULES, "give it parts"


@pytest.mark.parametrize("name", KNOWN)
def test_every_module_says_in_one_line_what_it_is(name):
    line = KNOWN[name].first_line
    assert 10 < len(line) <= 110
    assert line.endswith("."), line


@pytest.mark.parametrize("part", [part for part in PARTS if KNOWN[part].is_package])
def test_every_folder_says_where_to_start(part):
    start = code_map.says(part, KNOWN)[1]
    assert (KNOWN[part].path.parent / start).is_file()
    assert start, f"the docstring of {part} names no module to start with: Start with `….py`"


def test_the_map_is_what_the_code_says(capsys):
    assert code_map.main(["--check"]) == 0, capsys.readouterr().err


def test_the_map_has_every_part_once():
    links = re.findall(
        r"^\| \[`[^`]+`\]\(([^)]+)\)", (code_map.ROOT / "README.md").read_text(encoding="utf-8"), re.M
    )
    folders = {
        path.parent.relative_to(code_map.ROOT).as_posix()
        for package in code_map.PACKAGES
        for path in (code_map.ROOT / package).rglob("*.py")
    } - set(code_map.PACKAGES)
    assert folders <= set(links)
    assert len(links) == len(set(links)) == len(PARTS)


def test_a_readme_without_a_place_for_the_map_is_refused():
    with pytest.raises(ValueError, match="put the two lines"):
        code_map.texts("no marks")


def test_an_import_inside_a_function_counts():
    lazy = code_map.Module("rl_helpers.x", None, "def f():\n    from rl_helpers import updates\n", False)
    assert code_map.reads(lazy, KNOWN) == {"rl_helpers.updates"}
    assert isinstance(lazy.tree, ast.Module)
