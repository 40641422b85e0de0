"""Where EM starts, and restarts that keep the best fit."""

from dataclasses import dataclass

import numpy as np

from em_helpers import arguments
from em_helpers.em import Fit, fit
from em_helpers.models.gaussian_mixture import GaussianMixture
from em_helpers.models.mixture import DegenerateComponent


@dataclass(frozen=True, eq=False)
class Restarts:
    """What came out of several starts.

    Attributes
    ----------
    best : Fit
        The one with the largest final log-likelihood among those that did not break down.
    fits : list of Fit
        All, in the order of the starts.
    finals : array, (S,)
        Their final log-likelihoods; −inf for a start that broke down.
    """

    best: Fit
    fits: list
    finals: np.ndarray


def best_of(starts, blocks, **options):
    """Run EM from each start and keep the best.

    Parameters
    ----------
    starts : iterable of models
    blocks : array_like, (n, d), or a list of such blocks
    **options
        As ``fit`` takes them.

    Returns
    -------
    Restarts

    Raises
    ------
    ValueError
        There are no starts, or as ``fit`` raises.
    DegenerateComponent
        Every start broke down.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 2.12.
    """
    fits = [fit(start, blocks, **options) for start in starts]
    if not fits:
        raise ValueError("starts is empty; give at least one model to start from.")
    finals = np.array([-np.inf if one.broke_down else one.trace[-1] for one in fits])
    if np.isneginf(finals).all():
        raise DegenerateComponent(
            f"all {len(fits)} starts broke down, the first because {fits[0].reason}; "
            f"use fewer components or a prior."
        )
    return Restarts(fits[int(np.argmax(finals))], fits, finals)


def random_responsibilities(rng, n, components):
    """A start without any idea: each row's distribution drawn uniformly from the simplex.

    Parameters
    ----------
    rng : numpy.random.Generator
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
    _refuse_too_many(components, n)
    return rng.dirichlet(np.ones(components), size=n)


def kmeans_plus_plus(rng, x, components):
    """K rows of x, each drawn with probability proportional to its squared distance to the others.

    Parameters
    ----------
    rng : numpy.random.Generator
    x : array_like, (n, d)
    components : int
        K, at most the number of different rows.

    Returns
    -------
    array, (K, d)
        All different.

    Raises
    ------
    ValueError
        ``x`` is not a finite table, or has fewer than K different rows.

    Notes
    -----
    Arthur and Vassilvitskii (2007), Proceedings of SODA, 1027-1035. Distances are in the units of
    x: scale columns that have very different units first.
    """
    x = arguments.rows("x", x)
    return x[_spread_rows(rng, x, components)[0]]


def gaussian_start(rng, x, components, family=GaussianMixture, prior=None):
    """A Gaussian mixture around k-means++ centres, to start EM from.

    Every row goes to its nearest centre. Weights and means are those of the groups; all components
    get one covariance, that of the rows about their groups' means, or, where that is singular,
    that of all rows. Distances are measured in each column's standard deviations.

    Parameters
    ----------
    rng : numpy.random.Generator
    x : array_like, (n, d)
    components : int
    family : class
        ``GaussianMixture`` or one of its tied, diagonal and spherical kin.
    prior : GaussianPrior, optional

    Returns
    -------
    a mixture of that class

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
    covariances = family.shared(covariance * scales * scales[:, None], components)
    return family(counts / len(x), centre + means * scales, covariances, prior)


def _spread_rows(rng, x, components):
    """The rows that k-means++ draws, and every row's squared distance to each: (K,), K × (n,)."""
    _refuse_too_many(components, len(x))
    chosen, distances, nearest = [int(rng.integers(len(x)))], [], np.inf
    while True:
        away = x - x[chosen[-1]]
        distances.append(np.einsum("nd,nd->n", away, away))
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


def _refuse_too_many(components, rows):
    if components < 1:
        raise ValueError(f"components is {components}; at least 1 was expected.")
    if components > rows:
        raise ValueError(
            f"{components} components were asked for, but there are {rows} rows; ask for at most "
            f"{rows}."
        )
