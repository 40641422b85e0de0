"""Hard, Monte Carlo, mean-field, accelerated, incremental and online EM."""

import itertools

import numpy as np
import pytest

from em_helpers import (
    BinomialMixture,
    CoupledFactors,
    DegenerateComponent,
    GaussianMixture,
    GaussianPrior,
    PartlyLabelled,
    PoissonMixture,
    datasets,
    elbo,
    fit,
    gaussian_start,
    log_likelihood,
    responsibilities,
)
from em_helpers.approximate import (
    fit_accelerated,
    fit_hard,
    fit_incremental,
    fit_mean_field,
    fit_monte_carlo,
    fit_online,
    gibbs_draws,
    hard_responsibilities,
    hard_step,
    mean_field,
    mean_field_elbo,
    mean_field_statistics,
    monte_carlo_e_step,
    online_step,
)
from em_helpers.models import pack
from tests.support.model_problems import CONTINUOUS, DISCRETE, MIXTURES

FAITHFUL = datasets.faithful()


def start(seed=0):
    return gaussian_start(np.random.default_rng(seed), FAITHFUL, 3)


class TestHard:
    """q puts all its mass on one component."""

    def test_ties_go_to_the_lowest(self):
        q = hard_responsibilities([[-2.0, -1.0, -1.0], [-np.inf, -5.0, -6.0]])
        assert q.tolist() == [[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]]

    @pytest.mark.parametrize("name", ["full", "diagonal, prior", "poisson", "bernoulli, smoothed"])
    def test_classification_likelihood_climbs(self, name):
        for seed in range(20):
            model, x = vars(DISCRETE[name](np.random.default_rng(seed), 60, 2, 3)).values()
            found = fit_hard(model, x)
            assert (np.diff(found.trace) >= -1e-10 * np.abs(found.trace[1:])).all()
            top = model.log_joint(x).max(axis=1).sum() + model.log_prior()
            assert found.trace[0] == pytest.approx(top)

    def test_hard_step_is_the_fit_to_the_labels(self):
        model = start()
        labels = model.log_joint(FAITHFUL).argmax(axis=1)
        found, objective = hard_step(model, FAITHFUL)
        for k in range(3):
            rows = FAITHFUL[labels == k]
            assert found.weights[k] == pytest.approx(len(rows) / 272)
            assert found.means[k] == pytest.approx(rows.mean(axis=0))
            assert found.covariances[k] == pytest.approx(np.cov(rows.T, bias=True))
        assert objective == pytest.approx(elbo(model, FAITHFUL, np.eye(3)[labels]))

    def test_fixed_round_components_are_k_means(self):
        x = np.array([[0.0], [1.0], [2.0], [7.0], [9.0], [9.5]])
        model = GaussianMixture([0.5, 0.5], [[0.0], [3.0]], [[[1.0]], [[1.0]]])
        centres = np.array([0.0, 3.0])
        for _ in range(4):
            near = np.abs(x - centres).argmin(axis=1)
            found, _ = hard_step(model, x)
            centres = np.array([x[near == k].mean() for k in range(2)])
            assert found.means[:, 0] == pytest.approx(centres)
            model = GaussianMixture([0.5, 0.5], found.means, [[[1.0]], [[1.0]]])

    @pytest.mark.parametrize("name", ["full", "tied", "poisson", "binomial", "regression"])
    def test_an_empty_component_keeps_its_parameters_with_weight_zero(self, name):
        model, x = vars(MIXTURES[name](np.random.default_rng(1), 40, 2, 2)).values()
        k = int(np.argmin(hard_responsibilities(model.log_joint(x)).sum(axis=0)))
        x = x[hard_responsibilities(model.log_joint(x))[:, 1 - k] > 0]
        found, _ = hard_step(model, x)
        assert found.weights[k] == 0.0
        assert found.weights[1 - k] == 1.0
        parameter = next(p for p in model.forms if p not in ("weights", "covariances"))
        assert getattr(found, parameter)[k] == pytest.approx(getattr(model, parameter)[k])

    def test_weights_that_are_kept_stay(self):
        coins = BinomialMixture([0.5, 0.5], [0.9, 0.01], fixed_weights=True)
        found, _ = hard_step(coins, [[9.0, 10.0], [8.0, 10.0]])
        assert found.weights.tolist() == [0.5, 0.5]
        assert found.biases == pytest.approx([0.85, 0.01])

    def test_labels_are_respected(self):
        model = PartlyLabelled(PoissonMixture([0.5, 0.5], [[1.0], [4.0]]))
        found, _ = hard_step(model, [[2.0, 0], [3.0, 0], [1.0, -1]])
        assert found.mixture.weights.tolist() == [1.0, 0.0]
        assert found.mixture.rates.ravel() == pytest.approx([2.0, 4.0])

    def test_reasons(self):
        assert fit_hard(start(), FAITHFUL).converged
        stopped = fit_hard(start(), FAITHFUL, max_iterations=1)
        assert stopped.reason == "stopped at max_iterations = 1"
        assert len(stopped.trace) == 2
        assert len(stopped.seconds) == 1
        last = stopped.model.log_joint(FAITHFUL).max(axis=1).sum()
        assert stopped.trace[-1] == pytest.approx(last)
        none = fit_hard(start(), FAITHFUL, max_iterations=0)
        assert pack(none.model) == pytest.approx(pack(start()))
        narrow = GaussianMixture([0.5, 0.5], [[0.1], [9.0]], [[[1.0]], [[1.0]]])
        broken = fit_hard(narrow, [[0.0], [0.3], [9.0]])
        assert broken.broke_down
        assert "a component broke down" in broken.reason
        assert broken.trace.size == 1


