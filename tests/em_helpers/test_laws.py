"""The laws that a latent structure defines, each for every model, on random problems."""

import pickle
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from em_helpers import (
    DegenerateComponent,
    GaussianQ,
    elbo,
    entropy,
    kl_to_posterior,
    log_likelihood,
    responsibilities,
)
from em_helpers.models import pack, unpack
from tests.support.model_problems import CONTINUOUS, DISCRETE, MIXTURES, examples

ALL = DISCRETE | CONTINUOUS
WITHOUT_PRIOR = [name for name in ALL if "prior" not in name and "smooth" not in name]


@st.composite
def sizes(draw, least=1, most=24):
    """A generator, n, d and K, with n not below K + d + 2 where ``least`` is 0."""
    d, components = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    least = least or components + d + 2
    n = draw(st.integers(least, max(least, most)))
    return np.random.default_rng(draw(st.integers(0, 2**32 - 1))), n, d, components


def any_q(rng, log_joint):
    """A random q that avoids what is impossible, with some zeros."""
    q = rng.dirichlet(np.full(log_joint.shape[1], 0.7), size=len(log_joint))
    q = np.where(np.isneginf(log_joint) | (q < 1e-3), 0.0, q)
    lost = q.sum(axis=1) == 0
    q[lost, log_joint[lost].argmax(axis=1)] = 1.0
    return q / q.sum(axis=1, keepdims=True)


def gaussian_q(rng, posterior):
    n, dims = posterior.means.shape
    roots = rng.normal(size=(n, dims, dims))
    covariances = roots @ roots.transpose(0, 2, 1) / dims + 0.2 * np.eye(dims)
    noise = rng.normal(size=(n, dims))
    means = posterior.means + np.where(posterior.latent, noise, 0.0)
    return GaussianQ(means, covariances, posterior.latent)


def expected_objective(model, statistics):
    return model.expected_log_joint(statistics) + model.log_prior()


def agree(one, other, likelihoods=True):
    """Two statistics of the same rows agree to rounding, about the origin.

    Rounding is relative to the largest sum, because smaller ones may be differences of large terms.
    """
    if hasattr(one, "centre"):
        one, other = one.about(0 * one.centre), other.about(0 * one.centre)
    if likelihoods:
        assert other.log_likelihood == pytest.approx(one.log_likelihood, rel=1e-11, abs=1e-10)
    ours, theirs = (
        {name: value for name, value in vars(both).items() if "log" not in name}
        for both in (one, other)
    )
    scale = max(np.max(np.abs(value)) for value in ours.values())
    for name, value in ours.items():
        assert np.shape(theirs[name]) == np.shape(value)
        assert np.asarray(theirs[name]) == pytest.approx(value, rel=1e-10, abs=1e-12 * scale), name


@pytest.mark.parametrize("name", DISCRETE)
@given(size=sizes())
@examples(25)
def test_responsibilities_are_a_distribution(name, size):
    problem = DISCRETE[name](*size)
    r = responsibilities(problem.model, problem.x)
    assert (r >= 0).all()
    assert r.sum(axis=1) == pytest.approx(np.ones(len(r)), abs=1e-13)


@pytest.mark.parametrize("name", DISCRETE)
@given(size=sizes())
@examples(25)
def test_bound_and_divergence_make_the_likelihood(name, size):
    model, x = (problem := DISCRETE[name](*size)).model, problem.x
    q = any_q(size[0], model.log_joint(x))
    total, whole = elbo(model, x, q) + kl_to_posterior(model, x, q), log_likelihood(model, x)
    assert total == pytest.approx(whole, rel=1e-11, abs=1e-10)
    assert elbo(model, x, q) <= whole + 1e-10 * abs(whole)


@pytest.mark.parametrize("name", DISCRETE)
@given(size=sizes())
@examples(25)
def test_bound_is_tight_at_the_posterior_only(name, size):
    model, x = (problem := DISCRETE[name](*size)).model, problem.x
    r, whole = responsibilities(model, x), log_likelihood(model, x)
    assert elbo(model, x, r) == pytest.approx(whole, rel=1e-12, abs=1e-11)
    q = 0.9 * r + 0.1 * any_q(size[0], model.log_joint(x))
    moved = np.abs(q - r).max()
    if moved > 1e-3:
        assert elbo(model, x, q) < whole - 0.5 * moved**2


@pytest.mark.parametrize("name", DISCRETE)
@given(size=sizes())
@examples(25)
def test_statistics_hold_all_that_the_expected_log_joint_needs(name, size):
    model, x = (problem := DISCRETE[name](*size)).model, problem.x
    q = any_q(size[0], model.log_joint(x))
    expected = elbo(model, x, q) - entropy(q)
    found = model.expected_log_joint(model.statistics(x, q))
    assert found == pytest.approx(expected, rel=1e-10, abs=1e-9)


