"""The loop, its starts, its restarts, and data in blocks."""

import os
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

import em_helpers
from em_helpers import (
    DegenerateComponent,
    DiagonalGaussianMixture,
    GaussianMixture,
    GaussianPrior,
    NormalWithMissing,
    PoissonMixture,
    SphericalGaussianMixture,
    TiedGaussianMixture,
    best_of,
    datasets,
    file_batches,
    fit,
    gaussian_start,
    kmeans_plus_plus,
    log_likelihood,
    random_responsibilities,
)
from em_helpers.models import pack
from tests.support.model_problems import DISCRETE, prior_for

FAITHFUL = datasets.faithful()

MIXTURES = (
    "full", "tied", "diagonal", "spherical", "poisson", "multinomial", "bernoulli", "binomial",
    "regression",
)  # fmt: skip


def start():
    return GaussianMixture(
        [0.4, 0.6], [[2.5, 60.0], [4.0, 75.0]], [np.diag([0.5, 60.0]), np.diag([0.6, 50.0])]
    )


def test_trace_ends_with_the_models_own_likelihood():
    found = fit(start(), FAITHFUL, tol=1e-6)
    assert found.converged
    assert not found.broke_down
    assert "below tol" in found.reason
    assert len(found.trace) == len(found.seconds) + 1 == found.e_steps
    assert found.trace[0] == pytest.approx(log_likelihood(start(), FAITHFUL), rel=1e-13)
    assert found.trace[-1] == pytest.approx(log_likelihood(found.model, FAITHFUL), rel=1e-13)
    assert abs(found.trace[-1] - found.trace[-2]) < 1e-6 <= found.trace[-2] - found.trace[-3]
    assert (found.seconds > 0).all()


def test_no_iterations_return_the_start():
    first = start()
    found = fit(first, FAITHFUL, max_iterations=0)
    assert found.model is first
    assert found.trace.tolist() == [pytest.approx(log_likelihood(first, FAITHFUL))]
    assert not found.converged
    assert found.reason == "stopped at max_iterations = 0"


def test_iterations_are_counted():
    found = fit(start(), FAITHFUL, tol=0.0, max_iterations=3)
    by_hand = start()
    for _ in range(3):
        by_hand = by_hand.m_step(by_hand.e_step(FAITHFUL))
    assert len(found.trace) == 4
    assert pack(found.model) == pytest.approx(pack(by_hand), rel=1e-14)
    assert found.reason == "stopped at max_iterations = 3"


def test_progress_goes_to_stderr(capsys):
    fit(start(), FAITHFUL, max_iterations=2, progress=True)
    assert "EM" in capsys.readouterr().err
    fit(start(), FAITHFUL, max_iterations=2)
    assert capsys.readouterr() == ("", "")


def test_a_fall_is_warned_of():
    class Backwards(PoissonMixture):
        def m_step(self, statistics):
            return Backwards(self.weights, self.rates + 1.0)

    with pytest.warns(RuntimeWarning, match="fell from -.* to -.* at iteration 1"):
        found = fit(Backwards([0.5, 0.5], [[2.0], [3.0]]), [[1.0], [2.0]], max_iterations=1)
    assert found.trace[1] < found.trace[0]


def test_rounding_is_not_warned_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit(start(), FAITHFUL, tol=0.0, max_iterations=200)


def test_a_breakdown_keeps_the_last_model_that_was_one():
    x = np.array([[0.0], [0.1], [0.3], [9.0]])
    narrow = GaussianMixture([0.5, 0.5], [[0.1], [9.0]], [[[1.0]], [[1.0]]])
    found = fit(narrow, x)
    assert found.broke_down
    assert not found.converged
    assert found.reason.startswith("a component broke down: the M-step has no maximum")
    assert np.isfinite(found.trace).all()
    assert found.trace[-1] == pytest.approx(log_likelihood(found.model, x))


def test_a_prior_prevents_the_breakdown_and_its_posterior_climbs():
    x = np.array([[0.0], [0.1], [0.3], [9.0]])
    prior = GaussianPrior([[0.5]], 2.0, 1.5)
    narrow = GaussianMixture([0.5, 0.5], [[0.1], [9.0]], [[[1.0]], [[1.0]]], prior)
    found = fit(narrow, x, tol=1e-12)
    assert found.converged
    assert (np.diff(found.trace) > -1e-12).all()
    expected = log_likelihood(found.model, x) + found.model.log_prior()
    assert found.trace[-1] == pytest.approx(expected)
    assert found.model.covariances[1, 0, 0] == pytest.approx(0.5 / 5, rel=0.01)


