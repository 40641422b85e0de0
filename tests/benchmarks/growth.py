"""How the time of an iteration grows with n, d and K, as a figure."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from tests.benchmarks.measure import milliseconds
from tests.benchmarks.peer import OurEM, PeerEM
from tests.benchmarks.problem import problem

BASE = {"n": 20_000, "d": 8, "K": 8}
RANGES = {
    "n": (500, 2_000, 8_000, 32_000, 128_000),
    "d": (1, 2, 4, 8, 16, 32, 64),
    "K": (1, 2, 4, 8, 16, 32),
}


def measured():
    """A row for each size: what varies, its value, and the milliseconds of both sides."""
    rows = []
    for letter, values in RANGES.items():
        for value in values:
            size = BASE | {letter: value}
            x, start = problem(size["n"], size["d"], size["K"])
            both = milliseconds({"peer": PeerEM(x, start), "ours": OurEM(x, start)}, seconds=0.05)
            rows.append({"varies": letter, "value": value, **both})
    return rows


def draw(rows, path):
    """Save one panel for each of n, d and K, on logarithmic axes."""
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained", sharey=True)
    for ax, letter in zip(panels, RANGES, strict=True):
        chosen = [row for row in rows if row["varies"] == letter]
        values = [row["value"] for row in chosen]
        ax.loglog(values, [row["peer"] for row in chosen], "s--", color="#D55E00", label="sklearn")
        ax.loglog(
            values, [row["ours"] for row in chosen], "o-", color="#0072B2", label="em_helpers"
        )
        others = ", ".join(f"{k} = {v}" for k, v in BASE.items() if k != letter)
        ax.set(xlabel=f"{letter}  ({others})")
        ax.grid(alpha=0.3)
    panels[0].set_ylabel("ms an iteration")
    panels[0].legend()
    figure.savefig(path, dpi=120)
    plt.close(figure)
