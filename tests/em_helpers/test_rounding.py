"""Where digits are kept and zeros are silent: what only a careful implementation does."""

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest

from em_helpers import (
    BernoulliMixture,
    BinomialMixture,
    DegenerateComponent,
    DiagonalGaussianMixture,
    GaussianMixture,
    GaussianStatistics,
    MultinomialMixture,
    PoissonMixture,
    RegressionMixture,
    elbo,
    entropy,
    log_likelihood,
    log_sum_exp,
)
from em_helpers.models import log_space, row_blocks
from em_helpers.models.log_space import normalise_columns
from em_helpers.models.regression_mixture import RegressionStatistics


def moments(x, counts, centre):
    """Statistics of one component, each row counted so often, about a centre."""
    deviations = x - centre
    return GaussianStatistics(
        len(x),
        0.0,
        np.array([counts.sum()]),
        np.array([centre]),
        (counts[:, None] * deviations).sum(axis=0)[None],
        ((counts[:, None] * deviations).T @ deviations)[None],
    )


class TestBlocksOfAFamily:
    """An E-step takes some rows at a time, and leaves out what is log 1."""

    def test_log_factorials_of_zeros_and_ones_are_left_out(self):
        x = np.random.default_rng(0).poisson([0.1, 0.7, 4.0, 90.0], (6, 4)).astype(float)
        x[2], x[4] = 0.0, 1.0
        direct = [sum(math.lgamma(entry + 1) for entry in row) for row in x]
        np.testing.assert_allclose(log_space.log_factorials(x), direct, rtol=1e-13)

    @pytest.mark.parametrize(
        ("components", "parameters", "rows"),
        [
            (2, 1, 65536),
            (10, 100, 262),
            (8, 2220, 14),
            (16, 4096, 4),
            (40, 4000, 32),
            (1, 2**18, 1),
        ],
    )
    def test_thin_products_stay_in_one_thread(self, components, parameters, rows):
        assert row_blocks.family_block_rows(components, parameters) == rows

    def test_statistics_are_those_of_all_rows_at_once(self, monkeypatch):
        rng = np.random.default_rng(1)
        x = rng.poisson(0.8, (50, 30)).astype(float)
        topics = MultinomialMixture(rng.dirichlet([2.0, 1, 3]), rng.dirichlet(np.ones(30), 3))
        whole = topics.e_step(x)
        monkeypatch.setattr("em_helpers.models.row_blocks.ONE_THREAD", 7 * 90)
        parts = topics.e_step(x)
        np.testing.assert_allclose(parts.sums, whole.sums, rtol=1e-12)
        assert parts.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-13)


def test_responsibilities_take_the_memory_of_the_joint():
    joint = np.log([[0.1, 0.2], [0.3, 0.2]])
    posterior, log_density = normalise_columns(joint, 0)
    assert posterior is joint
    assert posterior == pytest.approx(np.array([[0.25, 0.5], [0.75, 0.5]]))
    assert log_density == pytest.approx(np.log([0.4, 0.4]))