class TestMonteCarlo:
    """The posterior is drawn from."""

    def test_frequencies_have_the_posteriors_mean_and_variance(self):
        model, x = vars(DISCRETE["full"](np.random.default_rng(1), 5, 2, 3)).values()
        rng, r = np.random.default_rng(2), responsibilities(model, x)
        draws = np.array([monte_carlo_e_step(rng, model, x, 7) for _ in range(4000)])
        assert draws.sum(axis=2) == pytest.approx(np.ones((4000, 5)))
        assert draws.mean(axis=0) == pytest.approx(r, abs=0.015)
        assert draws.var(axis=0) == pytest.approx(r * (1 - r) / 7, abs=0.004)
        assert np.unique((draws * 7).round(9)).tolist() == list(range(8))

    def test_many_draws_come_near_exact_em(self):
        exact = fit(start(), FAITHFUL, tol=0.0, max_iterations=5)
        found = fit_monte_carlo(np.random.default_rng(0), start(), FAITHFUL, [20_000] * 5)
        assert found.trace == pytest.approx(exact.trace, abs=0.5)
        assert found.trace[-1] == pytest.approx(log_likelihood(found.model, FAITHFUL))
        assert found.e_steps == 5
        assert not found.converged
        assert found.reason == "all 5 numbers of draws were used"

    def test_few_draws_may_fall(self):
        found = fit_monte_carlo(np.random.default_rng(0), start(), FAITHFUL, [3] * 60)
        assert (np.diff(found.trace) < 0).any()

    def test_a_number_of_draws(self):
        with pytest.raises(ValueError, match="samples is 0; at least 1"):
            monte_carlo_e_step(np.random.default_rng(0), start(), FAITHFUL, 0)
        one = monte_carlo_e_step(np.random.default_rng(0), start(), FAITHFUL, 1)
        assert set(one.ravel()) == {0.0, 1.0}