@pytest.mark.parametrize("name", ["full", "tied", "diagonal", "spherical"])
def test_map_updates_are_the_modes_of_the_lesson(name):
    rng = np.random.default_rng(0)
    model, x = vars(DISCRETE[name](rng, 30, 3, 2)).values()
    prior = prior_for(rng, 3)
    r = em_helpers.responsibilities(model, x)
    plain = model.m_step(model.e_step(x))
    found = replace(model, prior=prior).m_step(model.e_step(x))
    c, extra = r.sum(axis=0), prior.degrees + 4
    assert found.means == pytest.approx(plain.means, rel=1e-13)
    weights = c + prior.concentration - 1
    assert found.weights == pytest.approx(weights / weights.sum(), rel=1e-12)
    S = np.stack([(r[:, [k]] * (x - m)).T @ (x - m) for k, m in enumerate(plain.means)])
    psi, d = prior.scale, 3
    expected = {
        "full": (psi + S) / (c + extra)[:, None, None],
        "tied": (psi + S.sum(axis=0)) / (len(x) + extra),
        "diagonal": (psi + S).diagonal(axis1=1, axis2=2) / (c + extra)[:, None],
        "spherical": np.trace(psi + S, axis1=1, axis2=2) / (d * (c + extra)),
    }[name]
    assert found.covariances == pytest.approx(expected, rel=1e-11)


def test_log_prior_is_that_of_scipy_but_for_its_constant():
    from scipy.stats import dirichlet, invwishart

    rng = np.random.default_rng(1)
    prior = GaussianPrior(prior_for(rng, 3).scale, 5.5, 1.7)
    values = []
    for _ in range(2):
        model = replace(DISCRETE["full"](rng, 5, 3, 2).model, prior=prior)
        theirs = dirichlet([1.7, 1.7]).logpdf(model.weights)
        theirs += sum(invwishart(5.5, prior.scale).logpdf(c) for c in model.covariances)
        values.append(model.log_prior() - theirs)
    assert values[0] == pytest.approx(values[1], rel=1e-10)


def test_smoothing_is_the_mode_of_a_conjugate_prior():
    from scipy.stats import beta, dirichlet

    rng = np.random.default_rng(1)
    topics = [DISCRETE["multinomial, smoothed"](rng, 5, 3, 2).model for _ in range(2)]
    gaps = [
        m.log_prior() - sum(dirichlet(np.full(5, 1.4)).logpdf(p) for p in m.probabilities)
        for m in topics
    ]
    assert gaps[0] == pytest.approx(gaps[1], rel=1e-10)
    pixels = [DISCRETE["bernoulli, smoothed"](rng, 5, 3, 2).model for _ in range(2)]
    gaps = [m.log_prior() - beta(1.3, 1.3).logpdf(m.probabilities).sum() for m in pixels]
    assert gaps[0] == pytest.approx(gaps[1], rel=1e-10)


def test_bad_loops_are_refused():
    with pytest.raises(ValueError, match="max_iterations is -1; 0 or more"):
        fit(start(), FAITHFUL, max_iterations=-1)
    with pytest.raises(ValueError, match="2 components and the data have 1 rows"):
        fit(start(), FAITHFUL[:1])
    assert fit(start(), FAITHFUL[:2], max_iterations=0).trace.size == 1


