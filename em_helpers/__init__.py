"""Latent variable models and the EM algorithm: the reference library of the course.

Its modules, each of which imports only those above it:

``models``          the joint density p(x, z; θ), its E-step statistics and its M-step
``bounds``          entropy, the evidence lower bound, the Kullback–Leibler divergence
``batches``         data in several parts, also in a file larger than memory
``em``              the EM loop; ``fit_result``, the record that it keeps
``initialization``  starting points of EM, and restarts
``information``     observed information, the rate of convergence, BIC
``approximate``     hard, Monte Carlo, mean-field, accelerated, incremental and online EM
``datasets``        real data with their sources
``checks``          checks that students run on their answers
``plots``           the figures of the lessons

Names are imported when they are first used, so importing the package is fast.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
