"""Right and wrong answers to `fool_bob`."""

from tests.answers.table import right, wrong


@right
def level_with_a_low_ceiling():
    return """
    .....########.........
    .....########.........
    .....vvvvvvvv.........
    ......................
    .B...........^^.....F.
    ######################
    """


@right
def level_where_the_way_leads_back():
    air = "." * 26
    roof = "....########.............."
    wall = "...........#.............."
    steps = "..===......#.............."
    return "\n".join([air, air, roof, wall, wall, steps, ".B.........#............F.", "#" * 26])


@wrong("no way was found")
def level_with_a_gap_too_wide():
    return """
    B.................F
    ####.............##
    """


@wrong("Bob finishes")
def level_that_is_a_walk():
    return """
    .B..................F..
    #######################
    #######################
    """


@wrong("at least 18 columns further right")
def level_too_short_to_fail_on():
    return ".B....F\n#######"


@wrong("the flag stands in column 1")
def level_with_the_flag_to_the_left():
    return ".F" + "." * 24 + "B.\n" + "#" * 28


@wrong("make do with 60")
def level_that_is_too_long():
    return "B" + "." * 70 + "F\n" + "#" * 72


@wrong("a text map is expected")
def level_as_a_list_of_rows():
    return ["B....F", "######"]


@wrong("the level has no F")
def level_without_a_flag():
    return "B....\n#####"


@wrong("row 1 of the level has 5 characters, expected 6")
def level_with_a_short_row():
    return "B....F\n#####"