class TestBlocks:
    """The same numbers to rounding, however rows are split and whoever adds them."""

    def whole(self):
        return fit(start(), FAITHFUL, tol=0.0, max_iterations=8)

    def same(self, found):
        whole = self.whole()
        assert found.trace == pytest.approx(whole.trace, rel=1e-13)
        assert pack(found.model) == pytest.approx(pack(whole.model), rel=1e-11)

    def blocks(self):
        return [FAITHFUL[:1], FAITHFUL[1:90], FAITHFUL[90:91], FAITHFUL[91:]]

    def test_a_list_of_arrays(self):
        self.same(fit(start(), self.blocks(), tol=0.0, max_iterations=8))
        self.same(fit(start(), tuple(self.blocks()), tol=0.0, max_iterations=8))

    def test_a_list_of_lists_is_one_table(self):
        self.same(fit(start(), FAITHFUL.tolist(), tol=0.0, max_iterations=8))
        self.same(fit(start(), [b.tolist() for b in self.blocks()], tol=0.0, max_iterations=8))

    def test_a_pool_of_threads(self):
        with ThreadPoolExecutor(2) as pool:
            self.same(fit(start(), self.blocks(), tol=0.0, max_iterations=8, map=pool.map))

    def test_futures_are_waited_for(self):
        with ThreadPoolExecutor(2) as pool:

            def submit(function, blocks):
                return [pool.submit(function, block) for block in blocks]

            self.same(fit(start(), self.blocks(), tol=0.0, max_iterations=8, map=submit))
            self.same(fit(start(), FAITHFUL, tol=0.0, max_iterations=8, map=submit))

    def test_a_file(self, tmp_path):
        np.save(tmp_path / "x.npy", FAITHFUL)
        blocks = file_batches(tmp_path / "x.npy", rows=100)
        assert [block.shape for block in blocks] == [(100, 2), (100, 2), (72, 2)]
        self.same(fit(start(), blocks, tol=0.0, max_iterations=8))
        mapped = np.load(tmp_path / "x.npy", mmap_mode="r")
        self.same(fit(start(), mapped, tol=0.0, max_iterations=8))
        assert np.array(blocks[0], dtype=np.float32).dtype == np.float32

    def test_other_models_take_files_too(self, tmp_path):
        x = datasets.cement(missing=True)
        np.save(tmp_path / "x.npy", x)
        first = NormalWithMissing.from_observed(x)
        whole = fit(first, x, max_iterations=20)
        found = fit(first, file_batches(tmp_path / "x.npy", rows=5), max_iterations=20)
        assert found.trace == pytest.approx(whole.trace, rel=1e-12)

    def test_bad_files_are_refused(self, tmp_path):
        np.save(tmp_path / "x.npy", FAITHFUL[:, 0])
        with pytest.raises(ValueError, match=r"shape \(272,\); a table"):
            file_batches(tmp_path / "x.npy")
        with pytest.raises(ValueError, match="rows is 0"):
            file_batches(tmp_path / "x.npy", rows=0)
        with pytest.raises(FileNotFoundError):
            file_batches(tmp_path / "y.npy")

    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_DATA is kept on Linux only")
    def test_a_file_larger_than_the_memory_that_the_process_may_have(self, tmp_path):
        rng, path, limit = np.random.default_rng(0), tmp_path / "x.npy", 120_000_000
        rows = np.lib.format.open_memmap(path, mode="w+", shape=(3_600_000, 5))
        for part in np.array_split(rows, 60):
            part[:] = rng.normal(size=part.shape) + 3 * (rng.random((len(part), 1)) < 0.3)
        rows.flush()
        assert path.stat().st_size > limit
        first = GaussianMixture([0.5, 0.5], rows[:2], [np.eye(5), 2 * np.eye(5)])
        whole = fit(first, rows, tol=0.0, max_iterations=1)
        program = """
import resource, sys
import numpy as np
from em_helpers import GaussianMixture, file_batches, fit

path, limit = sys.argv[1], int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
try:
    np.load(path)
except MemoryError:
    rows = np.load(path, mmap_mode="r")
    start = GaussianMixture([0.5, 0.5], rows[:2], [np.eye(5), 2 * np.eye(5)])
    print(*fit(start, file_batches(path, rows=2**15), tol=0.0, max_iterations=1).trace.tolist())
"""
        command = [sys.executable, "-c", program, str(path), str(limit)]
        one_thread = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        ended = subprocess.run(command, env=one_thread, capture_output=True, text=True, check=True)
        trace = [float(each) for each in ended.stdout.split()]
        assert trace == pytest.approx(whole.trace, rel=1e-12)

    @pytest.mark.slow
    def test_dask_on_a_local_cluster(self, tmp_path):
        distributed = pytest.importorskip("distributed", reason="needs the extra for Dask")
        np.save(tmp_path / "x.npy", FAITHFUL)
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        )
        with cluster, distributed.Client(cluster) as client:
            assert len({os.getpid(), *client.run(os.getpid).values()}) == 3
            options = {"tol": 0.0, "max_iterations": 8, "map": client.map}
            self.same(fit(start(), self.blocks(), **options))
            self.same(fit(start(), client.scatter(self.blocks()), **options))
            self.same(fit(start(), file_batches(tmp_path / "x.npy", rows=100), **options))
            with distributed.Client(cluster.scheduler_address) as other:
                self.same(fit(start(), self.blocks(), **{**options, "map": other.map}))


