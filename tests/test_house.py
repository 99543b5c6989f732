"""The plan of the house: what may import what, how large a room may be, and that the map is true."""

import ast
import re

import pytest

from tools import house

KNOWN = house.modules()
ROOMS = house.rooms(KNOWN)
MOST_LINES, MOST_MODULES = 300, 12

# What a room may know nothing about, beside what its floor forbids.
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


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_stands_on_a_floor(room):
    assert house.floor_of(room), f"say in tools/house.py on which floor {room} stands"


def test_no_floor_has_a_room_that_is_gone():
    standing = {house.floor_of(room)[1] for room in ROOMS}
    assert standing == {name for floor in house.FLOORS for name in floor}


@pytest.mark.parametrize("name", [name for name in KNOWN if name not in house.PACKAGES])
def test_imports_run_downwards(name):
    floor, place = house.floor_of(KNOWN[name].room)
    for read in house.reads(KNOWN[name], KNOWN):
        if read in house.PACKAGES:
            continue  # `import rl_helpers` registers the worlds, by their names alone
        floor_read, place_read = house.floor_of(KNOWN[read].room)
        assert floor_read > floor or place_read == place, f"{name} imports {read}, which is not below it"


@pytest.mark.parametrize(("room", "unknown"), IGNORANT.items())
def test_a_room_knows_no_more_than_it_needs(room, unknown):
    inside = [
        module for module in KNOWN.values() if module.room == room or module.room.startswith(f"{room}.")
    ]
    assert inside
    for module in inside:
        for read in house.reads(module, KNOWN):
            forbidden = [each for each in unknown if read == each or read.startswith(f"{each}.")]
            assert not forbidden, f"{module.name} imports {read}, and {room} shall not know it"


def test_no_module_imports_itself_round_a_circle():
    assert circle({name: house.reads(module, KNOWN) for name, module in KNOWN.items()}) is None


def test_no_room_imports_itself_round_a_circle():
    # A folder's own face may show what its inner rooms hold: that arrow runs downwards into the folder.
    arrows = {room: [] for room in ROOMS}
    for name, module in KNOWN.items():
        for read in house.reads(module, KNOWN):
            if module.room in arrows and KNOWN[read].room in arrows and module.room != KNOWN[read].room:
                is_face = module.is_package and KNOWN[read].room.startswith(f"{name}.")
                if not is_face:
                    arrows[module.room].append(KNOWN[read].room)
    assert circle(arrows) is None


@pytest.mark.parametrize("name", KNOWN)
def test_no_module_is_over_300_lines(name):
    assert KNOWN[name].text.count("\n") <= MOST_LINES, "give one of its jobs a module of its own"


@pytest.mark.parametrize("room", ROOMS)
def test_no_folder_has_more_than_a_dozen_modules(room):
    assert len([module for module in ROOMS[room] if not module.is_package]) <= MOST_MODULES, "give it rooms"


@pytest.mark.parametrize("name", KNOWN)
def test_every_module_says_in_one_line_what_it_is(name):
    line = KNOWN[name].first_line
    assert 10 < len(line) <= 110
    assert line.endswith("."), line


@pytest.mark.parametrize("room", [room for room in ROOMS if KNOWN[room].is_package])
def test_every_room_of_a_lesson_says_where_to_start(room):
    start = house.says(room, KNOWN)[1]
    assert (KNOWN[room].path.parent / start).is_file()
    assert start, f"the docstring of {room} names no module to start with: Start with `….py`"


def test_the_map_is_what_the_code_says(capsys):
    assert house.main(["--check"]) == 0, capsys.readouterr().err


def test_the_map_has_every_room_once():
    links = re.findall(
        r"^\| \[`[^`]+`\]\(([^)]+)\)", (house.ROOT / "README.md").read_text(encoding="utf-8"), re.M
    )
    folders = {
        path.parent.relative_to(house.ROOT).as_posix()
        for package in house.PACKAGES
        for path in (house.ROOT / package).rglob("*.py")
    } - set(house.PACKAGES)
    assert folders <= set(links)
    assert len(links) == len(set(links)) == len(ROOMS)


def test_a_readme_without_a_place_for_the_map_is_refused():
    with pytest.raises(ValueError, match="put the two lines"):
        house.texts("no marks")


def test_an_import_inside_a_function_counts():
    lazy = house.Module("rl_helpers.x", None, "def f():\n    from rl_helpers import updates\n", False)
    assert house.reads(lazy, KNOWN) == {"rl_helpers.updates"}
    assert isinstance(lazy.tree, ast.Module)
