"""Draw the README's picture of EM on Old Faithful's waiting times: ``python docs/picture.py``."""

from pathlib import Path

import numpy as np

from em_helpers import GaussianMixture, elbo, fit, log_likelihood, plots, responsibilities
from em_helpers.datasets import faithful
from em_helpers.plots.bounds import bound_under_log_likelihood

PICTURE = Path(__file__).with_name("em-climbs.png")


def main():
    """Draw one EM step and the trace of a whole run, and save the picture."""
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
    """Draw the bound at q = p(z|x; θ_t) as a function of one mean, with the others fixed."""
    q = responsibilities(model, x)
    values = np.linspace(50, 70, 161)
    models = [
        GaussianMixture(model.weights, [[value], model.means[1]], model.covariances)
        for value in values
    ]
    bounds = np.array([elbo(moved, x, q) for moved in models])
    top = q[:, 0] @ x[:, 0] / q[:, 0].sum()
    best = GaussianMixture(model.weights, [[top], model.means[1]], model.covariances)
    bound_under_log_likelihood(
        values,
        np.array([log_likelihood(moved, x) for moved in models]),
        bounds,
        (model.means[0, 0], log_likelihood(model, x)),
        (top, elbo(best, x, q)),
        ax=ax,
    )
    ax.set(xlabel="first mean: waiting time in minutes", ylabel="nats",
           title="the bound touches from below")  # fmt: skip


if __name__ == "__main__":
    main()
