"""The figure of lesson 11: growth with a size on logarithmic axes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


def test_growth_has_its_sizes_as_ticks_and_both_axes_logarithmic():
    sizes = [1000, 4000, 16000]
    ax = plots.growth(sizes, {"measured": [1.0, 3.0, 9.0], "counted": [2.0, 8.0, 32.0]}, xlabel="n")
    assert ax.get_xscale() == ax.get_yscale() == "log"
    np.testing.assert_allclose(ax.get_xticks(), sizes)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1 000", "4 000", "16 000"]
    assert not ax.get_xticks(minor=True).size
    drawn = [np.asarray(line.get_ydata()) for line in ax.lines if len(line.get_ydata()) == 3]
    assert any(np.allclose(each, [2.0, 8.0, 32.0]) for each in drawn)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["measured", "counted"]
