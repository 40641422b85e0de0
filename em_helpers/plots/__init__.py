"""The figures of the lessons.

Each function takes numbers, draws them and returns the axes. ``show`` ends a figure's cell: it
displays the picture with its alternative text. Arguments that many functions share:

``ax``                      the Matplotlib axes to draw into; new ones if it is not given
``xlabel, ylabel, zlabel``  the names of the axes, with units; ``title``, that of the figure
``labels``                  the names of the two columns of x, with units
``curves``                  the vertical values of each curve, (m,), by its name in the legend
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
