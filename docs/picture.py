"""``python docs/picture.py``: draw the README's picture, computed from Old Faithful."""

from pathlib import Path

import numpy as np

from em_helpers import GaussianMixture, elbo, fit, log_likelihood, plots, responsibilities
from em_helpers.datasets import faithful
from em_helpers.plots.bounds import bound_under_log_likelihood

PICTURE = Path(__file__).with_name("em-climbs.png")


def main():
    """One EM step along a line, and the whole climb."""
    x = faithful()[:, 1:]
    start = GaussianMixture([0.5, 0.5], [[62.0], [76.0]], [[[60.0]], [[60.0]]])
    step, climb = plots.axes(2, height=3.8)
    draw_step(x, start, step)
    trace = fit(start, x, tol=1e-6).trace
    climb.plot(np.arange(trace.size), trace, marker="o", markersize=3)
    climb.set(
        xlabel="iteration t", ylabel=r"$\log p(D; \theta_t)$ in nats", title="so every step climbs"
    )
    step.get_figure().savefig(PICTURE, metadata={"Software": None})


def draw_step(x, model, ax):
    """The bound at q = p(z|x; θ_t) as a function of one mean, the other parameters held."""
    q = responsibilities(model, x)
    values = np.linspace(50, 70, 161)
    models = [GaussianMixture(model.weights, [[v], model.means[1]], model.covariances)
              for v in values]  # fmt: skip
    bounds = np.array([elbo(each, x, q) for each in models])
    top = q[:, 0] @ x[:, 0] / q[:, 0].sum()
    best = GaussianMixture(model.weights, [[top], model.means[1]], model.covariances)
    bound_under_log_likelihood(
        values,
        np.array([log_likelihood(each, x) for each in models]),
        bounds,
        (model.means[0, 0], log_likelihood(model, x)),
        (top, elbo(best, x, q)),
        ax=ax,
    )
    ax.set(xlabel="first mean: waiting time in minutes", ylabel="nats",
           title="the bound touches from below")  # fmt: skip


if __name__ == "__main__":
    main()
