"""Sphinx extension that computes the opening page's figure of EM, one frame per step."""

import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from em_helpers import GaussianMixture, elbo, log_likelihood, plots, responsibilities
from em_helpers.datasets import faithful
from em_helpers.plots.figure import STYLE_SHEET
from em_helpers.plots.stepper import page

MEANS = np.linspace(50, 70, 161)
STEPS = 3


def with_mean(model, value):
    """Return the model with another first mean and all other parameters unchanged."""
    means = [[value], model.means[1]]
    return GaussianMixture(model.weights, means, model.covariances)


def walk(x):
    """Run EM on the first mean alone, so that the log-likelihood can be drawn as a curve.

    Parameters
    ----------
    x : array, (n, 1)
        Waiting times in minutes.

    Yields
    ------
    kind : str
        ``"E"`` or ``"M"``.
    step : int
    shown : GaussianMixture
        The model whose density the frame shows.
    touching : GaussianMixture
        The model at which the bound touches the log-likelihood.
    q : array, (n, K)
        The posterior that defines the bound.
    top : float
        The first mean at which the bound is highest.
    """
    model = GaussianMixture([0.5, 0.5], [[64.0], [78.0]], [[[60.0]], [[60.0]]])
    for step in range(STEPS):
        q = responsibilities(model, x)
        top = float(q[:, 0] @ x[:, 0] / q[:, 0].sum())
        yield "E", step, model, model, q, top
        moved = with_mean(model, top)
        yield "M", step, moved, model, q, top
        model = moved


def frame(x, log_p, kind, step, shown, touching, q, top):
    """Draw one frame of the figure, and describe it.

    Parameters
    ----------
    x : array, (n, 1)
    log_p : array
        The log-likelihood at ``MEANS``, in nats.
    kind, step, shown, touching, q, top
        As ``walk`` yields them.

    Returns
    -------
    figure : matplotlib.figure.Figure
    caption, alt : str
    """
    theta = f"θ{'₀₁₂₃'[step]}"
    left, right = plots.axes(2, height=2.9, width=9.4)
    histogram(right, x, shown)
    bound = np.array([elbo(with_mean(touching, value), x, q) for value in MEANS])
    mean, log_p_before = touching.means[0, 0], log_likelihood(touching, x)
    moved = with_mean(touching, top)
    bound_top, log_p_after = elbo(moved, x, q), log_likelihood(moved, x)
    left.plot(MEANS, log_p, linestyle="-", color=plots.colour(0), label="log-likelihood")
    left.plot(MEANS, bound, linestyle="--", color=plots.colour(1), label="bound at $q$")
    left.plot(mean, log_p_before, "o", color="black", label=rf"$\theta_{step}$: they touch")
    if kind == "M":
        left.plot(top, bound_top, "^", color=plots.colour(1), label="the bound's top")
        higher = rf"$\theta_{step + 1}$: higher still"
        left.plot(top, log_p_after, "s", color=plots.colour(0), label=higher)
    low = log_p.min()
    left.set(xlabel="first mean [min]", ylabel="nats", ylim=(low - 15, log_p.max() + 6),
              xlim=(MEANS[0], MEANS[-1]))  # fmt: skip
    left.legend(loc="lower left", fontsize=9)
    if kind == "E":
        caption = (
            f"E-step {step + 1}. The posterior of z at {theta} defines a bound that never exceeds "
            f"the log-likelihood and touches it at {theta}: both are {nats(log_p_before)} nats."
        )
    else:
        caption = (
            f"M-step {step + 1}. The maximum of the bound is {nats(bound_top - log_p_before)} nats "
            f"higher. There the log-likelihood is above the bound: it gains "
            f"{nats(log_p_after - log_p_before)} nats."
        )
    alt = (
        f"{caption} Left: the log-likelihood as a function of the first mean, and the bound below "
        f"it, which touches it at {mean:.1f} minutes. Right: a histogram of {len(x)} waiting times "
        f"with two modes, and the density of the mixture, whose first mean is "
        f"{shown.means[0, 0]:.1f} minutes."
    )
    return left.get_figure(), caption, alt


def nats(value):
    """Format a number of nats for a caption."""
    return f"{value:.1f}".replace("-", "−")


def histogram(ax, x, model):
    """Draw the waiting times, the mixture's density and its two components."""
    ax.hist(x[:, 0], bins=25, density=True, color="#c8c8c8", edgecolor="white")
    minutes = np.linspace(40, 100, 301)
    parts = np.exp(model.log_joint(minutes[:, None]))
    ax.plot(minutes, parts.sum(axis=1), color=plots.colour(0), linestyle="-", label="p(x; θ)")
    for k, style in enumerate(("--", ":")):
        ax.plot(minutes, parts[:, k], color=plots.colour(k + 1), linestyle=style,
                label=f"p(x, z={k}; θ)")  # fmt: skip
    ax.set(xlabel="wait for the next eruption [min]", ylabel="density [1/min]", ylim=(0, 0.055))
    ax.legend(loc="upper left", fontsize=9)


def write_stepper(app, config):
    """Write the opening page's figure as a fragment of HTML."""
    x = faithful()[:, 1:]
    first = next(walk(x))[2]
    log_p = np.array([log_likelihood(with_mean(first, value), x) for value in MEANS])
    pictures, captions, alts = [], [], []
    for state in walk(x):
        figure, caption, alt = frame(x, log_p, *state)
        picture = io.BytesIO()
        with plt.style.context(STYLE_SHEET), plt.rc_context({"savefig.bbox": "standard"}):
            figure.savefig(picture, format="webp", dpi=140, pil_kwargs={"lossless": True})
        plt.close(figure)
        pictures.append(picture.getvalue())
        captions.append(caption)
        alts.append(alt)
    folder = Path(app.confdir) / "_generated"
    folder.mkdir(exist_ok=True)
    fragment = page(pictures, captions, alts, "EM on Old Faithful's waiting times, step by step")
    (folder / "opening.html").write_text(fragment, "utf-8")


def setup(app):
    """Register the extension with Sphinx."""
    app.connect("config-inited", write_stepper)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
