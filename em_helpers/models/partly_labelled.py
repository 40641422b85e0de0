"""Any mixture of which some labels are known: semi-supervised EM."""

from dataclasses import dataclass, replace

import numpy as np

from em_helpers import arguments
from em_helpers.models.mixture import normalise

UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class PartlyLabelled:
    """A mixture whose data carry one more column: z where it is known, −1 where it is not.

    A known label leaves its row one component, so that row adds log p(x, z; θ) to the
    log-likelihood; an unlabelled row adds log p(x; θ) as ever.

    Parameters
    ----------
    mixture : a mixture
        With ``log_joint``, ``statistics`` and ``m_step``.

    Notes
    -----
    Nigam, McCallum, Thrun and Mitchell (2000), Machine Learning 39, 103-134; McLachlan and Peel
    (2000), section 2.19.

    Examples
    --------
    >>> from em_helpers import GaussianMixture, responsibilities
    >>> mixture = GaussianMixture([0.5, 0.5], [[0.0], [1.0]], [[[1.0]], [[1.0]]])
    >>> responsibilities(PartlyLabelled(mixture), [[0.5, -1], [0.5, 1]])
    array([[0.5, 0.5],
           [0. , 1. ]])
    """

    mixture: object

    @property
    def components(self):
        """K."""
        return self.mixture.components

    @property
    def forms(self):
        """The form of the one parameter, which is a model."""
        return {"mixture": "model"}

    def log_joint(self, x):
        """log p(x, z=k; θ), and −inf for every k that a row's label excludes (equation 9.29).

        Parameters
        ----------
        x : array_like, (n, d + 1)
            The mixture's columns, then the labels.

        Returns
        -------
        array, (n, K)

        Raises
        ------
        ValueError
            ``x`` is not what the mixture takes, or a label is not −1, 0 … K − 1.
        """
        data, labels = self._parts(x)
        known = (labels != UNKNOWN)[:, None]
        others = np.arange(self.components) != labels[:, None]
        return np.where(known & others, -np.inf, self.mixture.log_joint(data))

    def e_step(self, x):
        """The mixture's statistics at the posterior that the labels leave (equation 9.30).

        Parameters
        ----------
        x : array_like, (n, d + 1)

        Returns
        -------
        statistics of the mixture

        Raises
        ------
        ValueError
            As ``log_joint``, or a row has density 0 under the component of its label.
        """
        posterior, log_density = normalise(self.log_joint(x))
        statistics = self.mixture.statistics(self._parts(x)[0], posterior)
        return replace(statistics, log_likelihood=float(log_density.sum()))

    def statistics(self, x, q):
        """The mixture's statistics at any q.

        Parameters
        ----------
        x : array_like, (n, d + 1)
        q : array_like, (n, K)

        Returns
        -------
        statistics of the mixture

        Raises
        ------
        ValueError
            ``x`` as above, or ``q`` not a distribution in each row.
        """
        return self.mixture.statistics(self._parts(x)[0], q)

    def m_step(self, statistics):
        """The mixture's own M-step.

        Parameters
        ----------
        statistics : statistics of the mixture

        Returns
        -------
        PartlyLabelled

        Raises
        ------
        DegenerateComponent
            As the mixture does.
        """
        return PartlyLabelled(self.mixture.m_step(statistics))

    def log_prior(self):
        """The mixture's.

        Returns
        -------
        float
        """
        return self.mixture.log_prior()

    def expected_log_joint(self, statistics):
        """The mixture's.

        Parameters
        ----------
        statistics : statistics of the mixture

        Returns
        -------
        float
        """
        return self.mixture.expected_log_joint(statistics)

    def expected_statistics(self, counts):
        """The mixture's.

        Parameters
        ----------
        counts : array, (K,)

        Returns
        -------
        statistics of the mixture
        """
        return self.mixture.expected_statistics(counts)

    def _parts(self, x):
        x = arguments.rows("x", x)
        labels = x[:, -1]
        arguments.whole_numbers("the labels, x's last column,", x[:, -1:], UNKNOWN)
        if (labels >= self.components).any():
            row = int(np.argmax(labels))
            raise ValueError(
                f"row {row} of x has the label {labels[row]:g}; 0 to {self.components - 1}, or "
                f"{UNKNOWN} for unknown, were expected."
            )
        return x[:, :-1], labels
