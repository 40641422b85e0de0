"""Cholesky factors of K covariances at once, Σ_k = L_k L_kᵀ, and products with them.

Covariances that are not positive definite raise a ValueError, which names the worst of them with
its smallest eigenvalue.
"""

import numpy as np

from em_helpers import arguments
from em_helpers.arguments import FloatArray

SPLIT_DIMENSION = 8
"""From this d on, half of the zeros of L⁻¹ are left out of the product with x."""

SQUARE_ROOT_DIMENSION = 32
"""From this d on, computing A Aᵀ with half the flops pays for taking √r."""


def cholesky(name: str, covariances: FloatArray) -> FloatArray:
    """Compute the lower Cholesky factors, (K, d, d), of covariances, (K, d, d)."""
    try:
        return np.linalg.cholesky(covariances)
    except np.linalg.LinAlgError:
        arguments.positive_definite(name, covariances)
        raise


def inverse_factors(name: str, covariances: FloatArray) -> FloatArray:
    """Compute L_k⁻¹, lower triangular, (K, d, d), for covariances Σ_k = L_k L_kᵀ."""
    if covariances.shape[1] == 2:
        inverse = _inverse_factors_in_two_dimensions(covariances)
        if inverse is not None:
            return inverse
    return lower_inverse(cholesky(name, covariances))


def _inverse_factors_in_two_dimensions(covariances: FloatArray) -> FloatArray | None:
    """The same, written out; None where a variance is not positive.

    With the slope b/a of the second coordinate on the first, the variance of the second given the
    first is c − b²/a.
    """
    inverses = []
    for (a, _), (b, c) in covariances.tolist():
        if not a > 0:
            return None
        slope = b / a
        conditional_variance = c - slope * b
        if not conditional_variance > 0:
            return None
        pivot = conditional_variance**-0.5
        inverses.append(((a**-0.5, 0.0), (-slope * pivot, pivot)))
    return np.array(inverses)


def lower_inverse(factors: FloatArray) -> FloatArray:
    """Invert lower triangular matrices, (K, d, d), by forward substitution, row after row.

    Row i of L⁻¹ is (e_i − Σ_{j<i} L_ij (row j of L⁻¹)) / L_ii. Unlike a general inverse, this
    preserves zeros, and each entry's relative accuracy when coordinates have very different units
    (Higham, 2002, Accuracy and Stability of Numerical Algorithms, SIAM, chapter 8).
    """
    components, d, _ = factors.shape
    pivots = 1 / factors.diagonal(axis1=1, axis2=2)
    scaled = factors * -pivots[:, :, None]
    inverse = np.zeros(factors.shape)
    inverse.reshape(components, d * d)[:, :: d + 1] = pivots
    for i in range(1, d):
        np.matmul(scaled[:, i : i + 1, :i], inverse[:, :i, :i], out=inverse[:, i : i + 1, :i])
    return inverse


def whiten(inverses: FloatArray, deviations: FloatArray) -> FloatArray:
    """Compute L_k⁻¹ (x − μ_k), (K, d, n), whose covariance within component k is I.

    ``inverses`` are L_k⁻¹, (K, d, d) or (1, d, d), and ``deviations`` are x − μ_k, (K, d, n).
    """
    d = deviations.shape[1]
    if d < SPLIT_DIMENSION:
        return inverses @ deviations
    half = d // 2
    result = np.empty_like(deviations)
    np.matmul(inverses[:, :half, :half], deviations[:, :half], out=result[:, :half])
    np.matmul(inverses[:, half:], deviations, out=result[:, half:])
    return result


def sums_of_squares(whitened: FloatArray) -> FloatArray:
    """Compute the squared norms, (K, n), of ``whitened``, (K, d, n), which is overwritten."""
    whitened *= whitened
    return np.add.reduce(whitened, axis=1)


def outer_products(r: FloatArray, weighted: FloatArray, deviations: FloatArray) -> FloatArray:
    """Compute Σ_x r_k (x − m_k)(x − m_k)ᵀ, (K, d, d).

    ``r`` is (K, n); ``weighted`` is r (x − m), and ``deviations`` is x − m, both (K, d, n). The
    deviations are overwritten.
    """
    if deviations.shape[1] < SQUARE_ROOT_DIMENSION:
        return weighted @ deviations.transpose(0, 2, 1)
    deviations *= np.sqrt(r)[:, None, :]
    return deviations @ deviations.transpose(0, 2, 1)


def positive_variances(name: str, variances: FloatArray) -> FloatArray:
    """Return the variances, or raise a ValueError that names one that is not positive."""
    if not np.minimum.reduce(variances, axis=None) > 0:
        where = np.unravel_index(np.argmin(variances), variances.shape)
        raise ValueError(
            f"{name}{arguments.subscript(where)} is {variances[where]:.3g}; a variance is "
            f"positive: look for a component whose points all agree in a coordinate."
        )
    return variances
