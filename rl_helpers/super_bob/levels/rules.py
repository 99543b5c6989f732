"""Sizes, speeds and times of the game: the one place where they stand.

All of them are whole numbers, so that one game in plain Python and a hundred in NumPy agree to the bit. A
length is counted in 1/256 of an art pixel, a time in pictures, of which a second has 60.
"""

PICTURES_A_SECOND = 60
FRAME_SKIP = 4  # pictures a decision lasts, unless one says otherwise
LONGEST_SKIP = 8

PIXEL = 256
TILE_BITS = 12
TILE = 1 << TILE_BITS  # 16 pixels
N_ROWS = 13  # of every level: with 20 columns a picture of 320 × 208 pixels

# Bob's body, smaller than his picture of 16 × 16 pixels, so that he fits into a gap of one tile.
BODY_WIDTH = 12 * PIXEL
BODY_HEIGHT = 14 * PIXEL

# Running: a speed is a way in one picture, an acceleration a change of speed in one picture.
TOP_SPEED = 2 * PIXEL
ACCELERATION = 16
FRICTION = 32  # with neither left nor right pressed
BRAKING = 48  # with the key against the way he goes

# Jumping: while the key is held on the way up, gravity is weak; so the height depends on how long it is held.
JUMP_SPEED = 1152
SPRING_SPEED = 1664
BOUNCE_SPEED = 1024  # from an enemy that was stomped
WEAK_GRAVITY = 40
GRAVITY = 112
FALL_SPEED = 1152  # at most; well below a tile, so that nothing is fallen through
LATE_JUMP = 5  # pictures after the edge in which a jump still starts
EARLY_JUMP = 5  # pictures before landing in which the key may be pressed

# Enemies and platforms: where they are depends on the time alone, see `movers.py`.
VACUUM_SPEED = 128
HEDGEHOG_SPEED = 64
HOP_SPEED, HOP_GRAVITY, HOP_REST = 1024, 64, 44
PLATFORM_SPEED, PLATFORM_REST = 256, 32

# What of a tile hurts: less than what is drawn.
ENEMY_SIDE, ENEMY_TOP = 2 * PIXEL, 4 * PIXEL
STOMP_DEPTH = 10 * PIXEL  # how deep his paws may be in an enemy and still stomp it
SPIKE_SIDE, SPIKE_END = 3 * PIXEL, 4 * PIXEL  # how far Bob's body may reach into a tile of spikes
