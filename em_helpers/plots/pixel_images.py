"""Small pictures made of pixels, such as the means of a mixture over handwritten digits."""

import numpy as np

from em_helpers.plots.canvas import axes


def pixel_images(images, ax=None, *, titles):
    """One grey picture a panel, black where the value is 1.

    Parameters
    ----------
    images : array_like, (m, height, width)
        Between 0 and 1.
    ax : sequence of matplotlib.axes.Axes, optional
        m of them.
    titles : sequence of str, (m,)

    Returns
    -------
    sequence of matplotlib.axes.Axes
    """
    images = np.asarray(images)
    if ax is None:
        ax = axes(len(images), width=1.15 * len(images), height=1.6, squeeze=False)[0]
    for panel, image, title in zip(ax, images, titles, strict=True):
        panel.imshow(image, cmap="gray_r", vmin=0, vmax=1)
        panel.set(xticks=[], yticks=[])
        panel.set_title(title, fontsize=10)
    return ax
