"""The record of an iterative fit: its objective, its time, and why it stopped."""

import time
import warnings
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from em_helpers.arguments import FloatArray
from em_helpers.models.model import Model

ModelT = TypeVar("ModelT", bound=Model)

ROUNDING = 1e-10
"""The relative decrease of the objective up to which it is taken for rounding."""


@dataclass(frozen=True, eq=False)
class Fit(Generic[ModelT]):
    """A fitted model, and how the fit went.

    Attributes
    ----------
    model : Model
        At the last iteration that succeeded.
    trace : array, (T + 1,)
        log p(D; θ_t) for t = 0 … T; the last entry is that of ``model``. With a prior, the log
        posterior up to a constant, log p(D; θ_t) + log p(θ_t), which EM then climbs.
    seconds : array, (T,)
        Wall time of each iteration.
    converged : bool
        Whether the last gain was below the tolerance.
    reason : str
        Why the loop stopped, in words.
    e_steps : int
        The number of E-steps over all data; T + 1 in plain EM.
    broke_down : bool
        Whether the loop stopped because a component had no M-step any more.
    e_steps_so_far : array of int, or None
        The number of E-steps up to each entry of the trace, if that is not one per entry.
    """

    model: ModelT
    trace: FloatArray
    seconds: FloatArray
    converged: bool
    reason: str
    e_steps: int = 0
    broke_down: bool = False
    e_steps_so_far: NDArray[np.int_] | None = None


class Monitor:
    """Record the objective and the time of each iteration, and decide when to stop.

    Parameters
    ----------
    tol : float
        In nats; a change of the objective below it means convergence.
    limit : str
        What ends the loop otherwise, for the reason in words.
    """

    def __init__(self, tol: float, limit: str) -> None:
        self.tol = tol
        self.trace: list[float] = []
        self.seconds: list[float] = []
        self.reason = f"stopped at {limit}"
        self.converged = self.broke_down = False

    def begin(self) -> None:
        """Start the clock of an iteration."""
        self._began = time.perf_counter()

    def add(self, objective: float) -> None:
        """Store the objective after an iteration, and its time; the first value has no time."""
        if self.trace:
            self.seconds.append(time.perf_counter() - self._began)
        self.trace.append(objective)

    @property
    def gain(self) -> float:
        """The last change of the objective."""
        return self.trace[-1] - self.trace[-2]

    def converge(self) -> None:
        """Remember that the loop stops because the last gain is below the tolerance."""
        self.converged = True
        self.reason = f"the gain {self.gain:.3g} is below tol = {self.tol:.3g}"

    def has_converged(self, objective: float) -> bool:
        """Store the objective after an iteration, and tell whether to stop.

        A fall by more than rounding is warned of (equation 7.1).
        """
        self.add(objective)
        before, after = self.trace[-2:]
        if after < before - ROUNDING * max(abs(before), 1.0):
            warnings.warn(
                f"the log-likelihood fell from {before:.12g} to {after:.12g} at iteration "
                f"{len(self.trace) - 1}: an exact EM step never lowers it, so the model's E-step "
                f"or M-step is wrong.",
                RuntimeWarning,
                stacklevel=3,
            )
        if abs(self.gain) < self.tol:
            self.converge()
        return self.converged

    def break_down(self, error: Exception) -> None:
        """Remember that the loop stops because a component has no M-step."""
        self.reason, self.broke_down = f"a component broke down: {error}", True

    def result(
        self, model: ModelT, e_steps: int | None = None, so_far: list[int] | None = None
    ) -> Fit[ModelT]:
        """Return the fitted model with the record; by default there is one E-step per entry."""
        return Fit(
            model,
            np.array(self.trace),
            np.array(self.seconds),
            self.converged,
            self.reason,
            len(self.trace) if e_steps is None else e_steps,
            self.broke_down,
            None if so_far is None else np.array(so_far),
        )