class TestMerging:
    """Two sets of rows about different centres."""

    def parts(self):
        rng = np.random.default_rng(0)
        x = 1e-3 * rng.normal(size=(30, 2)) + [3.0, -1.0]
        many = moments(x, np.ones(30), np.array([3.0, -1.0]))
        few = moments(x[:2] + 1e-3, np.array([1e-9, 2e-9]), np.array([3e6, 5e6]))
        return x, many, few

    @pytest.mark.parametrize("turned", [False, True])
    def test_the_heavier_part_gives_the_centre(self, turned):
        x, many, few = self.parts()
        both = few + many if turned else many + few
        assert both.centre.tolist() == [[3.0, -1.0]]
        assert both.rows == 32
        means, scatter = both.means_and_scatter()
        assert means[0] == pytest.approx(x.mean(axis=0), rel=1e-8)
        assert scatter[0] == pytest.approx(30 * np.cov(x.T, bias=True), rel=1e-3)

    def test_each_component_has_its_own(self):
        left = GaussianStatistics(
            30, 0.0, np.array([30.0, 1.0]), np.array([[0.0], [5.0]]), np.ones((2, 1)),
            np.array([[[2.0]], [[3.0]]]),
        )  # fmt: skip
        right = GaussianStatistics(
            8, 0.0, np.array([3.0, 5.0]), np.array([[1.0], [7.0]]), np.ones((2, 1)),
            np.array([[[4.0]], [[6.0]]]),
        )  # fmt: skip
        assert (left + right).centre.tolist() == [[0.0], [7.0]]
        assert (right + left).centre.tolist() == [[0.0], [7.0]]
        assert (left + right).first.ravel().tolist() == [1 + 1 + 3 * 1, 1 + 1 * -2 + 1]
        assert (left + right).second.ravel() == pytest.approx([2 + 4 + 2 + 3, 3 - 4 + 4 + 6])

    def test_the_same_centre_costs_nothing(self):
        _, many, _ = self.parts()
        assert many.about(many.centre) is many
        assert (many + many).centre is many.centre
        assert (many * 2.0).second == pytest.approx((many + many).second)

    def test_cancelling_is_noticed(self):
        def at(distance):
            return moments(np.array([[distance], [distance + 1.0], [distance - 1.0]]), np.ones(3),
                           np.array([0.0]))  # fmt: skip

        variance = 2 / 3
        assert at(1.01 * np.sqrt(1e4 * variance)).loses_precision()
        assert not at(0.99 * np.sqrt(1e4 * variance)).loses_precision()
        assert not moments(np.ones((3, 1)), np.zeros(3), np.zeros(1)).loses_precision()
        diagonal = replace(at(90.0), second=at(90.0).second[:, 0])
        assert diagonal.loses_precision()


class TestCollapse:
    """A variance that is a rounding error of its coordinate, or of its mean."""

    def step(self, second, mean, family=GaussianMixture, before=1.0):
        d = len(mean)
        covariances = {GaussianMixture: before * np.eye(d)[None],
                       DiagonalGaussianMixture: np.full((1, d), before)}[family]  # fmt: skip
        statistics = GaussianStatistics(
            4, 0.0, np.array([4.0]), np.array([mean]), np.zeros((1, d)), 4.0 * np.array([second])
        )
        return family([1.0], [mean], covariances).m_step(statistics)

    @pytest.mark.parametrize("mean", [[0.3], [1e5], [-7e-4]])
    def test_two_roundings_of_the_mean(self, mean):
        unit = np.finfo(float).eps * abs(mean[0])
        for family, shape in ((GaussianMixture, (1, 1)), (DiagonalGaussianMixture, (1,))):
            with pytest.raises(DegenerateComponent, match=r"component 0 has collapsed: .* 0 has"):
                self.step(np.full(shape, (1.9 * unit) ** 2), mean, family)
            self.step(np.full(shape, (2.1 * unit) ** 2), mean, family)

    def test_a_hundred_millionth_of_a_coordinate(self):
        self.step([[1.0, 1.0], [1.0, 1.0 + 1.1e-14]], [0.0, 0.0])
        with pytest.raises(DegenerateComponent, match="its coordinate 1 has no variance"):
            self.step([[1.0, 1.0], [1.0, 1.0 + 0.9e-14]], [0.0, 0.0])

    def test_a_component_that_did_not_shrink_is_let_be(self):
        unit = np.finfo(float).eps
        tiny = (1.5 * unit) ** 2
        assert self.step([[tiny]], [1.0], before=tiny).covariances.item() == pytest.approx(tiny)
        self.step([[tiny * np.exp(-2 * 0.9e-3)]], [1.0], before=tiny)
        with pytest.raises(DegenerateComponent):
            self.step([[tiny * np.exp(-2 * 1.1e-3)]], [1.0], before=tiny)


