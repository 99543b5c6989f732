"""What was learned comes back from a file; other files are refused and change nothing."""

import numpy as np
import pytest

from rl_helpers.deep import ActorCriticAgent, PPOAgent
from rl_helpers.deep.files import load, save
from rl_helpers.deep.trees import tree_map
from tests.deep.agents import WHEEL, make, planted_rollout
from tests.deep.differences import assert_alike


@pytest.mark.parametrize("options", [{}, {"actions": WHEEL, "standardise_observations": True}])
def test_what_was_learned_comes_back(tmp_path, options):
    agent = make(PPOAgent, **options)
    if agent.moments is not None:
        agent.see(np.random.default_rng(0).normal(3.0, 2.0, (2, 9, 3)), learn=True)
    agent.learn(planted_rollout(agent))
    save(agent, tmp_path / "bob.npz")
    other = make(PPOAgent, seed=5, **options)
    load(other, tmp_path / "bob.npz")
    assert_alike(other.parameters, agent.parameters, tolerance=0)
    inputs = planted_rollout(agent, seed=8).flat().inputs
    assert (other.choose(inputs, explore=False) == agent.choose(inputs, explore=False)).all()
    if agent.moments is not None:
        assert_alike(other.moments, agent.moments, tolerance=0)
    other.learn(planted_rollout(other))


def test_the_path_is_taken_as_it_is(tmp_path):
    save(make(PPOAgent), tmp_path / "bob")
    assert [path.name for path in tmp_path.iterdir()] == ["bob"]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (lambda: make(PPOAgent, hidden=(5,)), "holds another network"),
        (lambda: make(PPOAgent, n_runs=3), "holds another network"),
        (lambda: make(PPOAgent, standardise_observations=True), "holds another network"),
        (lambda: make(ActorCriticAgent), "holds PPOAgent, and this is a ActorCriticAgent"),
    ],
)
def test_files_of_another_network_are_refused(tmp_path, other, message):
    save(make(PPOAgent), tmp_path / "bob.npz")
    agent = other()
    before = tree_map(np.copy, agent.parameters)
    with pytest.raises(ValueError, match=message):
        load(agent, tmp_path / "bob.npz")
    assert_alike(agent.parameters, before, tolerance=0)


def test_files_that_are_none_are_refused(tmp_path):
    text, pickled, single, broken = (tmp_path / name for name in ("text", "pickled.npz", "one.npy", "nan"))
    text.write_text("no file of numbers")
    np.savez(pickled, agent=np.array(["PPOAgent", {}], dtype=object))
    np.save(single, np.zeros(3))
    for path in (text, pickled, single):
        with pytest.raises(ValueError, match="is no file that `save` has written"):
            load(make(PPOAgent), path)
    agent = make(PPOAgent)
    agent.parameters.policy.weights[0][0] = np.nan
    save(agent, broken)
    with pytest.raises(ValueError, match="not finite"):
        load(make(PPOAgent), broken)
    with pytest.raises(FileNotFoundError):
        load(agent, tmp_path / "nowhere")
