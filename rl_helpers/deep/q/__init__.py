"""Deep Q-networks: a network in place of the table, a memory to learn from, a held copy to aim at.

Start with `agent.py`.
"""