class TestExactLines:
    """A spread about a line that is a rounding error of the responses."""

    def step(self, spreads):
        """An M-step about the lines themselves: Σ q Σ_i (β_i x_i)² is 45.5 and 4.55e-17."""
        products = np.array([[[5.0, 1.0], [1.0, 2.0]]] * 2)
        lines = np.array([[3.0, -0.5], [3e-9, -0.5e-9]])
        statistics = RegressionStatistics(
            13, 0.0, np.array([9.0, 4.0]), lines, products, np.zeros((2, 2)), np.array(spreads)
        )
        return RegressionMixture([0.5, 0.5], lines, [1.0, 1.0]).m_step(statistics)

    def test_eight_roundings_of_the_responses(self):
        unit = (8 * np.finfo(float).eps) ** 2
        kept = self.step([1.1 * unit * 45.5, 1.1 * unit * 4.55e-17])
        assert kept.variances == pytest.approx([1.1 * unit * 45.5 / 9, 1.1 * unit * 4.55e-17 / 4])
        for k, shares in enumerate([(0.9, 1.1), (1.1, 0.9)]):
            with pytest.raises(DegenerateComponent, match=f"component {k}'s line goes through all"):
                self.step([shares[0] * unit * 45.5, shares[1] * unit * 4.55e-17])

    def test_responses_that_are_zero(self):
        with pytest.raises(DegenerateComponent, match="component 0's line goes through all"):
            RegressionMixture.from_responsibilities([[1.0, 0.0], [2.0, 0.0]], [[1.0], [1.0]])

    @pytest.mark.parametrize(("far", "digits"), [(2.0**10, 13), (2.0**20, 10)])
    def test_residuals_are_summed_about_the_new_line_where_they_would_cancel(self, far, digits):
        rng = np.random.default_rng(3)
        predictors = np.column_stack([np.ones(40), rng.normal(size=40)])
        noise = rng.normal(size=40)
        noise -= predictors @ np.linalg.lstsq(predictors, noise)[0]
        x = np.column_stack([predictors, predictors @ [far, far / 8] + noise])
        first = RegressionMixture([1.0], [[0.0, 0.0]], [1.0])
        found = first.m_step(first.e_step(x))
        assert found.variances[0] == pytest.approx(noise @ noise / 40, rel=10.0**-digits)


