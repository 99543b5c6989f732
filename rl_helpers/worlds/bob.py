"""Bob as text: an orange tabby from every side, and at his favourite work."""

DOWN = """
................
..kk........kk..
..kok......kok..
..kpokkkkkkopk..
.kooooOOOOooook.
.koOooOooOooOok.
.kooooooooooook.
.kookgkookgkook.
.kookkkwwkkkook.
kkwwwwwppwwwwwkk
..kwwwkkkkwwwk..
...kkwwwwwwkkkk.
...kowwwwwwokok.
...kokwwwwkokOk.
...kwwkwwkwwkok.
....kkkkkkkkkk..
"""

UP = """
................
..kk........kk..
..kok......kok..
..kookkkkkkook..
.kooooOOOOooook.
.koOoooOOoooOok.
.kooOoooooOoook.
.koooooOOoooook.
..kooooooooook..
...kkooOOookk...
...koooooooook..
...kooOOOOoook..
...koooooooookk.
...kokOkOOkokook
...kwwkoookwkOk.
....kkkkkkkkkk..
"""

RIGHT = """
................
................
.kk.....kk...kk.
kOk.....kok.kok.
kok.....kpokopk.
kok....kooOOOook
kOk....koOoOoOok
kokkkkkkoookookk
kooOoOoOokgkokgk
.kooOoOookkkokkk
.kooooooowwwwpwk
.koooooookwwwkk.
.kowwwwooookkok.
.kokkkkookkokok.
.kwwk..kwwkkwwk.
..kk....kk..kk..
"""

SCRATCH = """
..kk........kk..
.kwwk......kwwk.
.kwwkkk..kkkwwk.
.kookokkkkokook.
.koOkooOOookOok.
.kookoOooOokook.
..kkkooOOookkk..
...kkooooookk...
...koooOOoook...
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
