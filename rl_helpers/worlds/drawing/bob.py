"""Bob as text: an orange tabby from every side, and at his favourite work."""

DOWN = """
................
..kk........kk..
..kok......kok..
..kpokkkkkkopk..
.kooooOOOOooook.
.koOooOooOooOok.
.kooooooooooook.
.koowkoooowkook.
.kookgooookgook.
.kookkowwokkook.
kkwwwwwppwwwwwkk
..kwwwkwwkwwwk..
...kkwwkkwwkkkk.
...koowwwwookok.
...kwwkwwkwwkOk.
....kkkkkkkkkk..
"""

UP = """
................
..kk........kk..
..kok......kok..
..kookkkkkkook..
.kooooOOOOooook.
.koOooOOOOooOok.
.koooooOOoooook.
.kooooooooooook.
..kooooooooook..
...kkkooookkkk..
...koooOOoookok.
...kooooooookOk.
...koooOOoookok.
...kooooooooook.
...kwwkkkkwwkk..
....kk....kk....
"""

RIGHT = """
................
................
.kk....kk....kk.
kOk....kok..kok.
kok....kpokkopk.
kok....kooOOOok.
kOk....koOooOook
kokkkkkkoowkowkk
kooOoOoOookgokgk
.kooOoOoookkwwpk
.koooooookwwwkkk
.koooooookkwwwk.
.kowwwwooookkk..
.kokkkkookkok...
.kwwk..kwwkwwk..
..kk....kk.kk...
"""

SCRATCH = """
..kk........kk..
.kwwk......kwwk.
.kwwk.k..k.kwwk.
.kookkokkokkook.
.kOokooOOookoOk.
..kookoOOokook..
..kookooookook..
...kookkkkook...
....kooOOook....
....kooooook....
....koOOOOok.kk.
....kooooookkOk.
...koooOOoookok.
...koooooooooOk.
...kwwkkkkwwkk..
....kk....kk....
"""

POSES = {"up": UP, "right": RIGHT, "down": DOWN, "scratch": SCRATCH}
"""Bob by what he is doing; facing left is facing right in a mirror."""