def test_memory_does_not_grow_with_the_data():
    import tracemalloc

    rng = np.random.default_rng(0)
    x = rng.normal(size=(300_000, 4))
    model = gaussian_start(rng, x[:500], 5)
    tracemalloc.start()
    statistics = model.e_step(x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3e6
    assert statistics.rows == 300_000


class TestStarts:
    """Where EM begins."""

    def test_random_responsibilities_are_distributions(self):
        q = random_responsibilities(np.random.default_rng(0), 400, 3)
        assert q.sum(axis=1) == pytest.approx(np.ones(400))
        assert q.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.05)
        assert q.var(axis=0) == pytest.approx(np.full(3, 1 / 18), abs=0.012)

    def test_kmeans_plus_plus_chooses_by_squared_distance(self):
        x, rng = np.array([[0.0], [1.0], [3.0]]), np.random.default_rng(0)
        pairs = np.zeros((3, 3))
        for _ in range(6000):
            a, b = np.searchsorted(x[:, 0], kmeans_plus_plus(rng, x, 2)[:, 0])
            pairs[a, b] += 1
        expected = np.array([[0, 1 / 10, 9 / 10], [1 / 5, 0, 4 / 5], [9 / 13, 4 / 13, 0]]) / 3
        assert pairs / 6000 == pytest.approx(expected, abs=0.02)

    def test_kmeans_plus_plus_third_centre_looks_at_the_nearest(self):
        x = np.array([[0.0], [1e-3], [10.0]])
        for seed in range(20):
            chosen = kmeans_plus_plus(np.random.default_rng(seed), x, 3)
            assert sorted(chosen.ravel()) == [0.0, 1e-3, 10.0]

    def test_kmeans_plus_plus_refuses_what_it_cannot_do(self):
        rng = np.random.default_rng(0)
        with pytest.raises(ValueError, match="2 different rows, but 3 components"):
            kmeans_plus_plus(rng, [[0.0], [1.0], [1.0]], 3)
        with pytest.raises(ValueError, match="4 components were asked for, but there are 3 rows"):
            kmeans_plus_plus(rng, [[0.0], [1.0], [1.0]], 4)
        with pytest.raises(ValueError, match="components is 0"):
            kmeans_plus_plus(rng, [[0.0]], 0)
        with pytest.raises(ValueError, match="3 components were asked for, but there are 2 rows"):
            random_responsibilities(rng, 2, 3)
        assert kmeans_plus_plus(rng, [[0.5]], 1).tolist() == [[0.5]]
        assert random_responsibilities(rng, 2, 2).shape == (2, 2)

    @pytest.mark.parametrize(
        "family",
        [GaussianMixture, TiedGaussianMixture, DiagonalGaussianMixture, SphericalGaussianMixture],
    )
    def test_gaussian_start_does_not_depend_on_units(self, family):
        units = np.array([1e-3, 1e4])
        one = gaussian_start(np.random.default_rng(4), FAITHFUL, 3, family)
        other = gaussian_start(np.random.default_rng(4), FAITHFUL * units, 3, family)
        assert other.weights == pytest.approx(one.weights, rel=1e-12)
        assert other.means == pytest.approx(one.means * units, rel=1e-9)
        if family in (GaussianMixture, TiedGaussianMixture):
            scaled = one.covariances * np.outer(units, units)
            assert other.covariances == pytest.approx(scaled, rel=1e-9)

    def test_gaussian_start_is_made_of_the_nearest_rows(self):
        x = np.array([[0.0, 0.1], [0.2, 0.0], [0.1, 0.3], [8.0, 9.0], [8.3, 9.1]])
        groups = (x[:3], x[3:])
        means = np.array([rows.mean(axis=0) for rows in groups])
        within = sum(len(rows) * np.cov(rows.T, bias=True) for rows in groups) / 5
        for seed in range(5):
            found = gaussian_start(np.random.default_rng(seed), x, 2)
            order = np.argsort(found.means[:, 0])
            assert found.weights[order] == pytest.approx([0.6, 0.4])
            assert found.means[order] == pytest.approx(means, rel=1e-12)
            assert found.covariances == pytest.approx(np.array([within, within]), rel=1e-9)

    def test_gaussian_start_falls_back_on_the_whole_spread(self):
        x = np.array([[0.0, 1.0], [2.0, 0.5], [1.0, 4.0]])
        found = gaussian_start(np.random.default_rng(0), x, 3)
        assert found.covariances[2] == pytest.approx(np.cov(x.T, bias=True), rel=1e-12)
        with pytest.raises(ValueError, match="does not spread in 2 dimensions"):
            gaussian_start(np.random.default_rng(0), np.column_stack([x[:, 0], x[:, 0]]), 2)
        constant = np.column_stack([x[:, 0], np.ones(3)])
        with pytest.raises(ValueError, match="does not spread in 2 dimensions"):
            gaussian_start(np.random.default_rng(0), constant, 2)

    @pytest.mark.parametrize("name", MIXTURES)
    def test_from_responsibilities_is_the_m_step(self, name):
        rng = np.random.default_rng(3)
        model, x = vars(DISCRETE[name](rng, 40, 3, 3)).values()
        q = random_responsibilities(rng, 40, 3)
        found = type(model).from_responsibilities(x, q)
        assert pack(found) == pytest.approx(pack(model.m_step(model.statistics(x, q))), rel=1e-8)

    def test_from_responsibilities_takes_the_models_options(self):
        rng = np.random.default_rng(3)
        q = random_responsibilities(rng, 40, 3)
        prior = prior_for(rng, 2)
        x = rng.normal(size=(40, 2))
        assert GaussianMixture.from_responsibilities(x, q, prior).prior is prior
        x = rng.integers(0, 2, (40, 3))
        for name in ("BernoulliMixture", "MultinomialMixture"):
            family = getattr(em_helpers, name)
            assert family.from_responsibilities(x, q, 0.5).pseudo_count == 0.5
            assert family.from_responsibilities(x, q, pseudo_count=0.25).pseudo_count == 0.25
        coins = em_helpers.BinomialMixture.from_responsibilities(x[:, :2] + [0, 2], q, True)
        assert coins.weights == pytest.approx(np.full(3, 1 / 3))


