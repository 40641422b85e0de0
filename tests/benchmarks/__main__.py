"""Print the tables and write them to ``build/benchmark.json`` and beside it."""

import json
from pathlib import Path

from tests.benchmarks import floor, growth, whole_fits
from tests.benchmarks.measure import log_likelihoods, megabytes, milliseconds
from tests.benchmarks.peer import OurEM, PeerEM
from tests.benchmarks.problem import SIZES, problem

BUILD = Path("build")


def iterations():
    """One row a size, printed as it comes."""
    rates, rows = floor.rates(), []
    print("one thread:", ", ".join(f"{value / 1e9:.2f} G{name}/s" for name, value in rates.items()))
    print("        n   d   K   sklearn ms   ours ms   ratio   floor ms   share   MB (sklearn)")
    for n, d, components in SIZES:
        x, start = problem(n, d, components)
        sides = {"peer": PeerEM(x, start), "ours": OurEM(x, start)}
        reached = log_likelihoods(sides)
        gap = abs(reached["ours"] / reached["peer"] - 1)
        if gap > 1e-8:
            raise SystemExit(
                f"log-likelihoods differ by {gap:.1e} relative at {(n, d, components)}"
            )
        memory = {name: megabytes(side) for name, side in sides.items()}
        times = milliseconds(sides)
        least = floor.milliseconds(n, d, components, rates)
        rows.append(
            {
                "n": n,
                "d": d,
                "K": components,
                "peer_ms": times["peer"],
                "ours_ms": times["ours"],
                "ratio": times["peer"] / times["ours"],
                "floor_ms": least,
                "share_of_floor": least / times["ours"],
                "peer_mb": memory["peer"],
                "ours_mb": memory["ours"],
                "log_likelihood_gap": gap,
            }
        )
        print(
            f"{n:9} {d:3} {components:3} {times['peer']:12.3f} {times['ours']:9.3f} "
            f"{rows[-1]['ratio']:7.2f} {least:10.3f} {100 * least / times['ours']:6.0f} % "
            f"{memory['ours']:5.1f} ({memory['peer']:.0f})",
            flush=True,
        )
    return rows


def main():
    """Run everything."""
    BUILD.mkdir(exist_ok=True)
    rows = iterations()
    (BUILD / "benchmark.json").write_text(json.dumps(rows, indent=1))
    peer, ours = whole_fits.old_faithful()
    print(
        f"Old Faithful, start and fit: {peer:.2f} ms, here {ours:.2f} ms: {peer / ours:.1f} times"
    )
    accelerated = whole_fits.acceleration()
    for row in accelerated:
        share = row["accelerated"] / row["plain"]
        both = f"{row['plain']} E-steps, accelerated {row['accelerated']}"
        print(f"{row['problem']}: {both}: {share:.2f}")
    grown = growth.measured()
    growth.draw(grown, BUILD / "benchmark.png")
    more = {"faithful_ms": [peer, ours], "acceleration": accelerated, "growth": grown}
    (BUILD / "benchmark-more.json").write_text(json.dumps(more, indent=1))


if __name__ == "__main__":
    main()
