"""Small, repeated, extreme and wrong data: right, or an error that says what to do."""

import warnings
from dataclasses import fields, replace

import numpy as np
import pytest

import em_helpers
from em_helpers import (
    BernoulliMixture,
    BinomialMixture,
    CoupledFactors,
    DegenerateComponent,
    DiagonalGaussianMixture,
    GaussianMixture,
    GaussianPrior,
    GaussianQ,
    Linkage,
    MultinomialMixture,
    NormalWithMissing,
    PartlyLabelled,
    PoissonMixture,
    ProbabilisticPCA,
    RegressionMixture,
    SphericalGaussianMixture,
    TiedGaussianMixture,
    elbo,
    entropy,
    fit,
    kl_to_posterior,
    log_likelihood,
    log_sum_exp,
    responsibilities,
)
from em_helpers.models.errors import ImpossibleRow
from tests.support.model_problems import CONTINUOUS, DISCRETE

EYES = np.stack([np.eye(2)] * 2)


def gaussians(**changes):
    given = {"weights": [0.3, 0.7], "means": [[0.0, 1.0], [2.0, 3.0]], "covariances": EYES}
    return GaussianMixture(**(given | changes))


def run(model, x, iterations):
    for _ in range(iterations):
        model = model.m_step(model.e_step(x))


