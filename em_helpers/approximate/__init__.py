"""EM with something given up or gained: another q, fewer rows at a time, longer steps."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