class TestGibbs:
    """Causes are drawn one after the other."""

    def test_frequencies_tend_to_the_posterior(self):
        model, x = vars(DISCRETE["coupled"](np.random.default_rng(2), 40, 3, 3)).values()
        draws = gibbs_draws(np.random.default_rng(3), model, x, 4000)
        assert draws.shape == (4000, 40, 3)
        assert set(np.unique(draws)) == {0.0, 1.0}
        number = (draws @ [4, 2, 1]).astype(int)
        shares = np.stack([(number[200:] == k).mean(axis=0) for k in range(8)], axis=1)
        assert shares == pytest.approx(responsibilities(model, x), abs=0.05)

    def test_each_cause_sees_the_newest_values_of_the_others(self):
        never = CoupledFactors([[100.0], [100.0]], [0.5, 0.5], 1.0)
        draws = gibbs_draws(np.random.default_rng(0), never, np.full((200, 1), 100.0), 1)[0]
        assert (draws.sum(axis=1) == 1).all()
        assert 0.1 < draws[:, 0].mean() < 0.9


class TestMeanField:
    """The best q that factorises, beside the enumerated posterior."""

    def problem(self, seed=0, causes=3):
        return vars(DISCRETE["coupled"](np.random.default_rng(seed), 12, 3, causes)).values()

    def product(self, q):
        states = list(itertools.product([0.0, 1.0], repeat=q.shape[1]))
        return np.stack([np.where(np.array(z) == 1, q, 1 - q).prod(axis=1) for z in states], axis=1)

    def test_bound_is_that_of_the_product(self):
        model, x = self.problem()
        q = np.random.default_rng(1).random((12, 3))
        assert mean_field_elbo(model, x, q) == pytest.approx(elbo(model, x, self.product(q)))
        ours, exact = mean_field_statistics(model, x, q), model.statistics(x, self.product(q))
        assert ours.causes == pytest.approx(exact.causes)
        assert ours.cross == pytest.approx(exact.cross)
        assert ours.squares == pytest.approx(exact.squares)
        assert ours.rows == 12

    def test_every_sweep_raises_the_bound_and_ends_at_a_maximum(self):
        for seed in range(10):
            model, x = self.problem(seed, causes=4)
            bounds = [mean_field_elbo(model, x, mean_field(model, x, s)) for s in range(40)]
            assert (np.diff(bounds) >= -1e-10).all()
            assert bounds[-1] < log_likelihood(model, x)
            q = mean_field(model, x, 3000)
            for j in range(4):
                for shift in (-1e-3, 1e-3):
                    moved = q.copy()
                    moved[:, j] = np.clip(moved[:, j] + shift, 0, 1)
                    assert mean_field_elbo(model, x, moved) <= mean_field_elbo(model, x, q) + 1e-12

    def test_one_cause_has_no_gap(self):
        model, x = self.problem(causes=1)
        q = mean_field(model, x, 1)
        assert q[:, 0] == pytest.approx(responsibilities(model, x)[:, 1])
        assert mean_field_elbo(model, x, q) == pytest.approx(log_likelihood(model, x))

    def test_sweeps_go_through_the_causes_in_turn(self):
        model, x = self.problem()
        q = mean_field(model, x, 1)
        by_hand = np.tile(model.priors, (12, 1))
        for j in range(3):
            for i in range(12):
                logs = []
                for on in (0.0, 1.0):
                    z = by_hand[i].copy()
                    z[j] = on
                    others = [k for k in range(3) if k != j]
                    spread = sum(
                        z[k] * (1 - z[k]) * model.factors[k] @ model.factors[k] for k in others
                    )
                    distance = ((x[i] - z @ model.factors) ** 2).sum() + spread
                    prior = model.priors[j] if on else 1 - model.priors[j]
                    logs.append(np.log(prior) - 0.5 * distance / model.variance)
                by_hand[i, j] = 1 / (1 + np.exp(logs[0] - logs[1]))
        assert q == pytest.approx(by_hand)
        assert mean_field(model, x, 1, q) == pytest.approx(mean_field(model, x, 2))
        assert mean_field(model, x, 0) == pytest.approx(np.tile(model.priors, (12, 1)))

    def test_variational_em_climbs_its_bound(self):
        model, x = self.problem(3)
        x = np.concatenate([x, model.sample(np.random.default_rng(5), 200)[0]])
        found = fit_mean_field(model, x, tol=1e-6)
        assert found.converged
        assert (np.diff(found.trace) > -1e-9).all()
        assert found.trace[-1] <= log_likelihood(found.model, x)
        assert found.trace[-1] - found.trace[-2] < 1e-6
        few = fit_mean_field(model, x, sweeps=1, max_iterations=2)
        assert few.reason == "stopped at max_iterations = 2"
        assert len(few.trace) == 3
        q = mean_field(model, x, 1)
        second = model.m_step(mean_field_statistics(model, x, q))
        q = mean_field(second, x, 1, q)
        assert few.trace[1] == pytest.approx(mean_field_elbo(second, x, q))

    def test_bad_q_is_refused(self):
        model, x = self.problem()
        with pytest.raises(ValueError, match="start has shape"):
            mean_field(model, x, 1, np.ones((12, 2)))
        with pytest.raises(ValueError, match="q hold"):
            mean_field_statistics(model, x, np.full((12, 3), 1.5))

    def test_too_many_causes_to_enumerate(self):
        many = CoupledFactors(np.ones((17, 2)), np.full(17, 0.4), 1.0)
        message = r"^there are 17 factors, so 2\^17 states; up to 16 are enumerated: use"
        with pytest.raises(ValueError, match=message):
            many.log_joint([[1.0, 2.0]])
        states = CoupledFactors(np.ones((16, 2)), np.full(16, 0.4), 1.0).states
        assert (states.shape, states.dtype) == ((2**16, 16), float)
        assert mean_field(many, [[1.0, 2.0]], 2).shape == (1, 17)


