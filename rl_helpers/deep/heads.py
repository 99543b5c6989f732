"""What a network's outputs mean: probabilities of a few actions, or a normal distribution over many.

Both have the same methods. `gradient` carries what an objective says of ln π(a | s) and of the entropy on to
the outputs; how that comes about is derived there.
"""

from typing import NamedTuple

import numpy as np

LOG_TWO_PI = float(np.log(2 * np.pi))


class Categorical(NamedTuple):
    """A softmax over a few actions: π(a) = exp zₐ / Σ exp z.

    Attributes:
        log_probabilities: ln π of every action, float (..., n_actions).
    """

    log_probabilities: np.ndarray

    @classmethod
    def of(cls, outputs):
        """Return the distribution for the outputs z of a network, (..., n_actions).

        >>> np.exp(Categorical.of(np.array([0.0, np.log(3.0)])).log_probabilities).round(6).tolist()
        [0.25, 0.75]
        """
        # π stays the same when a number is taken from all z; with the largest, no exp is above 1.
        shifted = outputs - outputs.max(axis=-1, keepdims=True)
        return cls(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))

    def sample(self, rng):
        """Return an action of each distribution by chance, int (...): the first whose sum of π is above u."""
        probabilities = np.exp(self.log_probabilities)
        cumulative = probabilities.cumsum(axis=-1)
        u = rng.random(cumulative.shape[:-1], dtype=np.float32)[..., None]
        # Rounding must not leave a gap above the last sum.
        return (u >= cumulative[..., :-1]).sum(axis=-1)

    def best(self):
        """Return the most probable action of each distribution, int (...)."""
        return self.log_probabilities.argmax(axis=-1)

    def log_probability(self, actions):
        """Return ln π(a), float (...), for actions int (...)."""
        return np.take_along_axis(self.log_probabilities, actions[..., None], axis=-1)[..., 0]

    def entropy(self):
        """Return H = −Σ π ln π in nats, float (...): ln n_actions at most, 0 where nothing is left open."""
        return -(np.exp(self.log_probabilities) * self.log_probabilities).sum(axis=-1)

    def gradient(self, actions, log_probability_gradient, entropy_gradient):
        """Return ∂J/∂z, float (..., n_actions), and nothing more.

        ln π(a) = zₐ − ln Σ exp z gives ∂ ln π(a) / ∂zₖ = [k = a] − πₖ. From H = −Σ πⱼ ln πⱼ and
        ∂πⱼ/∂zₖ = πⱼ ([j = k] − πₖ) comes ∂H/∂zₖ = −πₖ (ln πₖ + H), for the rest sums to 0.

        Args:
            actions: those taken, int (...).
            log_probability_gradient: ∂J/∂ ln π(a), float (...).
            entropy_gradient: ∂J/∂H, float (...).
        """
        probabilities = np.exp(self.log_probabilities)
        weight = log_probability_gradient[..., None]
        entropy_weight = entropy_gradient[..., None]
        surprise = self.log_probabilities + self.entropy()[..., None]
        chosen = actions[..., None] == np.arange(probabilities.shape[-1])
        return weight * chosen - probabilities * (weight + entropy_weight * surprise), ()


class Gaussian(NamedTuple):
    """A normal distribution for each number of the action, independent of each other.

    Attributes:
        mean: μ, the outputs of the network, float (n_runs, n_samples, n_numbers).
        log_deviation: ln σ, the same in every state, float (n_runs, n_numbers).
    """

    mean: np.ndarray
    log_deviation: np.ndarray

    def sample(self, rng):
        """Return an action of each distribution by chance, float, shape of `mean`."""
        deviation = np.exp(self.log_deviation)[:, None]
        return self.mean + deviation * rng.standard_normal(self.mean.shape, dtype=np.float32)

    def best(self):
        """Return the most probable action of each distribution, μ."""
        return self.mean

    def log_probability(self, actions):
        """Return ln of the density at actions, float (n_runs, n_samples)."""
        numbers = -0.5 * self._standard(actions) ** 2 - self.log_deviation[:, None] - 0.5 * LOG_TWO_PI
        return numbers.sum(axis=-1)

    def entropy(self):
        """Return Σ ln σ + ½ (1 + ln 2π) in nats, float (n_runs, n_samples)."""
        entropy = (self.log_deviation + 0.5 * (1 + LOG_TWO_PI)).sum(axis=-1)
        return np.repeat(entropy[:, None], self.mean.shape[1], axis=1)

    def gradient(self, actions, log_probability_gradient, entropy_gradient):
        """Return ∂J/∂μ, shape of `mean`, and ∂J/∂ ln σ, shape of `log_deviation`.

        With u = (a − μ) / σ, ln π(a) = Σ −½ u² − ln σ − ½ ln 2π gives ∂/∂μ = u / σ and ∂/∂ ln σ = u² − 1.
        H grows as Σ ln σ, so ∂H/∂ ln σ = 1.

        Args:
            actions: those taken, float, shape of `mean`.
            log_probability_gradient: ∂J/∂ ln π(a), float (n_runs, n_samples).
            entropy_gradient: ∂J/∂H, float (n_runs, n_samples).
        """
        weight = log_probability_gradient[..., None]
        standard = self._standard(actions)
        mean_gradient = weight * standard * np.exp(-self.log_deviation)[:, None]
        log_deviation_gradient = (weight * (standard**2 - 1) + entropy_gradient[..., None]).sum(axis=1)
        return mean_gradient, log_deviation_gradient

    def _standard(self, actions):
        """Return u = (a − μ) / σ."""
        return (actions - self.mean) * np.exp(-self.log_deviation)[:, None]
