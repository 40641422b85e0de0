"""Latent variable models and the EM algorithm: the reference library of the course.

The rooms, in the order in which they import each other:

``models``      what p(x, z; θ) is, its E-step statistics and its M-step
``bounds``      entropy, the evidence lower bound, the Kullback-Leibler divergence
``em``          the loop; ``starts``, where it starts; ``blocks``, data too large for memory
``information`` observed information, the rate of convergence, BIC
``approximate`` hard, Monte Carlo, mean-field, accelerated, incremental and online EM
``checks``      what students call on their answers
``plots``       the figures of the lessons
``datasets``    real data with their sources
``authoring``   from a lesson's source to its notebooks
``grading``     from submissions to points and feedback

The mathematics never imports a plot or a notebook. A name is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
