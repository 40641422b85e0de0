"""What a student's process may read: the Python installation, the system's libraries, the course's
library, and nothing else of the machine."""

import os
import sys
import sysconfig
from importlib.util import find_spec

_SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/fonts",
    "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
)  # fmt: skip


def readable():
    """Real paths, each once.

    Returns
    -------
    list of str
    """
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    paths += [os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix)]
    paths += find_spec("em_helpers").submodule_search_locations
    paths += _SYSTEM
    return sorted({os.path.realpath(path) for path in paths if os.path.exists(path)})