REFUSED = [
    (lambda: gaussians(weights=[0.5, 0.6]), "weights is not a distribution: they sum to 1.1"),
    (lambda: gaussians(weights=[-0.5, 1.5]), "weights holds -0.5; a probability is never neg"),
    (lambda: gaussians(weights=[[0.3, 0.7]]), r"weights has shape \(1, 2\); \(K,\) with K ≥ 1"),
    (lambda: gaussians(weights=[np.nan, 1.0]), r"weights\[0\] is nan"),
    (
        lambda: gaussians(weights=[0.2, 0.3, 0.5]),
        r"means has shape \(2, 2\); \(3, 2\) .*: one mean",
    ),
    (lambda: gaussians(weights=["a", "b"]), "weights is not an array of numbers"),
    (lambda: gaussians(means=[0.0, 1.0]), r"means has shape \(2,\); a table .* means\[:, None\]"),
    (lambda: gaussians(means=[[0.0, np.inf], [0, 0]]), r"means\[0, 1\] is inf"),
    (
        lambda: gaussians(covariances=np.eye(2)),
        r"covariances has shape \(2, 2\); \(2, 2, 2\) was expected: the form of GaussianMixture",
    ),
    (
        lambda: gaussians(covariances=[np.eye(2), [[1.0, 0.5], [0.4, 1.0]]]),
        r"covariances\[1\] is not symmetric: .* up to 0.1",
    ),
    (
        lambda: gaussians(covariances=[np.eye(2), [[1.0, 2.0], [2.0, 1.0]]]),
        r"covariances\[1\] is not positive definite: its smallest eigenvalue is -1",
    ),
    (
        lambda: TiedGaussianMixture([1.0], [[0.0, 0.0]], [[1.0, 0.5], [0.4, 1.0]]),
        "covariances is not symmetric",
    ),
    (
        lambda: TiedGaussianMixture([1.0], [[0.0, 0.0]], [[1.0, 1.0], [1.0, 1.0]]),
        r"covariances\[0\] is not positive definite",
    ),
    (
        lambda: DiagonalGaussianMixture([1.0], [[0.0, 0.0]], [[1.0, 0.0]]),
        r"covariances\[0, 1\] is 0; a variance is positive",
    ),
    (
        lambda: SphericalGaussianMixture([0.5, 0.5], [[0.0], [1.0]], [1.0, -2.0]),
        r"covariances\[1\] is -2; a variance is positive",
    ),
    (lambda: GaussianPrior([1.0, 2.0], 2.0), r"^scale has shape \(2,\); a table"),
    (
        lambda: GaussianPrior([[1.0, 0.0]], 2.0),
        r"^scale has shape \(1, 2\); \(1, 1\) was expected: a square matrix",
    ),
    (lambda: GaussianPrior([[1.0, 0.2], [0.1, 1.0]], 2.0), "scale is not symmetric"),
    (lambda: GaussianPrior([[-1.0]], 2.0), r"scale\[0\] is not positive definite"),
    (lambda: GaussianPrior([[1.0]], -0.1), "degrees is -0.1; at least 0"),
    (lambda: GaussianPrior([[1.0]], 2.0, 0.5), "concentration is 0.5; at least 1"),
    (
        lambda: gaussians(prior=GaussianPrior([[1.0]], 2.0)),
        r"prior.scale has shape \(1, 1\); \(2, 2\) was expected: Ψ for x in 2 dimensions",
    ),
    (lambda: PoissonMixture([1.0], [[-1.0]]), "rates hold -1"),
    (
        lambda: MultinomialMixture([1.0], [[0.5, 0.6]]),
        "probabilities is not a distribution: row 0's",
    ),
    (lambda: MultinomialMixture([1.0], [[0.5, 0.5]], -1), "pseudo_count is -1; at least 0"),
    (lambda: BernoulliMixture([1.0], [[0.5, 1.2]]), "probabilities hold 0.5 to 1.2"),
    (lambda: BernoulliMixture([1.0], [[0.5]], -0.5), "pseudo_count is -0.5"),
    (lambda: BinomialMixture([1.0], [1.5]), "biases hold 1.5 to 1.5; each is a probability"),
    (lambda: RegressionMixture([1.0], [[1.0, 2.0]], [0.0]), r"variances\[0\] is 0"),
    (lambda: NormalWithMissing([0.0, 0.0], -np.eye(2)), r"covariance\[0\] is not positive"),
    (lambda: NormalWithMissing([0, 0], [[1, 0.2], [0.1, 1]]), "covariance is not symmetric"),
    (lambda: ProbabilisticPCA([0.0], [[1.0]], 0.0), "^variance is 0; a variance is positive"),
    (lambda: ProbabilisticPCA.closed_form(np.eye(3), 3), "factors is 3; 1 to 2 were expected"),
    (lambda: ProbabilisticPCA.closed_form(np.ones((4, 3)), 1), "^the variance left over is 0; a"),
    (lambda: ProbabilisticPCA.closed_form([1.0, 2.0], 1), r"^x has shape \(2,\); a table"),
    (lambda: CoupledFactors([[1.0]], [1.0], 1.0), "each lies strictly between 0 and 1"),
    (lambda: CoupledFactors([[1.0]], [0.0], 1.0), r"^priors are \[0.\]; each lies strictly"),
    (lambda: CoupledFactors([[1.0]], [0.5], -1.0), "^variance is -1; a variance is positive"),
    (lambda: Linkage(1.2), "theta hold 1.2"),
    (lambda: Linkage([0.5]), r"theta has shape \(1,\); \(\) was expected: one number"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_models_that_are_none_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


WRONG_DATA = [
    (gaussians(), [[1.0, 2.0, 3.0]], "x has 3 columns, but the model's x has 2"),
    (gaussians(), [1.0, 2.0], r"write x\[:, None\] for one column"),
    (gaussians(), np.ones((2, 2, 2)), r"x has shape \(2, 2, 2\); a table of n rows"),
    (gaussians(), np.empty((0, 2)), r"x is empty, shape \(0, 2\); give at least one row"),
    (gaussians(), [[1.0, 2.0], [np.nan, 1.0]], r"x\[1, 0\] is nan"),
    (gaussians(), [[1.0, -np.inf]], r"x\[0, 1\] is -inf"),
    (gaussians(), [[0, 1], [np.inf, 1]], r"x\[1, 0\] is inf"),
    (gaussians(), [["a", "b"]], "x is not an array of numbers"),
    (gaussians(), np.array([[1 + 2j, 0]]), "x is not an array of numbers"),
    (PoissonMixture([1.0], [[1.0]]), [[1.5]], r"x\[0, 0\] is 1.5; whole numbers from 0 on"),
    (PoissonMixture([1.0], [[1.0]]), [[3.0], [-1.0]], r"x\[1, 0\] is -1; whole numbers"),
    (MultinomialMixture([1.0], [[0.5, 0.5]]), [[0.5, 1.0]], r"x\[0, 0\] is 0.5"),
    (BernoulliMixture([1.0], [[0.5]]), [[0.0], [2.0]], r"x\[1, 0\] is 2; zeros and ones"),
    (BinomialMixture([1.0], [0.5]), [[3.0, 2.0]], "row 0 of x has 3 heads in 2 tosses"),
    (
        BinomialMixture([1.0], [0.5]),
        [[0.0, 2.0], [2.0, 2.0], [-1.0, 2.0], [3.0, 2.0]],
        r"^row 2 of x has -1 heads in 2 tosses; .* 0 ≤ heads ≤ tosses\.$",
    ),
    (BinomialMixture([1.0], [0.5]), [[1.0, 2.0], [0.5, 2.0]], r"^x\[1, 0\] is 0.5; whole numbers"),
    (BinomialMixture([1.0], [0.5]), [[1.0]], "x has 1 columns, but the model's x has 2"),
    (RegressionMixture([1.0], [[1.0]], [1.0]), [[1.0]], "x has 1 columns"),
    (NormalWithMissing([0.0], [[1.0]]), [[np.inf]], r"x\[0, 0\] is inf"),
    (NormalWithMissing([0.0], [[1.0]]), [[1.0, 2.0]], "x has 2 columns"),
    (ProbabilisticPCA([0.0], [[1.0]], 1.0), [[np.nan]], r"x\[0, 0\] is nan"),
    (ProbabilisticPCA([0.0], [[1.0]], 1.0), [[1.0, 2.0]], "^x has 2 columns, but"),
    (CoupledFactors([[1.0]], [0.5], 1.0), [[1.0, 1.0]], "x has 2 columns"),
    (Linkage(0.5), [[1.0, 2.0, 3.0]], "x has 3 columns"),
    (Linkage(0.5), [[1.0, 2.0, 3.0, 0.5]], r"x\[0, 3\] is 0.5; whole numbers"),
    (PartlyLabelled(gaussians()), [[1, 2, 1], [1, 2, 2]], "row 1 of x has the label 2; 0 to 1"),
    (PartlyLabelled(gaussians()), [[1.0, 2.0, 0.5]], "^the labels, x's last column,"),
    (PartlyLabelled(gaussians()), [[1.0, np.nan, 1.0]], r"^x\[0, 1\] is nan"),
    (PartlyLabelled(gaussians()), [[1.0, 2.0, -2.0]], "whole numbers from -1 on"),
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("model", "x", "message"), WRONG_DATA)
def test_data_that_are_none_are_refused(model, x, message):
    with pytest.raises(ValueError, match=message):
        model.e_step(x)
    with pytest.raises(ValueError, match=message):
        model.statistics(x, None)
    with pytest.raises(ValueError, match=message):
        (model.log_joint if hasattr(model, "log_joint") else model.posterior)(x)


@pytest.mark.parametrize(
    ("q", "message"),
    [
        ([[0.5, 0.6]], "^q is not a distribution: row 0's entries sum to 1.1"),
        ([[0.5, 0.5], [0.5, 0.5]], r"^q has shape \(2, 2\); .* \(1, 2\), was expected"),
        ([[-0.1, 1.1]], "^q holds -0.1"),
        ([[np.nan, 1.0]], r"^q\[0, 0\] is nan"),
    ],
)
def test_a_q_that_is_none_is_refused(q, message):
    for model, x in (
        (gaussians(), [[1.0, 2.0]]),
        (PoissonMixture([0.5, 0.5], [[1.0], [2.0]]), [[3.0]]),
        (RegressionMixture([0.5, 0.5], [[1.0], [2.0]], [1.0, 2.0]), [[1.0, 2.0]]),
        (CoupledFactors([[1.0]], [0.5], 1.0), [[3.0]]),
        (Linkage(0.3), [[1.0, 2.0, 3.0, 4.0]]),
        (PartlyLabelled(gaussians()), [[1.0, 2.0, -1.0]]),
    ):
        for use in (model.statistics, lambda x, q, m=model: elbo(m, x, q)):
            with pytest.raises(ValueError, match=message):
                use(x, q)
    with pytest.raises(ValueError, match=message):
        kl_to_posterior(gaussians(), [[1.0, 2.0]], q)


def test_q_over_observed_entries_is_refused():
    model, x = NormalWithMissing([0.0, 0.0], np.eye(2)), np.array([[1.0, np.nan]])
    wrong = GaussianQ([[1.0, 0.0]], np.eye(2), [[True, False]])
    with pytest.raises(ValueError, match=r"^q.latent is not where x is NaN; .* missing entries.$"):
        model.statistics(x, wrong)
    with pytest.raises(
        ValueError,
        match=r"^q.means has shape \(1, 2\); \(2, 1\) was expected: one row per case",
    ):
        ProbabilisticPCA([0.0], [[1.0]], 1.0).statistics(
            [[1.0], [2.0]], GaussianQ([[1.0, 2.0]], np.eye(2))
        )


class TestSmallData:
    """One row, one column, more components than rows, repeated rows."""

    def test_one_row(self):
        x = np.array([[0.4, 0.9]])
        model = gaussians()
        assert responsibilities(model, x).sum() == pytest.approx(1)
        with pytest.raises(DegenerateComponent, match=r"no variance beyond rounding|definite"):
            model.m_step(model.e_step(x))
        kept = gaussians(prior=GaussianPrior(np.eye(2), 3.0))
        found = kept.m_step(kept.e_step(x))
        assert found.means == pytest.approx(np.tile(x, (2, 1)))
        c = responsibilities(kept, x)[0]
        assert found.covariances[1] == pytest.approx(np.eye(2) / (c[1] + 6))

    @pytest.mark.parametrize(
        "model",
        [
            GaussianMixture([1.0], [[0.0]], [[[1.0]]]),
            DiagonalGaussianMixture([1.0], [[0.0]], [[1.0]]),
            SphericalGaussianMixture([1.0], [[0.0]], [1.0]),
            TiedGaussianMixture([1.0], [[0.0]], [[1.0]]),
        ],
    )
    @pytest.mark.parametrize("value", [0.0, 0.1, 3.3, 1e8 + 0.3, -7e-7])
    def test_repeated_rows_have_no_variance(self, model, value):
        for rows in (1, 3, 7):
            x = np.full((rows, 1), value)
            with pytest.raises(DegenerateComponent, match="the M-step has no maximum"):
                run(model, x, 3)

    def test_a_column_that_repeats_another(self):
        rng = np.random.default_rng(0)
        x = rng.normal(size=(30, 1)) * [1.0, 3.0, 1.0] + [0.0, 5.0, 100.0]
        x[:, 1] += rng.normal(size=30)
        model = GaussianMixture([1.0], [[0.0, 5.0, 100.0]], [np.diag([1.0, 10.0, 1.0])])
        with pytest.raises(DegenerateComponent, match=r"a column (that )?repeats"):
            model.m_step(model.e_step(x))

    def test_a_spread_of_a_few_roundings_is_a_spread(self):
        x = 1e8 + 1e-6 * np.array([[1.0], [2.0], [4.0]])
        model = GaussianMixture([1.0], [[1e8]], [[[1e-10]]])
        found = model.m_step(model.e_step(x))
        assert found.covariances.item() == pytest.approx(np.var(x - 1e8), rel=1e-6)

    def test_long_doubles_are_computed_with_as_doubles(self):
        x = np.random.default_rng(0).normal([0.0, 1.0], 1.0, (9, 2))
        model = gaussians()
        found = model.m_step(model.e_step(x.astype(np.longdouble)))
        assert [array.dtype for array in found.theta] == [float] * 3
        assert found.means == pytest.approx(model.m_step(model.e_step(x)).means, rel=1e-13)

    def test_more_components_than_rows(self):
        model = PoissonMixture([0.2, 0.3, 0.5], [[1.0], [2.0], [7.0]])
        found = model.m_step(model.e_step([[4.0], [1.0]]))
        assert found.weights.sum() == pytest.approx(1)
        with pytest.raises(ValueError, match="3 components and the data have 2 rows"):
            fit(model, [[4.0], [1.0]])

    def test_repeated_rows_weigh_as_often(self):
        x = np.array([[0.0, 1.0], [1.0, 0.5], [2.0, 3.5]])
        twice = gaussians().e_step(np.repeat(x, 2, axis=0))
        once = gaussians().e_step(x)
        assert twice.counts == pytest.approx(2 * once.counts)
        assert twice.log_likelihood == pytest.approx(2 * once.log_likelihood)

    def test_a_row_of_gaps(self):
        model = NormalWithMissing([1.0, 2.0], [[2.0, 0.5], [0.5, 1.0]])
        both = np.array([[np.nan, np.nan], [0.5, np.nan]])
        assert log_likelihood(model, both) == pytest.approx(log_likelihood(model, both[1:]))
        empty = model.e_step(both[:1])
        assert empty.second[0] == pytest.approx(model.covariance)
        with pytest.raises(ValueError, match="column 1 of x holds fewer than two different"):
            NormalWithMissing.from_observed([[0.5, np.nan], [0.7, 1.0]])
        with pytest.raises(ValueError, match="column 0 of x holds fewer"):
            NormalWithMissing.from_observed([[1.0], [1.0]])
        with pytest.raises(ValueError, match=r"^x has shape \(2,\); a table of n rows"):
            NormalWithMissing.from_observed([1.0, 2.0])
        start = NormalWithMissing.from_observed([[1.0, 0.5], [4.0, np.nan], [np.nan, 0.75]])
        assert start.mean.tolist() == [2.5, 0.625]
        assert start.covariance.tolist() == [[2.25, 0.0], [0.0, 0.015625]]
        with pytest.raises(DegenerateComponent, match="Use more rows than columns"):
            model.m_step(model.e_step([[1.0, 2.0]]))


class TestFarAway:
    """Points that no component expects."""

    def test_a_million_deviations(self):
        x = np.array([[1e6, 1e6], [0.0, 1.0]])
        model = gaussians()
        r = responsibilities(model, x)
        assert r[0] == pytest.approx([0.0, 1.0])
        distance = (1e6 - 2) ** 2 + (1e6 - 3) ** 2
        expected = np.log(0.7) - np.log(2 * np.pi) - 0.5 * distance
        assert log_likelihood(model, x[:1]) == pytest.approx(expected, rel=1e-15)
        rows = np.random.default_rng(0).normal(size=(20, 2)) * [1.0, 2.0] + [0.5, 1.5]
        found = model.m_step(model.e_step(np.concatenate([rows, x[:1]])))
        assert found.means[0] == pytest.approx(rows.mean(axis=0), abs=1.5)
        assert found.means[1].min() > 1e4

    def test_so_far_that_squared_densities_overflow(self):
        x = np.array([[1e120, -2e120], [0.5, 1.0]])
        model = gaussians()
        statistics = model.e_step(x)
        assert statistics.log_likelihood == pytest.approx(-2.5e240, rel=1e-12)
        assert statistics.counts.sum() == pytest.approx(2)

    def test_no_component_at_all(self):
        x = np.array([[0.0, 1.0], [1e200, 0.0]])
        for use in (gaussians().e_step, lambda x: responsibilities(gaussians(), x)):
            with np.errstate(over="ignore"), pytest.raises(ImpossibleRow, match="row 1 of x has"):
                use(x)
        coins = BinomialMixture([0.5, 0.5], [0.0, 1.0])
        with pytest.raises(ImpossibleRow, match="row 2 of x has density 0") as caught:
            coins.e_step([[0.0, 3.0], [3.0, 3.0], [1.0, 3.0]])
        assert caught.value.row == 2
        with pytest.raises(ValueError, match="row 300 of x"):
            BernoulliMixture([1.0], [[1.0]]).e_step([[1.0]] * 300 + [[0.0]])

    def test_rows_are_counted_through_blocks(self, monkeypatch):
        monkeypatch.setattr("em_helpers.models.row_blocks.FAMILY_ENTRIES", 8)
        with pytest.raises(ImpossibleRow, match="row 30 of x"):
            BernoulliMixture([1.0], [[1.0]]).e_step([[1.0]] * 30 + [[0.0]])
        monkeypatch.setattr("em_helpers.models.row_blocks.GAUSSIAN_ENTRIES", 1)
        x = np.zeros((200, 2))
        x[150] = 1e200
        with np.errstate(over="ignore"), pytest.raises(ImpossibleRow, match="row 150 of x"):
            gaussians().e_step(x)

    def test_an_impossible_row_travels(self):
        import pickle

        again = pickle.loads(pickle.dumps(ImpossibleRow(3)))
        assert again.row == 3
        assert "row 3 of x" in str(again)


class TestZeros:
    """Probabilities of 0 and 1, and 0 log 0."""

    def test_a_component_of_weight_zero(self):
        model = gaussians(weights=[0.0, 1.0])
        x = [[0.0, 1.0], [2.0, 2.0]]
        assert responsibilities(model, x) == pytest.approx(np.array([[0.0, 1.0], [0.0, 1.0]]))
        with pytest.raises(
            DegenerateComponent,
            match=r"component 0 has no responsibility left: .* hold \S+ rows, so",
        ):
            model.m_step(model.e_step(x))
        turned = gaussians(weights=[1.0, 0.0])
        with pytest.raises(DegenerateComponent, match="component 1 has no responsibility left"):
            turned.m_step(turned.e_step(x))
        assert elbo(model, x, [[1.0, 0.0], [0.0, 1.0]]) == -np.inf
        assert kl_to_posterior(model, x, [[1.0, 0.0], [0.0, 1.0]]) == np.inf
        assert kl_to_posterior(model, x, [[0.0, 1.0], [0.0, 1.0]]) == 0.0

    def test_words_that_a_topic_lacks(self):
        topics = MultinomialMixture([0.5, 0.5], [[1.0, 0.0], [0.5, 0.5]])
        joint = topics.log_joint([[2.0, 0.0], [1.0, 1.0]])
        assert joint[:, 1] == pytest.approx(np.log([0.125, 0.25]))
        assert joint[0, 0] == pytest.approx(np.log(0.5))
        assert joint[1, 0] == -np.inf
        q = np.array([[0.5, 0.5], [0.0, 1.0]])
        assert topics.expected_log_joint(topics.statistics([[2, 0], [1, 1]], q)) == pytest.approx(
            elbo(topics, [[2, 0], [1, 1]], q) - entropy(q)
        )
        wrong = topics.statistics([[2, 0], [1, 1]], [[1.0, 0.0], [1.0, 0.0]])
        assert topics.expected_log_joint(wrong) == -np.inf

    def test_empty_components_of_the_families(self):
        for model, x, units in (
            (PoissonMixture([1.0, 0.0], [[1.0], [2.0]]), [[1.0]], "rows"),
            (MultinomialMixture([1.0, 0.0], [[0.5, 0.5]] * 2), [[1.0, 2.0]], "words"),
            (BernoulliMixture([1.0, 0.0], [[0.5]] * 2), [[1.0]], "rows"),
            (BinomialMixture([1.0, 0.0], [0.5, 0.5]), [[1.0, 2.0]], "tosses"),
            (RegressionMixture([1.0, 0.0], [[1.0], [2.0]], [1.0, 1.0]), [[1.0, 2.0]] * 3, "rows"),
        ):
            with pytest.raises(DegenerateComponent, match=rf"component 1 .* hold 0 {units}, so"):
                model.m_step(model.e_step(x))
        smoothed = BernoulliMixture([0.0, 1.0], [[0.3]] * 2, 0.5)
        found = smoothed.m_step(smoothed.e_step([[1.0]]))
        assert found.probabilities.ravel() == pytest.approx([0.5, 0.75])
        assert found.weights.tolist() == [0.0, 1.0]

    def test_degenerate_lines(self):
        lines = RegressionMixture([0.5, 0.5], [[1.0], [-1.0]], [1.0, 1.0])
        exact = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
        with pytest.raises(DegenerateComponent, match="line goes through all its points"):
            run(lines, exact, 5)
        same = RegressionMixture([1.0], [[1.0, 1.0]], [1.0])
        with pytest.raises(DegenerateComponent, match="predictors that are linearly independent"):
            same.m_step(same.e_step([[1.0, 1.0, 0.3], [2.0, 2.0, 0.9], [0.0, 0.0, 0.1]]))
        none = RegressionMixture([1.0, 0.0], [[1.0], [-1.0]], [1.0, 1.0])
        with pytest.raises(DegenerateComponent, match="component 1 has no responsibility left"):
            none.m_step(none.e_step(exact + np.array([[0, 0.1], [0, 0.0], [0, -0.3]])))

    def test_degenerate_others(self):
        with pytest.raises(DegenerateComponent, match=r"^no animal .* so θ is 0/0; more animals"):
            Linkage(0.0).m_step(Linkage(0.0).e_step([[5.0, 0.0, 0.0, 0.0]]))
        assert Linkage(0.5).m_step(Linkage(0.5).e_step([[0.0, 0.0, 0.0, 1.0]])).theta == 1.0
        causes = CoupledFactors([[1.0, 0.0], [0.0, 1.0]], [0.5, 0.5], 1e-3)
        on = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
        with pytest.raises(DegenerateComponent, match="A cause may be always on"):
            causes.m_step(causes.e_step(on))
        pca = ProbabilisticPCA([0.0, 0.0], [[1.0], [0.5]], 0.1)
        with pytest.raises(DegenerateComponent, match="use fewer factors"):
            run(pca, [[2.0, 1.0], [4.0, 2.0], [-2.0, -1.0]], 2000)

    def test_linkage_at_its_ends(self):
        assert np.isfinite(log_likelihood(Linkage(0.0), [[3.0, 1.0, 2.0, 0.0]]))
        assert log_likelihood(Linkage(0.0), [[3.0, 1.0, 2.0, 1.0]]) == -np.inf
        assert log_likelihood(Linkage(1.0), [[3.0, 1.0, 0.0, 1.0]]) == -np.inf

    def test_log_sum_exp(self):
        assert log_sum_exp([[-np.inf, -np.inf], [0.0, -np.inf]], axis=1).tolist() == [-np.inf, 0.0]
        assert log_sum_exp([1000.0, 1000.0], axis=0) == pytest.approx(1000 + np.log(2))
        assert np.isinf(log_sum_exp([np.inf, 0.0], axis=0))
        assert entropy([[1.0, 0.0]]) == 0.0


@pytest.mark.parametrize("name", DISCRETE | CONTINUOUS)
def test_models_cannot_be_changed(name):
    model = (DISCRETE | CONTINUOUS)[name](np.random.default_rng(0), 9, 3, 2).model
    for field in fields(model):
        value = getattr(model, field.name)
        with pytest.raises(AttributeError):
            setattr(model, field.name, value)
        if isinstance(value, np.ndarray):
            given = value.copy()
            kept = getattr(replace(model, **{field.name: given}), field.name)
            given[...] = -1.0
            assert np.array_equal(kept, value)
            with pytest.raises(ValueError, match="read-only"):
                kept[...] = 0.0
        elif isinstance(value, float):
            again = replace(model, **{field.name: np.array(value)})
            assert type(getattr(again, field.name)) is float


def test_neither_can_priors_or_what_an_m_step_gives():
    scale, degrees, concentration = np.eye(2), np.array(2.0), np.array(1.5)
    model = gaussians(prior=GaussianPrior(scale, degrees, concentration))
    scale[0, 0] = degrees[...] = concentration[...] = 0.5
    assert model.prior.scale[0, 0] == 1.0
    assert (model.prior.degrees, model.prior.concentration) == (2.0, 1.5)
    with pytest.raises(ValueError, match="read-only"):
        model.prior.scale[0] = 1.0
    after = model.m_step(model.e_step(np.random.default_rng(0).normal(size=(20, 2))))
    for array in after.theta:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_an_unknown_name_is_named():
    with pytest.raises(AttributeError, match="No em_helpers attribute Gaussian"):
        em_helpers.Gaussian  # noqa: B018


def test_entropy_of_gaussians():
    from scipy.stats import multivariate_normal

    covariances = np.array([[[2.0, 0.5], [0.5, 1.0]], [[1.0, 0.0], [0.0, 4.0]]])
    q = GaussianQ(np.zeros((2, 2)), covariances)
    expected = sum(multivariate_normal(np.zeros(2), c).entropy() for c in covariances)
    assert entropy(q) == pytest.approx(expected)
    shared = GaussianQ(np.zeros((3, 2)), covariances[0])
    assert entropy(shared) == pytest.approx(
        3 * multivariate_normal([0, 0], covariances[0]).entropy()
    )


class TestGaussianQ:
    """A q over numbers: what it takes, and its divergence from another."""

    def test_divergence_by_hand(self):
        """½ [tr(B⁻¹A) + (b − a)ᵀB⁻¹(b − a) − 2 + log 4 − log 1], B = diag(2, 2)."""
        q = GaussianQ([[1, 2]], [[1.0, 0.0], [0.0, 1.0]])
        other = GaussianQ([[4, 6]], [[2, 0], [0, 2]])
        assert q.kl(other) == pytest.approx(0.5 * (1 + 25 / 2 - 2 + np.log(4)), rel=1e-14)
        assert other.kl(q) == pytest.approx(0.5 * (4 + 25 - 2 - np.log(4)), rel=1e-14)

    def test_only_what_is_latent_counts(self):
        nothing = np.full((2, 2, 2), np.nan)
        nothing[0, 1, 1], nothing[1, 0, 0] = 3.0, 5.0
        q = GaussianQ([[7.0, 1.0], [2.0, 8.0]], nothing, [[0, 1], [1, 0]])
        assert q.latent.dtype == bool
        expected = 0.5 * np.log((2 * np.pi * np.e) ** 2 * 15)
        assert entropy(q) == pytest.approx(expected, rel=1e-14)
        whole = GaussianQ([[1.0], [2.0]], [[[3.0]], [[5.0]]])
        assert entropy(whole) == pytest.approx(expected, rel=1e-14)

    def test_single_numbers_are_computed_with_as_doubles(self):
        means, spread = np.float32([[0.1, 1e4]]), np.float32([[2.0, 0.3], [0.3, 1.0]])
        q, other = GaussianQ(means, spread), GaussianQ(means + 1, 2 * spread)
        doubles = (
            GaussianQ(one.means.astype(float), one.covariances.astype(float)) for one in (q, other)
        )
        first, second = doubles
        assert q.means.dtype == q.covariances.dtype == float
        assert q.kl(other) == pytest.approx(first.kl(second), rel=1e-14)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            (([1.0, 2.0], np.eye(2)), r"^means has shape \(2,\); a table"),
            (([[1.0, np.nan]], np.eye(2)), r"^means\[0, 1\] is nan"),
            (
                (np.zeros((3, 2)), np.ones((2, 2, 2))),
                r"^covariances has shape \(2, 2, 2\); \(3, 2, 2\), or \(2, 2\) for one that all",
            ),
            ((np.zeros((3, 2)), 1.0), r"^covariances has shape \(\); \(3, 2, 2\), or \(2, 2\)"),
            (
                (np.zeros((3, 2)), np.eye(2), [True, False]),
                r"^latent has shape \(2,\); \(3, 2\) was expected: true where a mean is latent",
            ),
        ],
    )
    def test_what_is_none_is_refused(self, given, message):
        with pytest.raises(ValueError, match=message):
            GaussianQ(*given)

    def test_two_that_are_over_different_numbers(self):
        one = GaussianQ(np.zeros((3, 2)), np.eye(2))
        for other, extent in (
            (GaussianQ(np.zeros((2, 2)), np.eye(2)), r"4 .* of shape \(2, 2\)"),
            (GaussianQ(np.zeros((3, 2)), np.eye(2), np.eye(3, 2)), r"2 .* shape \(3, 2\)"),
        ):
            with pytest.raises(ValueError, match=rf"q has 6 latent .* \(3, 2\), .* has {extent}"):
                one.kl(other)


def test_priors_without_a_wish_for_the_weights():
    prior = GaussianPrior(np.eye(2), 3.0)
    one, other, third = (
        gaussians(weights=w, prior=prior).log_prior() for w in ([0.3, 0.7], [0.9, 0.1], [0, 1])
    )
    assert one == other == third
    flat = gaussians(weights=[0.0, 1.0], prior=GaussianPrior(np.eye(2), 3.0, 1.5))
    with warnings.catch_warnings(action="error"):
        assert flat.log_prior() == -np.inf


def test_information_at_an_edge_is_refused():
    edge = BernoulliMixture([0.5, 0.5], [[1.0], [0.5]])
    with pytest.raises(ValueError, match=r"at the edge of what is allowed, .* probabilities hold"):
        em_helpers.observed_information(edge, [[1.0], [1.0], [0.0]])