class TestRestarts:
    """The best of several starts."""

    def starts(self):
        rng = np.random.default_rng(2)
        x = datasets.galaxies() / 1000
        return x, [gaussian_start(rng, x, 3) for _ in range(6)]

    def test_the_best_wins_and_all_are_told(self):
        x, starts = self.starts()
        found = best_of(starts, x, max_iterations=50)
        assert len(found.fits) == 6
        assert len(np.unique(found.finals.round(3))) > 1
        assert found.best.trace[-1] == found.finals.max()
        assert found.best is found.fits[int(np.argmax(found.finals))]

    def test_a_start_that_breaks_down_never_wins(self):
        x = np.array([[0.0], [0.1], [0.3], [1.2], [6.0], [7.5], [9.0]])
        spike = GaussianMixture([0.5, 0.5], [[0.3], [9.0]], [[[20.0]], [[1e-3]]])
        sane = GaussianMixture([0.5, 0.5], [[0.3], [7.0]], [[[1.0]], [[2.0]]])
        found = best_of([spike, sane], x, max_iterations=15)
        assert found.fits[0].broke_down
        assert np.isneginf(found.finals[0])
        assert found.best is found.fits[1]

    def test_nothing_to_choose_from(self):
        x = np.array([[0.0], [0.1], [9.0]])
        spike = GaussianMixture([0.5, 0.5], [[0.0], [9.0]], [[[1.0]], [[1e-3]]])
        with pytest.raises(DegenerateComponent, match="all 2 starts broke down"):
            best_of([spike, spike], x)
        with pytest.raises(ValueError, match="starts is empty"):
            best_of([], x)


def test_importing_the_library_costs_little():
    import statistics

    code = (
        "import time, numpy; t = time.perf_counter(); import em_helpers; "
        "print(time.perf_counter() - t); import sys; "
        "assert not {'scipy', 'matplotlib', 'distributed', 'pandas', 'tqdm'} & set(sys.modules)"
    )
    seconds = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    assert statistics.median(seconds) < 0.020
    assert time.perf_counter() > 0
