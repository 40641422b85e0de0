"""Latent variable models p(x, z; θ), each with its E-step and its M-step.

A model is an immutable value. ``e_step(x)`` gives expected sufficient statistics, which add over
batches of rows, and ``m_step(statistics)`` the model that maximises the expected log-joint.
``Model`` says what every model has, and is the class to derive one's own model from.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
