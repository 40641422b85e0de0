"""What p(x, z; θ) is: each model says its log-joint, its expected statistics and its M-step.

A model is an immutable value. ``e_step(x)`` gives expected sufficient statistics, which add over
blocks of rows, and ``m_step(statistics)`` the model that maximises the expected log-joint.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
