"""Notebook 10: the parts of policy gradients, from the gradient of a logarithm to PPO's clip.

Start with `log_probability_gradient.py`.
"""
