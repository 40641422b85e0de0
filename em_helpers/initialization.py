"""Initialization of EM: random responsibilities, k-means++ centres, and restarts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.em import fit
from em_helpers.fit_result import Fit, ModelT
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.gaussian_mixture import GaussianMixture
from em_helpers.models.gaussian_prior import GaussianPrior


@dataclass(frozen=True, eq=False)
class Restarts(Generic[ModelT]):
    """The fits from several starts.

    Attributes
    ----------
    best : Fit
        The fit with the largest final log-likelihood among those that did not break down.
    fits : list of Fit
        All fits, in the order of the starts.
    finals : array, (S,)
        Their final log-likelihoods; −inf for a start that broke down.
    """

    best: Fit[ModelT]
    fits: list[Fit[ModelT]]
    finals: FloatArray


def best_of(starts: Iterable[ModelT], batches: Any, **options: Any) -> Restarts[ModelT]:
    """Run EM from each start and choose the best fit.

    Parameters
    ----------
    starts : iterable of Model
    batches : array_like, (n, d), or a list of such batches
    **options
        The options of ``fit``.

    Raises
    ------
    ValueError
        There are no starts, or ``fit`` raises it.
    DegenerateComponent
        Every start broke down.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 2.12.
    """
    fits = [fit(start, batches, **options) for start in starts]
    if not fits:
        raise ValueError("starts is empty; give at least one model to start from.")
    finals = np.array([-np.inf if result.broke_down else result.trace[-1] for result in fits])
    if np.isneginf(finals).all():
        raise DegenerateComponent(
            f"all {len(fits)} starts broke down, the first because {fits[0].reason}; "
            f"use fewer components or a prior."
        )
    return Restarts(fits[int(np.argmax(finals))], fits, finals)


def random_responsibilities(rng: np.random.Generator, n: int, components: int) -> FloatArray:
    """Draw each row's distribution over the components uniformly from the simplex.

    Parameters
    ----------
    n, components : int
        K at most n.

    Returns
    -------
    array, (n, K)
        For ``from_responsibilities`` of any mixture.

    Raises
    ------
    ValueError
        More components than rows.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 2.12.
    """
    _check_components(components, n)
    return rng.dirichlet(np.ones(components), size=n)


def kmeans_plus_plus(rng: np.random.Generator, x: ArrayLike, components: int) -> FloatArray:
    """Draw K rows of x as centres, with probability proportional to D², as k-means++ does.

    D is a row's distance to the nearest centre that was drawn before.

    Parameters
    ----------
    x : array_like, (n, d)
    components : int
        K, at most the number of different rows.

    Returns
    -------
    array, (K, d)
        K different rows.

    Raises
    ------
    ValueError
        ``x`` is not a finite table, or has fewer than K different rows.

    Notes
    -----
    Arthur and Vassilvitskii (2007), Proceedings of SODA, 1027-1035. Distances are in the units of
    x, so scale columns that have very different units first.
    """
    x = arguments.rows("x", x)
    return x[_spread_rows(rng, x, components)[0]]


def gaussian_start(
    rng: np.random.Generator,
    x: ArrayLike,
    components: int,
    family: type[GaussianMixture] = GaussianMixture,
    prior: GaussianPrior | None = None,
) -> GaussianMixture:
    """Build a Gaussian mixture around k-means++ centres, to start EM from.

    Each row is assigned to its nearest centre. Weights and means are those of the groups; all
    components get the same covariance: that of the rows about their groups' means, or, if that is
    singular, that of all rows. Distances are measured in each column's standard deviations.

    Parameters
    ----------
    x : array_like, (n, d)
    family : class
        ``GaussianMixture``, or its tied, diagonal or spherical variant.
    prior : GaussianPrior, optional

    Returns
    -------
    GaussianMixture
        Of that class.

    Raises
    ------
    ValueError
        ``x`` is not a finite table, has fewer than K different rows, or does not spread in d
        dimensions.
    """
    x = arguments.rows("x", x)
    centre = np.add.reduce(x) / len(x)
    scaled = x - centre
    scales = np.sqrt(np.einsum("nd,nd->d", scaled, scaled) / len(x))
    scales[scales <= 1e-14 * np.abs(centre)] = 1.0
    scaled /= scales
    distances = _spread_rows(rng, scaled, components)[1]
    groups = np.eye(components)[np.argmin(distances, axis=0)]
    counts = np.add.reduce(groups)
    means = groups.T @ scaled / counts[:, None]
    for deviations in (scaled - groups @ means, scaled):
        covariance = deviations.T @ deviations / len(x)
        if np.linalg.matrix_rank(covariance, hermitian=True) == x.shape[1]:
            break
    else:
        raise ValueError(
            f"x does not spread in {x.shape[1]} dimensions, so no Gaussian fits it; look for a "
            f"column that is constant or follows from others, or give more than {x.shape[1]} rows."
        )
    covariances = family.repeat_covariance(covariance * scales * scales[:, None], components)
    return family(counts / len(x), centre + means * scales, covariances, prior)


def _spread_rows(
    rng: np.random.Generator, x: FloatArray, components: int
) -> tuple[list[int], list[FloatArray]]:
    """The rows that k-means++ draws, and every row's squared distance to each: (K,), K × (n,)."""
    _check_components(components, len(x))
    chosen, distances = [int(rng.integers(len(x)))], []
    nearest = np.full(len(x), np.inf)
    while True:
        deviations = x - x[chosen[-1]]
        distances.append(np.einsum("nd,nd->n", deviations, deviations))
        if len(chosen) == components:
            return chosen, distances
        nearest = np.minimum(nearest, distances[-1])
        total = nearest.sum()
        if not total > 0:
            raise ValueError(
                f"x has {len(chosen)} different rows, but {components} components were asked "
                f"for; ask for at most {len(chosen)}."
            )
        chosen.append(int(rng.choice(len(x), p=nearest / total)))


def _check_components(components: int, rows: int) -> None:
    if components < 1:
        raise ValueError(f"components is {components}; at least 1 was expected.")
    if components > rows:
        raise ValueError(
            f"{components} components were asked for, but there are {rows} rows; ask for at most "
            f"{rows}."
        )