class TestAccelerated:
    """SQUAREM."""

    @pytest.mark.parametrize("name", [n for n in DISCRETE | CONTINUOUS if n != "coupled"])
    def test_never_falls_and_ends_as_high(self, name):
        converged = 0
        for seed in range(6):
            rng = np.random.default_rng(seed)
            model, x = vars((DISCRETE | CONTINUOUS)[name](rng, 60, 2, 2)).values()
            found = fit_accelerated(model, x, tol=1e-9, max_e_steps=400)
            assert (np.diff(found.trace) >= -1e-12 * np.abs(found.trace[1:])).all()
            assert len(found.e_steps_so_far) == len(found.trace) == len(found.seconds) + 1
            assert (np.diff(found.e_steps_so_far) >= 1).all()
            assert found.e_steps == found.e_steps_so_far[-1]
            if not found.broke_down:
                last = found.model.e_step(x).log_likelihood + found.model.log_prior()
                assert found.trace[-1] == pytest.approx(last, rel=1e-12)
            if found.converged:
                again = found.model.m_step(found.model.e_step(x)).e_step(x).log_likelihood
                assert again <= found.trace[-1] - found.model.log_prior() + 1e-4
                converged += 1
        assert converged > 0

    def test_a_quarter_of_the_e_steps_on_overlapping_mixtures(self):
        from tests.benchmarks.whole_fits import acceleration

        for row in acceleration(quick=True):
            assert not row["fell"]
            assert row["accelerated_top"] == pytest.approx(row["plain_top"], abs=1e-6)
            assert row["accelerated"] <= 0.25 * row["plain"], row

    def test_extrapolation_is_the_formula(self):
        from em_helpers.approximate.squarem import _extrapolate

        t0, t1, t2 = np.array([1.0, 2.0]), np.array([2.0, 1.5]), np.array([2.6, 1.3])
        length, point = _extrapolate(t0, t1, t2, 100.0)
        r, v = t1 - t0, t2 - 2 * t1 + t0
        assert length == pytest.approx(np.linalg.norm(r) / np.linalg.norm(v))
        alpha = -length
        assert point == pytest.approx(t0 - 2 * alpha * r + alpha**2 * v)
        assert _extrapolate(t0, t1, t2, 1.5)[0] == 1.5
        straight = _extrapolate(t0, t1, 2 * t1 - t0, 9.0)
        assert straight[0] == 1.0
        assert straight[1] == pytest.approx(2 * t1 - t0)

    def test_blocks_and_reasons(self):
        whole = fit_accelerated(start(), FAITHFUL)
        parts = fit_accelerated(start(), [FAITHFUL[:100], FAITHFUL[100:]])
        assert parts.trace == pytest.approx(whole.trace, rel=1e-10)
        assert whole.converged
        assert "below tol" in whole.reason
        short = fit_accelerated(start(), FAITHFUL, max_e_steps=3)
        assert short.reason == "stopped at max_e_steps = 3"
        assert 3 <= short.e_steps <= 5
        with pytest.raises(ValueError, match="max_e_steps is 0"):
            fit_accelerated(start(), FAITHFUL, max_e_steps=0)
        with pytest.raises(ValueError, match="3 components and the data have 2 rows"):
            fit_accelerated(start(), FAITHFUL[:2])
        narrow = GaussianMixture([0.5, 0.5], [[0.1], [9.0]], [[[1.0]], [[1.0]]])
        broken = fit_accelerated(narrow, [[0.0], [0.1], [0.3], [9.0]])
        assert broken.broke_down
        assert "a component broke down" in broken.reason

    def test_a_posterior_climbs_under_a_prior(self):
        prior = GaussianPrior(np.diag([0.1, 20.0]), 3.0, 1.2)
        model = gaussian_start(np.random.default_rng(0), FAITHFUL, 4, prior=prior)
        found = fit_accelerated(model, FAITHFUL, tol=1e-10)
        assert (np.diff(found.trace) >= -1e-9).all()
        top = found.model.e_step(FAITHFUL).log_likelihood + found.model.log_prior()
        assert found.trace[-1] == pytest.approx(top)


