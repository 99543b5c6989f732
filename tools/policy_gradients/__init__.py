"""Measures policy gradients: `python -m tools.policy_gradients` rebuilds `data/policy_gradients.json`.

Start with `experiments.py`.

What notebook 10 says of a hundred runs is measured here, over several seeds, for it takes longer than a
notebook may. Learning is counted in episodes and decisions; the last digits depend on how a processor rounds.
"""