class TestZerosAreSilent:
    """0 log 0 = 0, without a warning, and log 0 = −∞."""

    @pytest.fixture(autouse=True)
    def _strict(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield

    def test_log_sum_exp_takes_off_each_sums_own_maximum(self):
        a = [[1000.0, 1001.0, -np.inf], [-1000.0, -1001.0, -1002.0]]
        one = 1001 + np.log1p(np.exp(-1))
        other = -1000 + np.log(1 + np.exp(-1) + np.exp(-2))
        assert log_sum_exp(a, axis=1) == pytest.approx([one, other], rel=1e-15)
        assert log_sum_exp(np.transpose(a), axis=0) == pytest.approx([one, other], rel=1e-15)
        assert log_sum_exp(np.full((2, 1), -np.inf), axis=0).shape == (1,)
        assert log_sum_exp([[0, 1]], axis=1) == pytest.approx([np.log1p(np.e)])
        assert log_sum_exp(["0", "1"], axis=0) == pytest.approx(np.log1p(np.e))
        assert log_sum_exp(np.zeros((1, 1, 3)), axis=2).shape == (1, 1)

    def test_impossible_rows_have_likelihood_zero(self):
        topics = MultinomialMixture([0.5, 0.5], [[1.0, 0.0], [1.0, 0.0]])
        assert log_likelihood(topics, [[1.0, 1.0]]) == -np.inf
        assert log_likelihood(topics, [[2.0, 0.0]]) == pytest.approx(0.0)

    def test_zeros_in_parameters(self):
        for model, x in (
            (GaussianMixture([0.0, 1.0], [[0.0], [1.0]], [[[1.0]], [[2.0]]]), [[0.5], [1.5]]),
            (PoissonMixture([0.3, 0.7], [[0.0], [2.0]]), [[0.0], [3.0]]),
            (BernoulliMixture([0.3, 0.7], [[0.0, 1.0], [0.4, 0.2]]), [[0.0, 1.0], [1.0, 1.0]]),
            (BinomialMixture([0.0, 1.0], [0.0, 0.3]), [[0.0, 2.0], [1.0, 2.0]]),
            (MultinomialMixture([0.2, 0.8], [[1.0, 0.0], [0.3, 0.7]]), [[2.0, 0.0], [1.0, 1.0]]),
            (RegressionMixture([0.0, 1.0], [[1.0], [2.0]], [1.0, 0.5]), [[1.0, 1.0], [2.0, 1.0]]),
        ):
            joint = model.log_joint(x)
            assert np.isneginf(joint).any()
            r = np.exp(joint - log_sum_exp(joint, axis=1)[:, None])
            statistics = model.statistics(x, r)
            assert elbo(model, x, r) == pytest.approx(log_likelihood(model, x), rel=1e-13)
            found = model.expected_log_joint(statistics)
            assert found == pytest.approx(elbo(model, x, r) - entropy(r), rel=1e-12)
            assert model.e_step(x).counts == pytest.approx(r.sum(axis=0))

    def test_nearly_certain_coins(self):
        coins = BinomialMixture([1.0], [1e-20])
        assert coins.log_joint([[0.0, 10.0]])[0, 0] == pytest.approx(-1e-19, rel=1e-12)


@pytest.mark.parametrize(
    ("family", "x"),
    [
        (GaussianMixture, np.array([[0.0], [1.0], [3.0]])),
        (DiagonalGaussianMixture, np.array([[0.0], [1.0], [3.0]])),
        (PoissonMixture, np.array([[0.0], [1.0], [3.0]])),
        (MultinomialMixture, np.array([[0.0, 1.0], [1.0, 2.0], [3.0, 1.0]])),
        (BernoulliMixture, np.array([[0.0], [1.0], [1.0]])),
        (BinomialMixture, np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 3.0]])),
        (RegressionMixture, np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 3.0]])),
    ],
)
def test_from_responsibilities_names_what_is_wrong(family, x):
    q = np.array([[0.3, 0.7], [0.6, 0.4], [0.5, 0.5]])
    with pytest.raises(ValueError, match=r"^x\[1, 0\] is nan"):
        family.from_responsibilities(np.where(np.arange(3)[:, None] == 1, np.nan, x), q)
    with pytest.raises(ValueError, match=r"^q is not a distribution: row 2's entries sum to 0.9"):
        family.from_responsibilities(x, q * [[1.0], [1.0], [0.9]])
    with pytest.raises(ValueError, match=r"^q has shape \(2, 2\); .* \(3, 2\), was expected"):
        family.from_responsibilities(x, q[:2])
    with pytest.raises(ValueError, match=r"^x has shape \(3,\); a table .* x\[:, None\]"):
        family.from_responsibilities(x[:, 0], q)
    with pytest.raises(ValueError, match=r"^q has shape \(3,\); a table .* q\[:, None\]"):
        family.from_responsibilities(x, q[:, 0])


@pytest.mark.parametrize(
    "model",
    [
        GaussianMixture([1.0], [[0.0, 1.0]], np.eye(2)[None]),
        PoissonMixture([1.0], [[1.0, 2.0]]),
        MultinomialMixture([1.0], [[0.5, 0.5]]),
        BernoulliMixture([1.0], [[0.5, 0.5]]),
        BinomialMixture([1.0], [0.5]),
        RegressionMixture([1.0], [[1.0]], [1.0]),
    ],
)
def test_statistics_name_what_is_wrong(model):
    with pytest.raises(ValueError, match=r"^x has 3 columns, but the model's x has 2"):
        model.statistics([[1.0, 1.0, 1.0]], [[1.0]])
    with pytest.raises(ValueError, match=r"^x\[0, 1\] is nan"):
        model.statistics([[1.0, np.nan]], [[1.0]])