class TestIncremental:
    """An M-step after every block."""

    @pytest.mark.parametrize("name", ["full", "tied, prior", "poisson", "regression", "missing"])
    def test_free_energy_climbs_to_where_em_stands_still(self, name):
        rng = np.random.default_rng(3)
        model, x = vars((DISCRETE | CONTINUOUS)[name](rng, 90, 2, 2)).values()
        found = fit_incremental(model, np.array_split(x, 7), tol=1e-10)
        assert found.converged
        assert (np.diff(found.trace) >= -1e-10 * np.abs(found.trace[1:])).all()
        value = found.model.e_step(x).log_likelihood + found.model.log_prior()
        assert found.trace[-1] == pytest.approx(value, abs=1e-7)
        again = fit(found.model, x, tol=0.0, max_iterations=5)
        assert again.trace[-1] == pytest.approx(value, abs=1e-6)

    def test_it_takes_fewer_sweeps(self):
        plain = fit(start(), FAITHFUL, tol=1e-8, max_iterations=5000)
        found = fit_incremental(start(), np.array_split(FAITHFUL, 17), tol=1e-8)
        assert found.trace[-1] == pytest.approx(plain.trace[-1], abs=1e-4)
        assert found.e_steps < plain.e_steps
        assert len(found.trace) == found.e_steps == len(found.seconds) + 1

    def test_first_entry_and_one_block(self):
        found = fit_incremental(start(), [FAITHFUL], tol=0.0, max_sweeps=4)
        plain = fit(start(), FAITHFUL, tol=0.0, max_iterations=4)
        assert found.trace == pytest.approx(plain.trace, rel=1e-12)
        assert found.reason == "stopped at max_sweeps = 4"


