"""θ as a vector of free numbers, in the order that derivatives and extrapolation count on."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from em_helpers import GaussianMixture, MultinomialMixture, PartlyLabelled, TiedGaussianMixture
from em_helpers.models import Model, pack, unpack

SIGMA = [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]]


def test_distributions_lose_their_last_entry_and_matrices_their_upper_half():
    tied = TiedGaussianMixture([0.2, 0.8], [[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]], SIGMA)
    assert pack(tied).tolist() == [0.2, 1, 2, 3, 5, 6, 7, 4, 1, 3, 0.5, 0.2, 2]
    topics = MultinomialMixture([0.25, 0.25, 0.5], [[0.5, 0.5], [0.125, 0.875], [0.75, 0.25]])
    assert pack(topics).tolist() == [0.25, 0.25, 0.5, 0.125, 0.75]


def test_the_rest_follows_from_the_vector():
    start = GaussianMixture([0.5, 0.5], np.zeros((2, 2)), [np.eye(2)] * 2)
    found = unpack(start, np.array([0.3, 1, 2, 3, 4, 5, 0.5, 6, 7, -0.5, 8]))
    assert found.weights == pytest.approx([0.3, 0.7], rel=1e-15)
    assert found.means.tolist() == [[1, 2], [3, 4]]
    assert found.covariances.tolist() == [[[5, 0.5], [0.5, 6]], [[7, -0.5], [-0.5, 8]]]
    topics = MultinomialMixture([0.5, 0.5], np.full((2, 4), 0.25))
    words = unpack(topics, np.array([0.5, 0.1, 0.2, 0.3, 0.05, 0.15, 0.25])).probabilities
    assert words == pytest.approx(np.array([[0.1, 0.2, 0.3, 0.4], [0.05, 0.15, 0.25, 0.55]]))


def test_numbers_that_are_no_parameters_are_refused():
    labelled = PartlyLabelled(GaussianMixture([1.0], [[0.0]], [[[1.0]]]))
    with pytest.raises(ValueError, match=r"covariances\[0\] is not positive definite"):
        unpack(labelled, np.array([3.0, -1.0]))


@dataclass(frozen=True)
class Shifted(Model):
    """A mixture between two parameters of another model's own."""

    first: float
    mixture: object
    last: np.ndarray

    forms: ClassVar[dict] = {"first": "free", "mixture": "model", "last": "free"}

    def e_step(self, x):
        raise NotImplementedError

    def m_step(self, statistics):
        raise NotImplementedError


def test_a_model_in_a_model_takes_its_own_numbers():
    mixture = GaussianMixture([0.25, 0.75], [[1.0], [2.0]], [[[3.0]], [[4.0]]])
    model = Shifted(9.0, mixture, np.array([7.0, 8.0]))
    assert pack(model).tolist() == [9, 0.25, 1, 2, 3, 4, 7, 8]
    found = unpack(model, np.array([-9, 0.5, 10, 20, 30, 40, -7, -8]))
    assert (found.first, found.last.tolist()) == (-9, [-7, -8])
    assert pack(found.mixture).tolist() == [0.5, 10, 20, 30, 40]
