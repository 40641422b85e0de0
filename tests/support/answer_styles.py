"""Right answers to ``row_log_sums`` in many styles of programming, by the name of the style.

A row's log Σ_k exp a[n, k] without overflow; ``np`` and ``checks`` are imported by the lesson.
"""

BODY = (
    "    top = np.max(a, axis=1)\n    return top + np.log(np.exp(a - top[:, None]).sum(axis=1))\n"
)
PLAIN = "def row_log_sums(a):\n" + BODY

ANSWERS = {
    "plain": PLAIN,
    # ways to compute
    "scipy": (
        "from scipy.special import logsumexp\ndef row_log_sums(a):\n    return logsumexp(a, axis=1)"
    ),
    "logaddexp": "def row_log_sums(a):\n    return np.logaddexp.reduce(a, axis=1)",
    "loops": """
import math

def row_log_sums(a):
    result = []
    for row in a:
        top = max(row)
        total = 0.0
        for value in row:
            total += math.exp(value - top)
        result.append(top + math.log(total))
    return result
""",
    "while loop": """
def row_log_sums(a):
    n, out = 0, np.empty(len(a))
    while n < len(a):
        out[n] = np.logaddexp.reduce(a[n])
        n += 1
    return out
""",
    "comprehension": (
        "def row_log_sums(a):\n"
        "    return [r.max() + np.log(sum(np.exp(v - r.max()) for v in r)) for r in a]"
    ),
    "recursion": """
def row_log_sums(a):
    if len(a) == 0:
        return []
    return [np.logaddexp.reduce(a[0])] + list(row_log_sums(a[1:]))
""",
    "lambda": "row_log_sums = lambda a: np.logaddexp.reduce(a, axis=1)",
    "partial": (
        "from functools import partial\nrow_log_sums = partial(np.logaddexp.reduce, axis=1)"
    ),
    "ufunc method": "row_log_sums = lambda a: np.logaddexp.reduce(a, 1)",
    "apply along axis": (
        "def row_log_sums(a):\n    return np.apply_along_axis(np.logaddexp.reduce, 1, a)"
    ),
    "vectorize": """
one = np.vectorize(np.logaddexp.reduce, signature="(k)->()")

def row_log_sums(a):
    return one(a)
""",
    "einsum": (
        "def row_log_sums(a):\n    top = a.max(1)\n"
        "    return top + np.log(np.einsum('nk->n', np.exp(a - top[:, None])))"
    ),
    "matrix product": (
        "def row_log_sums(a):\n    top = a.max(1, keepdims=True)\n"
        "    return (top + np.log(np.exp(a - top) @ np.ones((a.shape[1], 1)))).ravel()"
    ),
    "map and reduce": """
from functools import reduce

def row_log_sums(a):
    return list(map(lambda row: reduce(np.logaddexp, row), a))
""",
    "fsum": """
from math import exp, fsum, log

def row_log_sums(a):
    return [max(r) + log(fsum(exp(v - max(r)) for v in r)) for r in a.tolist()]
""",
    "decimal": """
from decimal import Decimal

def row_log_sums(a):
    return [float(sum(Decimal(float(v)).exp() for v in row).ln()) for row in a]
""",
    "sorted first": (
        "def row_log_sums(a):\n    return np.logaddexp.reduce(np.sort(a, axis=1), axis=1)"
    ),
    "a copy changed in place": """
def row_log_sums(a):
    a = a.copy()
    top = a.max(axis=1)
    a -= top[:, None]
    np.exp(a, out=a)
    return np.log(a.sum(axis=1)) + top
""",
    "threads": """
from concurrent.futures import ThreadPoolExecutor

def row_log_sums(a):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(np.logaddexp.reduce, a))
""",
    # forms of the result
    "a list": "def row_log_sums(a):\n    return np.logaddexp.reduce(a, axis=1).tolist()",
    "a tuple": "def row_log_sums(a):\n    return tuple(np.logaddexp.reduce(a, axis=1))",
    "long doubles": (
        "def row_log_sums(a):\n    return np.logaddexp.reduce(a.astype(np.longdouble), axis=1)"
    ),
    "an array of objects": (
        "def row_log_sums(a):\n    return np.array([np.logaddexp.reduce(r) for r in a], object)"
    ),
    "a masked array": (
        "def row_log_sums(a):\n    return np.ma.masked_array(np.logaddexp.reduce(a, axis=1))"
    ),
    "a subclass": """
class Sums(np.ndarray):
    pass

def row_log_sums(a):
    return np.logaddexp.reduce(a, axis=1).view(Sums)
""",
    "a view into something large": """
def row_log_sums(a):
    room = np.zeros((len(a), 1000))
    room[:, 7] = np.logaddexp.reduce(a, axis=1)
    return room[:, 7]
""",
    "read only": """
def row_log_sums(a):
    result = np.logaddexp.reduce(a, axis=1)
    result.flags.writeable = False
    return result
""",
    "Fortran order": (
        "def row_log_sums(a):\n    return np.logaddexp.reduce(np.asfortranarray(a), axis=1)"
    ),
    "a list of arrays without axes": (
        "def row_log_sums(a):\n    return [np.array(np.logaddexp.reduce(row)) for row in a]"
    ),
    "other byte order": (
        "def row_log_sums(a):\n    return np.logaddexp.reduce(a, axis=1).astype('>f8')"
    ),
    "a thing with __array__": """
class Table:
    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)

def row_log_sums(a):
    return Table(np.logaddexp.reduce(a, axis=1))
""",
    "a generator made a list": """
def each(a):
    for row in a:
        yield np.logaddexp.reduce(row)

def row_log_sums(a):
    return list(each(a))
""",
    # ways to write
    "type hints": (
        "import numpy.typing as npt\n"
        "def row_log_sums(a: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:\n" + BODY
    ),
    "postponed hints": (
        "from __future__ import annotations\n"
        "def row_log_sums(a: Unknown[3]) -> 'Something':\n" + BODY
    ),
    "hints that name the reference": (
        "from em_helpers import GaussianMixture\n"
        "def row_log_sums(a, model: GaussianMixture | None = None):\n" + BODY
    ),
    "a helper in the cell": (
        "def shifted(a):\n    top = a.max(1)\n    return top, np.exp(a - top[:, None])\n\n"
        "def row_log_sums(a):\n    top, e = shifted(a)\n    return top + np.log(e.sum(1))"
    ),
    "a nested function": """
def row_log_sums(a):
    def one(row):
        return np.logaddexp.reduce(row)

    return np.array([one(row) for row in a])
""",
    "a class": """
class Sums:
    def __init__(self, axis):
        self.axis = axis

    def __call__(self, a):
        return np.logaddexp.reduce(a, axis=self.axis)

row_log_sums = Sums(1)
""",
    "a static method": """
class Tools:
    @staticmethod
    def sums(a):
        return np.logaddexp.reduce(a, axis=1)

row_log_sums = Tools.sums
""",
    "a decorator": """
import functools

def logged(function):
    @functools.wraps(function)
    def wrapper(*arguments, **options):
        print("calling", function.__name__)
        return function(*arguments, **options)

    return wrapper

@logged
"""
    + PLAIN,
    "a bare decorator": (
        "def same(function):\n    return lambda *a: function(*a)\n\n@same\n" + PLAIN
    ),
    "any arguments": ("def row_log_sums(*args, **kwargs):\n    a, = args\n" + BODY),
    "a further argument": "def row_log_sums(a, axis=1, *, check=False):\n" + BODY,
    "another name for the argument": (
        "def row_log_sums(matrix):\n    return np.logaddexp.reduce(matrix, axis=1)"
    ),
    "position only": "def row_log_sums(a, /):\n" + BODY,
    "walrus and match": """
def row_log_sums(a):
    match a.shape:
        case (n, k) if (m := k) > 0:
            return np.logaddexp.reduce(a, axis=1)
""",
    "assertions of its own": "def row_log_sums(a):\n    assert a.ndim == 2, 'two axes'\n" + BODY,
    "try and except": (
        "def row_log_sums(a):\n    try:\n        return np.logaddexp.reduce(a, axis=1)\n"
        "    except TypeError as error:\n        raise ValueError('numbers') from error"
    ),
    "counts its calls": (
        "calls = 0\n\ndef row_log_sums(a):\n    global calls\n    calls += 1\n" + BODY
    ),
    "remembers results": """
CACHE = {}

def row_log_sums(a):
    key = a.tobytes()
    if key not in CACHE:
        CACHE[key] = np.logaddexp.reduce(a, axis=1)
    return CACHE[key]
""",
    "a default that is changed": (
        "def row_log_sums(a, seen=[]):\n    seen.append(a.shape)\n" + BODY
    ),
    "Greek and umlauts": (
        "def row_log_sums(α):\n    größte = α.max(1)\n"
        "    return größte + np.log(np.exp(α - größte[:, None]).sum(1))"
    ),
    "tabs and semicolons": (
        "def row_log_sums(a):\n\ttop = a.max(1); e = np.exp(a - top[:, None])\n"
        "\treturn top + np.log(e.sum(1));"
    ),
    "Windows line ends": PLAIN.replace("\n", "\r\n"),
    "its own imports inside": "def row_log_sums(a):\n    import numpy as np\n" + BODY,
    "numpy by another name": (
        "import numpy as xp\nfrom numpy import *\n"
        "def row_log_sums(a):\n    return xp.logaddexp.reduce(a, axis=1)"
    ),
    "rebinds the lesson's names": "checks = None\nlog_sum_exp = 3\n" + PLAIN,
    "a name like the reference's": (
        "def log_sum_exp(a, axis):\n    return np.logaddexp.reduce(a, axis=axis)\n\n"
        "def row_log_sums(a):\n    return log_sum_exp(a, 1)"
    ),
    "the reference outside the function": (
        PLAIN + "\nassert np.allclose(row_log_sums(np.eye(2)), log_sum_exp(np.eye(2), 1))"
    ),
    "helpers of checks": (
        "def row_log_sums(a):\n    a = checks.array('a', a, np.shape(a))\n" + BODY
    ),
    # noise
    "prints": "def row_log_sums(a):\n    print('a is', a)\n" + BODY,
    "prints much": "def row_log_sums(a):\n    print('x' * 5_000_000)\n" + BODY,
    "writes to stderr": (
        "import sys\ndef row_log_sums(a):\n    print('hm', file=sys.stderr)\n" + BODY
    ),
    "warns": (
        "import warnings\ndef row_log_sums(a):\n    warnings.warn('odd', RuntimeWarning)\n" + BODY
    ),
    "warns of deprecation": (
        "import warnings\nwarnings.simplefilter('always')\n"
        "def row_log_sums(a):\n    warnings.warn('old', DeprecationWarning)\n" + BODY
    ),
    "numpy warns": (
        "def row_log_sums(a):\n    np.log(np.zeros(2)); np.exp(np.array(1e4)); np.ones(1) / 0\n"
        + BODY
    ),
    "logs": (
        "import logging\nlogging.basicConfig(level=logging.DEBUG)\n"
        "def row_log_sums(a):\n    logging.getLogger().error('here')\n" + BODY
    ),
    "a progress bar": """
from tqdm.auto import tqdm

def row_log_sums(a):
    return [np.logaddexp.reduce(row) for row in tqdm(a, desc="rows")]
""",
    "a plot in the cell": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);plt.show()\n" + PLAIN,
    "a plot in the function": (
        "import matplotlib.pyplot as plt\n"
        "def row_log_sums(a):\n    plt.figure(); plt.imshow(a); plt.show()\n" + BODY
    ),
    "displays": (
        "from IPython.display import HTML, display\n"
        "def row_log_sums(a):\n    display(HTML('<b>a</b>'), a)\n" + BODY
    ),
    "a value at the end of the cell": PLAIN + "\nrow_log_sums(np.zeros((2, 2)))",
    "its own tests fail": PLAIN + "\nassert row_log_sums(np.zeros((1, 2))) == 0.693",
    "draws random numbers": "def row_log_sums(a):\n    np.random.seed(1); np.random.rand(3)\n"
    + BODY,
    "random numbers of Python": "import random\ndef row_log_sums(a):\n    random.random()\n" + BODY,
    "writes a file": (
        "def row_log_sums(a):\n    np.save('a.npy', a)\n    a = np.load('a.npy')\n" + BODY
    ),
    "a temporary file": (
        "import tempfile\ndef row_log_sums(a):\n    with tempfile.TemporaryFile() as f:\n"
        "        f.write(b'x')\n" + BODY
    ),
    "measures time": "%time 1 + 1\n" + PLAIN,
    "times the whole cell": "%%time\n" + PLAIN,
    "installs a package": "!pip install numpy\n%pip install scipy\n" + PLAIN,
    "reloads": "%load_ext autoreload\n%autoreload 2\n" + PLAIN,
    "configures figures": (
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n" + PLAIN
    ),
    "asks for help": "np.exp?\n" + PLAIN,
    "leaves": PLAIN + "\nexit()",
    "sleeps a little": "import time\ndef row_log_sums(a):\n    time.sleep(0.02)\n" + BODY,
    "a large array on the way": (
        "def row_log_sums(a):\n    big = np.ones(20_000_000)\n    a = a * big[0]\n" + BODY
    ),
    "changes print options": "np.set_printoptions(precision=2)\nnp.seterr(all='ignore')\n" + PLAIN,
    "changes the display": "import sys\nsys.displayhook = print\nprint = lambda *a, **k: None\n"
    + PLAIN,
    "awaits": "import asyncio\nawait asyncio.sleep(0)\n" + PLAIN,
}

IN_ANOTHER_CELL = {
    "a helper above": ("def tops(a):\n    return a.max(1)", "before"),
    "a constant above": ("AXIS = 1\ntops = lambda a: a.max(AXIS)", "before"),
    "an import above": ("from numpy import amax\ntops = lambda a: amax(a, 1)", "before"),
    "a helper below": ("def tops(a):\n    return a.max(axis=1)", "after"),
}
"""What an added cell holds, and where it stands beside an answer that calls ``tops``."""

USES_TOPS = (
    "def row_log_sums(a):\n    top = tops(a)\n"
    "    return top + np.log(np.exp(a - top[:, None]).sum(axis=1))\n"
)
