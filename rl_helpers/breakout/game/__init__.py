"""What is known of Breakout: where things are, how the ball flies, how the paddle follows.

Start with `reading.py`.
"""