class TestOnline:
    """A stream."""

    def test_a_step_of_one_is_em(self):
        model, statistics = start(), start().expected_row_statistics()
        found, statistics = online_step(model, statistics, FAITHFUL, 1.0)
        expected = model.m_step(model.e_step(FAITHFUL))
        assert pack(found) == pytest.approx(pack(expected), rel=1e-10)
        assert statistics.rows == pytest.approx(1.0)

    def test_a_step_mixes_raw_moments_a_row(self):
        model = start()
        r = responsibilities(model, FAITHFUL[:40])
        found, _ = online_step(model, model.expected_row_statistics(), FAITHFUL[:40], 0.3)
        for k in range(3):
            w, m = model.weights[k], model.means[k]
            c = 0.7 * w + 0.3 * r[:, k].mean()
            s = 0.7 * w * m + 0.3 * r[:, k] @ FAITHFUL[:40] / 40
            raw = 0.7 * w * (model.covariances[k] + np.outer(m, m))
            raw += 0.3 * (r[:, [k]] * FAITHFUL[:40]).T @ FAITHFUL[:40] / 40
            assert found.weights[k] == pytest.approx(c)
            assert found.means[k] == pytest.approx(s / c)
            assert found.covariances[k] == pytest.approx(raw / c - np.outer(s / c, s / c))

    def test_a_stream_that_drifts_far_keeps_its_digits(self):
        rng = np.random.default_rng(4)
        blocks = rng.normal(size=(300, 40, 2)) @ [[1.0, 0.6], [0.0, 2.0]]
        ends = []
        for far in (0.0, 1e7):
            model = GaussianMixture([1.0], [[0.5, -1.0]], [np.eye(2)])
            statistics = model.expected_row_statistics()
            for t, block in enumerate(np.vstack([blocks, blocks])):
                moved = block + far * min(1.0, t / 300)
                model, statistics = online_step(model, statistics, moved, 0.2)
            ends.append(model)
        assert ends[1].means - 1e7 == pytest.approx(ends[0].means, abs=1e-6)
        assert ends[1].covariances[0] == pytest.approx(ends[0].covariances[0], rel=1e-6)

    @pytest.mark.parametrize("name", ["full", "poisson", "coupled", "missing", "principal"])
    def test_the_start_is_its_own_fixed_point(self, name):
        model = (DISCRETE | CONTINUOUS)[name](np.random.default_rng(0), 5, 3, 2).model
        assert pack(model.m_step(model.expected_row_statistics())) == pytest.approx(
            pack(model), rel=1e-8
        )

    def test_a_long_stream_finds_the_truth(self):
        rng = np.random.default_rng(0)
        true = PoissonMixture([0.3, 0.7], [[1.0], [6.0]])
        blocks = [true.sample(rng, 50)[0] for _ in range(400)]
        first = PoissonMixture([0.5, 0.5], [[2.0], [4.0]])
        found = fit_online(first, blocks, ((t + 2) ** -0.6 for t in itertools.count()))
        assert found.rates.ravel() == pytest.approx([1.0, 6.0], abs=0.15)
        assert found.weights == pytest.approx([0.3, 0.7], abs=0.03)

    def test_steps_are_checked(self):
        model = start()
        for step in (0.0, 1.1, -0.1):
            with pytest.raises(ValueError, match=r"step is .*; a number above 0"):
                online_step(model, model.expected_row_statistics(), FAITHFUL, step)
        with pytest.raises(ValueError, match="there are only 1 steps; give one step"):
            fit_online(model, [FAITHFUL, FAITHFUL], [0.5])


def test_a_start_without_its_m_step_is_said_to_be():
    narrow = GaussianMixture([0.5, 0.5], [[0.1], [1e3]], [[[1.0]], [[1.0]]])
    with pytest.raises(DegenerateComponent, match="no responsibility left"):
        narrow.m_step(narrow.e_step([[0.0], [0.3]]))
