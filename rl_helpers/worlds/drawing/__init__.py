"""How Bob's worlds are drawn: sprites, Bob himself, and the pixel art of a room.

Start with `art.py`.
"""
