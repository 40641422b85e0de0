"""The figures of the lessons.

Each function takes numbers, draws them into the axes ``ax`` or into new ones, and returns the axes.
``show`` ends a figure's cell: it displays the picture with its alternative text.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
