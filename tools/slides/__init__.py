"""Makes decks of slides from the notebooks, and looks at every slide.

Start with `decks.py`.
"""
