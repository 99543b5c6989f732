"""Policy gradients with networks in NumPy: gradients in view, and a hundred agents learn at once.

Start with `networks.py`.

Parameters are plain arrays with a leading axis of runs, so one agent and a hundred are the same lines.
`networks` computes forwards and backwards, `heads` makes probabilities of what comes out, `adam` climbs,
`rollout` plays in any vector environment of Gymnasium, and the agents put these together.
"""
