"""A colour and a marker for each component: two cues, so that colour is never needed."""

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's palette (2008), told apart by colour-blind readers, darkest first."""

MARKERS = ("o", "s", "^", "D", "v", "P")


def colour(component):
    """The colour of component k."""
    return COLOURS[component % len(COLOURS)]


def marker(component):
    """The marker of component k."""
    return MARKERS[component % len(MARKERS)]
