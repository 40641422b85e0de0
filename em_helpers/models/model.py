"""The base classes of latent variable models p(x, z; θ), and the posterior of a discrete z."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Generic, Literal, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from em_helpers.arguments import FloatArray
from em_helpers.models.log_space import log_sum_exp, normalise
from em_helpers.models.statistics import Statistics

StatisticsT = TypeVar("StatisticsT", bound=Statistics)

Form = Literal["free", "simplex", "symmetric", "model"]


class Model(ABC, Generic[StatisticsT]):
    """A latent variable model: an immutable value that an EM step replaces by a better one.

    A subclass must define ``e_step`` and ``m_step``; ``fit`` needs no more. Everything else has a
    default. ``statistics`` and ``expected_log_joint`` are needed for lower bounds, ``forms`` for
    derivatives, acceleration and BIC, and ``expected_row_statistics`` for online EM.

    Attributes
    ----------
    forms : dict
        The parameters by name, each with its form, as ``models.pack`` describes them.

    Notes
    -----
    Dempster, Laird and Rubin (1977), Journal of the Royal Statistical Society B 39, 1-38.

    Examples
    --------
    Lifetimes of mean μ in hours, of which those above 5 hours were only seen to exceed 5 hours:

    >>> from dataclasses import dataclass
    >>> import numpy as np
    >>> from em_helpers import fit
    >>> from em_helpers.models import Model, Statistics
    >>> @dataclass(frozen=True)
    ... class Total(Statistics):
    ...     hours: float
    >>> @dataclass(frozen=True)
    ... class Lifetimes(Model):
    ...     mean: float
    ...     def e_step(self, x):
    ...         x = np.asarray(x)
    ...         ended = x < 5
    ...         log_likelihood = -x.sum() / self.mean - ended.sum() * np.log(self.mean)
    ...         return Total(len(x), log_likelihood, np.where(ended, x, x + self.mean).sum())
    ...     def m_step(self, statistics):
    ...         return Lifetimes(statistics.hours / statistics.rows)
    >>> round(float(fit(Lifetimes(1.0), [[1.0], [3.0], [5.0]], tol=1e-12).model.mean), 4)
    4.5
    """

    forms: ClassVar[Mapping[str, Form]] = {}

    @abstractmethod
    def e_step(self, x: ArrayLike) -> StatisticsT:
        """Compute the expected sufficient statistics at the posterior (equations 3.4 and 4.5).

        Parameters
        ----------
        x : array_like, (n, d)
            Data as the class describes them.

        Returns
        -------
        Statistics
            With the log-likelihood of ``x``, which the posterior's constant gives for free.

        Raises
        ------
        ValueError
            ``x`` is not what the class describes, or a row has density 0.
        """

    @abstractmethod
    def m_step(self, statistics: StatisticsT) -> Self:
        """Maximise the expected log-joint over θ, or its sum with the log prior (equation 4.2).

        Parameters
        ----------
        statistics : Statistics
            As ``e_step`` or ``statistics`` returns them, or a sum of such.

        Returns
        -------
        Model
            Of the same class.

        Raises
        ------
        DegenerateComponent
            There is no maximum, for instance because a component has no responsibility.
        """

    def statistics(self, x: ArrayLike, q: Any) -> StatisticsT:
        """Compute the same statistics at any q(z), such as a partial or hard E-step's.

        Parameters
        ----------
        x : array_like, (n, d)
            Data as the class describes them.
        q : array_like, (n, K), or GaussianQ
            A distribution over z for each row.

        Returns
        -------
        Statistics
            Its log-likelihood is NaN, because q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` is not what the class describes, or ``q`` is not a distribution in each row.
        NotImplementedError
            The model does not define it.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define statistics(x, q).")

    def log_prior(self) -> float:
        """Return log p(θ) up to a constant; 0 if there is no prior."""
        return 0.0

    def log_likelihood(self, x: ArrayLike) -> float:
        """Return log p(x; θ), summed over rows.

        Parameters
        ----------
        x : array_like, (n, d)
        """
        return self.e_step(x).log_likelihood

    def expected_log_joint(self, statistics: StatisticsT) -> float:
        """Evaluate the Q-function E_q[log p(x, z; θ)] at these statistics (equation 4.2).

        Returns
        -------
        float
            Summed over rows; −inf where q gives mass to a z that θ excludes.

        Raises
        ------
        NotImplementedError
            The model does not define it.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define expected_log_joint.")

    def expected_row_statistics(self) -> StatisticsT:
        """Return the expected statistics of one row drawn from the model itself.

        They are a fixed point of the M-step, and the start of online EM.

        Raises
        ------
        NotImplementedError
            The model does not define it.
        """
        raise NotImplementedError(f"{type(self).__name__} does not define expected_row_statistics.")

    @property
    def components(self) -> int:
        """K, the number of components; 1 for a model that is not a mixture."""
        return 1

    @property
    def redundant_parameters(self) -> int:
        """How many of the free numbers of θ do not change p(x; θ); 0 by default."""
        return 0

    @property
    def fixed(self) -> frozenset[str]:
        """The names of the parameters that the M-step does not change."""
        return frozenset()

    @property
    def parameters(self) -> dict[str, Any]:
        """θ: the values of the parameters by name, without those that are fixed."""
        return {name: getattr(self, name) for name in self.forms if name not in self.fixed}


class DiscreteModel(Model[StatisticsT]):
    """A model whose z takes K values, so that one table of log p(x, z) gives the posterior.

    A subclass must define ``log_joint``, ``statistics`` and ``m_step``.
    """

    @abstractmethod
    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log p(x, z=k; θ) for every row and every value of z.

        Parameters
        ----------
        x : array_like, (n, d)
            Data as the class describes them.

        Returns
        -------
        array, (n, K)
            −inf where z = k is impossible for the row.

        Raises
        ------
        ValueError
            ``x`` is not what the class describes.
        """

    def e_step(self, x: ArrayLike) -> StatisticsT:
        """Compute the posterior, then the statistics at it (equations 3.4 and 4.5)."""
        posterior, log_density = normalise(self.log_joint(x))
        return replace(self.statistics(x, posterior), log_likelihood=float(log_density.sum()))

    def log_likelihood(self, x: ArrayLike) -> float:
        """Return log p(x; θ) = log Σ_k p(x, z=k; θ), summed over rows (equation 2.2)."""
        return float(log_sum_exp(self.log_joint(x), axis=1).sum())

    def hard_m_step(self, statistics: StatisticsT) -> Self:
        """Take the M-step at the statistics of a one-hot q.

        A mixture's component without rows keeps its parameters.
        """
        return self.m_step(statistics)


def responsibilities(model: DiscreteModel, x: ArrayLike) -> FloatArray:
    """Return the posterior p(z = k | x; θ) of every row, by Bayes' rule in logs (equation 3.4).

    Parameters
    ----------
    model : DiscreteModel
    x : array_like, (n, d)

    Returns
    -------
    array, (n, K)
        Each row is a distribution over the components.

    Raises
    ------
    ValueError
        ``x`` is not what the model takes, or a row has density 0 under every component.
    """
    return normalise(model.log_joint(x))[0]


def log_likelihood(model: Model, x: ArrayLike) -> float:
    """Return log p(D; θ), summed over the rows of ``x`` (equation 2.2).

    Parameters
    ----------
    model : Model
    x : array_like, (n, d)

    Raises
    ------
    ValueError
        ``x`` is not what the model takes.

    Notes
    -----
    McLachlan and Peel (2000), Finite Mixture Models, Wiley, section 2.1.
    """
    return model.log_likelihood(x)


def freeze_parameters(owner: Any, **parameters: Any) -> None:
    """Store read-only copies of arrays, and numbers as floats, in a frozen dataclass."""
    for name, value in parameters.items():
        array = np.array(value)
        array.setflags(write=False)
        owner.__dict__[name] = array if array.shape else float(array)