@pytest.mark.parametrize("name", DISCRETE)
@given(size=sizes())
@examples(25)
def test_e_step_is_the_statistics_at_the_posterior(name, size):
    model, x = (problem := DISCRETE[name](*size)).model, problem.x
    found = model.e_step(x)
    assert found.log_likelihood == pytest.approx(log_likelihood(model, x), rel=1e-12)
    assert found.rows == len(x)
    other = model.statistics(x, responsibilities(model, x))
    agree(found, other, likelihoods=False)
    assert np.isnan(other.log_likelihood)


@pytest.mark.parametrize("name", ALL)
@given(size=sizes(), factor=st.floats(1e-3, 5))
@examples(10)
def test_a_factor_counts_each_case_as_often(name, size, factor):
    model, x = (problem := ALL[name](*size)).model, problem.x
    statistics = model.e_step(x)
    agree(statistics + statistics, statistics * 2)
    agree(statistics * (1 + factor), statistics + statistics * factor)


def _m_step_or_assume(model, statistics):
    """Make the M-step; Hypothesis draws another problem if it has no maximum."""
    try:
        return model.m_step(statistics)
    except DegenerateComponent:
        assume(False)


@pytest.mark.parametrize("name", ALL)
@given(size=sizes(least=0))
@examples(12)
def test_m_step_is_stationary_and_a_maximum(name, size):
    model, x = (problem := ALL[name](*size)).model, problem.x
    statistics = model.e_step(x)
    best = _m_step_or_assume(model, statistics)
    # with fewer rows Σ is nearly singular, or the objective hardly depends on them
    least = x.shape[1] if "covariances" in getattr(model, "mixture", model).forms else 0.1
    assume(np.min(getattr(statistics, "counts", np.inf)) >= least)
    at, top = pack(best), expected_objective(best, statistics)
    rng = size[0]
    for direction in [*np.eye(at.size), *rng.normal(size=(5, at.size))]:
        _curves_down_from(best, statistics, at, top, direction)


def _curves_down_from(best, statistics, at, top, direction):
    """The objective falls on both sides, as much on the one as on the other.

    The step is so small that the fall is a parabola's: then a maximum that lies an eighth of the
    step elsewhere makes the sides differ by more than is allowed.
    """
    step, enough = 1e-10, 1e-9 * max(1.0, abs(top))
    for _ in range(25):
        try:
            right, left = (
                expected_objective(unpack(best, at + sign * step * direction), statistics)
                for sign in (1, -1)
            )
        except ValueError:
            return  # the maximum is at the edge of what is allowed, such as a probability of 0
        if 2 * top - right - left > enough:
            break
        step *= 3
    if step == 1e-10:
        return  # a maximum too sharp for differences in this direction: Σ is nearly singular
    assert right < top
    assert left < top
    assert abs(right - left) < 0.25 * (2 * top - right - left)


@pytest.mark.parametrize("name", ALL)
@given(size=sizes(least=0, most=40))
@examples(120)
def test_likelihood_never_falls(name, size):
    model, x = (problem := ALL[name](*size)).model, problem.x
    climb = []
    for _ in range(12):
        try:
            statistics = model.e_step(x)
            climb.append(statistics.log_likelihood + model.log_prior())
            model = model.m_step(statistics)
        except DegenerateComponent:
            break
    falls = -np.diff(climb)
    assert (falls <= 1e-12 * np.maximum(np.abs(climb[1:]), len(x))).all()


@pytest.mark.parametrize("name", WITHOUT_PRIOR)
def test_without_a_prior_its_logarithm_is_zero(name):
    assert ALL[name](np.random.default_rng(0), 9, 2, 2).model.log_prior() == 0.0


@pytest.mark.parametrize("name", MIXTURES)
@given(size=sizes(least=0))
@examples(25)
def test_permuting_components_permutes_the_answer(name, size):
    model, x = (problem := MIXTURES[name](*size)).model, problem.x
    order = size[0].permutation(model.components)
    if hasattr(model, "mixture"):
        x = x.copy()
        known = x[:, -1] >= 0
        relabelled = np.argsort(order)[x[known, -1].astype(int)]
        there = np.column_stack([x[:, :-1], np.where(known, 0, -1)])
        there[known, -1] = relabelled
        other = type(model)(_permuted(model.mixture, order))
    else:
        there, other = x, _permuted(model, order)
    assert responsibilities(other, there) == pytest.approx(responsibilities(model, x)[:, order])
    one = _m_step_or_assume(model, model.e_step(x))
    two = other.m_step(other.e_step(there))
    one, two = getattr(one, "mixture", one), getattr(two, "mixture", two)
    for parameter in one.forms:
        expected = pack(_permuted(one, order))
        assert pack(two) == pytest.approx(expected, rel=1e-8, abs=1e-8), parameter


def _permuted(model, order):
    """The same mixture with its components in another order; one Σ for all has no order."""
    arrays = {
        field.name: getattr(model, field.name)[order]
        for field in fields(model)
        if isinstance(getattr(model, field.name), np.ndarray)
        and not (type(model).__name__.startswith("Tied") and field.name == "covariances")
    }
    return replace(model, **arrays)


