"""Bob's room as text: a picture is 16 × 16 characters, a character a colour of the one palette."""

COLOURS = {
    "k": "#2b1d2e",  # outline
    "o": "#f0922e",  # Bob's fur
    "O": "#c4621a",  # his stripes
    "w": "#fff4de",  # his belly, paws and snout
    "p": "#f28c9b",  # his nose and ears
    "g": "#5fb548",  # his eyes
    "f": "#e6cda4",  # floor, and its darker board, light edge and joint
    "F": "#dfc295",
    "e": "#efdcb9",
    "j": "#cdae80",
    "J": "#bb9467",  # a paw print where Bob begins
    "b": "#a8503c",  # brick, lit brick, shaded brick, mortar, top of the wall and its edge
    "B": "#c0674e",
    "n": "#85392f",
    "m": "#5f2b2b",
    "t": "#d9907a",
    "T": "#edb49c",
    "r": "#d9b06a",  # rope, its shade, wood, dark wood
    "R": "#a9793a",
    "d": "#7a4d2b",
    "D": "#5a3620",
    "y": "#ffd23e",  # gold and its shade
    "Y": "#e09c12",
    "c": "#7b4fa3",  # couch: cloth, light, shade
    "C": "#9c72c4",
    "s": "#56357a",
    "a": "#1f8a7d",  # drapes: cloth, light, shade
    "A": "#3fb3a2",
    "q": "#12605b",
    "u": "#bfe6ff",  # sky behind them, water, silver of the fish
    "v": "#56b4e9",
    "V": "#1c6fb0",
    "h": "#c8394f",  # rug and heart, light, shade
    "H": "#e8697a",
    "i": "#8f2237",
    "x": "#4f77c9",  # cushion: cloth, light, shade
    "X": "#7d9fe6",
    "z": "#35539a",
}
"""Colours by character; a full stop is transparent."""

FLOOR = """
eeeeeeeeeeeeeeee
ffffffffffffffff
ffffffffffffffff
ffffffffffffffff
ffffffffffffffff
ffffffffffffffff
ffffffffffffffff
jjjjjjjjjjjjjjjj
fffffjefffffffff
fffffjffffffffff
fffffjffffffffff
fffffjffffffffff
fffffjffffffffff
fffffjffffffffff
fffffjffffffffff
jjjjjjjjjjjjjjjj
"""

WALL = """
BBBBBBBmBBBBBBBm
Bbbbbbnmbbbbbbnm
bbbbbbnmbbbbbbnm
mmmmmmmmmmmmmmmm
BBBmBBBBBBBmBBBB
bbnmBbbbbbnmBbbb
bbnmbbbbbbnmbbbb
mmmmmmmmmmmmmmmm
BBBBBBBmBBBBBBBm
Bbbbbbnmbbbbbbnm
bbbbbbnmbbbbbbnm
mmmmmmmmmmmmmmmm
BBBmBBBBBBBmBBBB
bbnmBbbbbbnmBbbb
bbnmbbbbbbnmbbbb
mmmmmmmmmmmmmmmm
"""

WALL_TOP = """
TTTTTTTTTTTTTTTT
tttttttttttttttt
tttttttttttttttt
tttttttttttttttt
mmmmmmmmmmmmmmmm
"""

START = """
................
................
................
................
.....JJ..JJ.....
.....JJ..JJ.....
..JJ.JJ..JJ.JJ..
..JJ........JJ..
..JJ..JJJJ..JJ..
.....JJJJJJ.....
....JJJJJJJJ....
....JJJJJJJJ....
.....JJ..JJ.....
................
................
................
"""

RUG = """
................
................
.w.w.w.w.w.w.w..
kkkkkkkkkkkkkkkk
khhhhhhhhhhhhhhk
khHHHHHHHHHHHHhk
khHiiiiiiiiiiHhk
khHihhhhhhhhiHhk
khHihhhhhhhhiHhk
khHihhhhhhhhiHhk
khHihhhhhhhhiHhk
khHiiiiiiiiiiHhk
khHHHHHHHHHHHHhk
khhhhhhhhhhhhhhk
kkkkkkkkkkkkkkkk
.w.w.w.w.w.w.w..
"""

FISH = """
..kkkk..k
.kuuvVkkk
kukuvvVVk
kuuuvVkkk
.kkkkk..k
"""

POST = """
.......kk.......
.w....kyyk....w.
..kkkkyyyykkkk..
..kyyyywyyyyYk..
...kyyywyyyYk...
w...kyyyyyYk...w
...kyyyyyyyYk...
...kyyYkkYyYk...
...kkkRrrRkkk...
....kRrrRrrk....
....krrRrrRk....
....krRrrRrk....
....kRrrRrrk....
..kkkkkkkkkkkk..
..kddddddddDDk..
..kkkkkkkkkkkk..
"""

COUCH = """
................
..kkkkkkkkkkkk..
.kCCCCCCCCCCCCk.
.kCccccccccccsk.
.kCccccccccccsk.
.kCccccccccccsk.
kkkksssssssskkkk
kCCckCCCCCCskCCk
kCcskCcccccskCsk
kCcskCcccccskCsk
kCcskssssssskCsk
kCccccccccccccsk
kCccccccccccccsk
kssssssssssssssk
kkkkkkkkkkkkkkkk
.kk..........kk.
"""

COUCH_MIDDLE = """
................
kkkkkkkkkkkkkkkk
CCCCCCCCCCCCCCCC
cccccccccccccccc
cccccccccccccccc
cccccccccccccccc
ssssssssssssssss
CCCCCCCkkCCCCCCC
ccccccskCccccccc
ccccccskCccccccc
ssssssskssssssss
cccccccccccccccc
cccccccccccccccc
ssssssssssssssss
kkkkkkkkkkkkkkkk
................
"""

DRAPES = """
kkkkkkkkkkkkkkkk
yYddddddddddddYy
kkkkkkkkkkkkkkkk
.kAaqAkuukAqaAk.
.kAaqakuukaqaAk.
.kAaqwuuuuwqaAk.
.kAaqwuwuuwqaAk.
.kAaqwwwwwwqaAk.
.kyyywuuvuwyyyk.
.kAaqwuvvvwqaAk.
.kAaqkkkkkkqaAk.
.kAaaqk..kqaaAk.
.kAaqaqkkqaqaAk.
.kAaqaqkkqaqaAk.
.kAaqaqkkqaqaAk.
.kkkkkkkkkkkkkk.
"""

CUSHION = """
................
................
................
..kk........kk..
.kXXkkkkkkkkXXk.
.kXXXXXXXXXXXzk.
..kXxxxxxxxxxk..
..kXxxxxxxxxzk..
..kXxxxyyxxxzk..
..kXxxxyyxxxzk..
..kXxxxxxxxxzk..
..kXxxxxxxxxzk..
.kXxxzzzzzzzzzk.
.kXzkkkkkkkkzzk.
..kk........kk..
................
"""

DROPS = """
..k......
.kvk..k..
kvuvkkvk.
kvuvkvuvk
kvvVkvvVk
.kkk..kk.
.........
"""

DIGITS = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    "+": "... .#. ### .#. ...",
    "-": "... ... ### ... ...",
    ".": "... ... ... ... .#.",
    "e": "... .## #.# ##. .##",
}
"""Rows of the characters of a number, 3 × 5 art pixels each."""

HEART = """
.kkk.kkk.
khHhkhhhk
khhhhhhhk
khhhhhhik
.khhhhik.
..khhik..
...kkk...
"""
