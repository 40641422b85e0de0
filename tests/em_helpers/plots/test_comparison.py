"""Lines and bars show each method's or model's numbers."""

import numpy as np

from em_helpers import plots


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_each_distribution_has_a_bar_at_each_state():
    tables = {"posterior": [0.2, 0.5, 0.3], "q": [0.1, 0.9, 0.0]}
    ax = plots.distribution_bars(["a", "b", "c"], tables, xlabel="state")
    assert [text.get_text() for text in ax.get_xticklabels()] == ["a", "b", "c"]
    first, second = ax.containers
    np.testing.assert_allclose([bar.get_height() for bar in first], [0.2, 0.5, 0.3])
    np.testing.assert_allclose([bar.get_height() for bar in second], [0.1, 0.9, 0.0])
    centres = np.array([[bar.get_center()[0] for bar in group] for group in (first, second)])
    np.testing.assert_allclose(centres.mean(axis=0), [0, 1, 2], atol=1e-12)
    assert first[0].get_hatch() != second[0].get_hatch()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(tables)


def test_each_criterion_is_marked_where_it_is_smallest():
    ax = plots.selection_criteria(
        [2, 3, 4], {"free": [5.0, 7.0, 9.0], "tied": [6.0, 4.0, 8.0]}, ylabel="BIC"
    )
    rings = [line.get_xydata()[0].tolist() for line in ax.lines if len(line.get_xdata()) == 1]
    assert rings == [[2.0, 5.0], [3.0, 4.0]]
    assert legend(ax) == ["free: smallest at K = 2", "tied: smallest at K = 3"]


def test_each_method_has_its_values_and_its_bars():
    curves = {"EM": [3.0, 2.0], "complete rows": [2.5, 1.0]}
    spread = {"EM": [0.1, 0.2], "complete rows": [0.3, 0.4]}
    ax = plots.compare_methods([0, 8], curves, xlabel="visit", ylabel="score", errors=spread)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["EM", "complete rows"]
    np.testing.assert_allclose(ax.collections[1].get_segments()[1], [[8, 0.6], [8, 1.4]])
    assert len({line.get_linestyle() for line in ax.lines if line.get_linestyle() != "None"}) == 2


def test_gains_stand_over_their_number_of_components():
    ax = plots.held_out_gains([2, 4, 8], {"a": [0.1, 0.2, -0.1]}, ylabel="gain")
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), [[2, 0.1], [4, 0.2], [8, -0.1]])
    assert set(ax.lines[0].get_ydata()) == {0}
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2", "4", "8"]


def test_growth_has_its_sizes_as_ticks_and_both_axes_logarithmic():
    sizes = [1000, 4000, 16000]
    ax = plots.scaling(
        sizes, {"measured": [1.0, 3.0, 9.0], "counted": [2.0, 8.0, 32.0]}, xlabel="n"
    )
    assert ax.get_xscale() == ax.get_yscale() == "log"
    np.testing.assert_allclose(ax.get_xticks(), sizes)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1 000", "4 000", "16 000"]
    assert not ax.get_xticks(minor=True).size
    drawn = [np.asarray(line.get_ydata()) for line in ax.lines if len(line.get_ydata()) == 3]
    assert any(np.allclose(each, [2.0, 8.0, 32.0]) for each in drawn)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["measured", "counted"]