@pytest.mark.parametrize("name", ALL)
@given(size=sizes(least=2))
@examples(25)
def test_permuting_rows_changes_nothing(name, size):
    model, x = (problem := ALL[name](*size)).model, problem.x
    agree(model.e_step(x), model.e_step(x[size[0].permutation(len(x))]))


@pytest.mark.parametrize("name", ALL)
@given(size=sizes(), cuts=st.lists(st.floats(0, 1), max_size=4))
@examples(25)
def test_blocks_of_any_size_agree(name, size, cuts):
    model, x = (problem := ALL[name](*size)).model, problem.x
    places = sorted({int(cut * len(x)) for cut in cuts} - {0, len(x)})
    first, *rest = [model.e_step(block) for block in np.split(x, places)]
    agree(model.e_step(x), sum(rest, start=first))


@pytest.mark.parametrize("name", ["full", "tied", "diagonal", "spherical", "poisson", "bernoulli"])
@given(size=sizes(least=5, most=40))
@examples(10)
def test_blocks_inside_an_e_step_agree(name, size, monkeypatch):
    model, x = (problem := DISCRETE[name](*size)).model, problem.x
    x = np.tile(x, (4, 1)) + (0 if name in ("poisson", "bernoulli") else 0.01)
    whole, r = model.e_step(x), responsibilities(model, x)
    with monkeypatch.context() as patch:
        patch.setattr("em_helpers.models.row_blocks.GAUSSIAN_ENTRIES", 1)
        patch.setattr("em_helpers.models.row_blocks.FAMILY_ENTRIES", 7)
        agree(whole, model.e_step(x))
        assert responsibilities(model, x) == pytest.approx(r, abs=1e-13)
        agree(whole, model.statistics(x, r), likelihoods=False)


@pytest.mark.parametrize(
    "name", [n for n in WITHOUT_PRIOR if n in MIXTURES and n != "partly labelled"]
)
@given(size=sizes(least=0))
@examples(25)
def test_the_model_is_the_m_step_of_its_own_expected_statistics(name, size):
    model = MIXTURES[name](*size).model
    expected = model.expected_statistics(model.weights)
    assert np.isnan(expected.log_likelihood)
    back = model.m_step(expected)
    assert pack(back) == pytest.approx(pack(model), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", [*CONTINUOUS, "coupled"])
@given(size=sizes(least=0))
@examples(25)
def test_the_model_is_the_m_step_of_its_own_expected_row(name, size):
    model = ALL[name](*size).model
    row = model.expected_row_statistics()
    assert np.isnan(row.log_likelihood)
    back = model.m_step(row)
    assert pack(back) == pytest.approx(pack(model), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", ALL)
@given(size=sizes())
@examples(15)
def test_other_types_of_numbers_give_the_same(name, size):
    model, x = (problem := ALL[name](*size)).model, problem.x
    single = x.astype(np.float32)
    agree(model.e_step(single.astype(float)), model.e_step(single))
    whole = np.rint(np.nan_to_num(x, nan=1.0)).astype(int)
    if name == "regression":
        whole[:, 0] = 1
    agree(model.e_step(whole.astype(float)), model.e_step(whole))
    agree(model.e_step(x), model.e_step(x.tolist()))
    agree(model.e_step(x), model.e_step(np.asfortranarray(x)))


@pytest.mark.parametrize("name", ALL)
@given(size=sizes(least=0))
@examples(15)
def test_data_stay_as_they_were_and_models_travel(name, size):
    model, x = (problem := ALL[name](*size)).model, problem.x
    before = x.copy()
    x.flags.writeable = False
    statistics = model.e_step(x)
    agree(statistics, pickle.loads(pickle.dumps(model)).e_step(x))
    assert np.array_equal(x, before, equal_nan=True)
    assert pack(unpack(model, pack(model))) == pytest.approx(pack(model), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("name", CONTINUOUS)
@given(size=sizes())
@examples(25)
def test_bound_and_divergence_make_the_likelihood_of_gaussian_z(name, size):
    model, x = (problem := CONTINUOUS[name](*size)).model, problem.x
    posterior, whole = model.posterior(x), log_likelihood(model, x)
    q = gaussian_q(size[0], posterior)
    bound, gap = elbo(model, x, q), kl_to_posterior(model, x, q)
    assert bound + gap == pytest.approx(whole, rel=1e-9, abs=1e-8)
    assert bound <= whole + 1e-9 * abs(whole)
    assert elbo(model, x, posterior) == pytest.approx(whole, rel=1e-10, abs=1e-9)
    assert kl_to_posterior(model, x, posterior) == pytest.approx(0, abs=1e-9)
    other = model.statistics(x, posterior)
    agree(model.e_step(x), other, likelihoods=False)
    assert np.isnan(other.log_likelihood)
