"""Variants of EM: another q in the E-step, fewer rows at a time, or longer steps."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
