"""The part of an exception's message that feedback on a hidden test may repeat.

The answer has seen the hidden test's data, so its message could hold them, in any disguise. A
message is repeated if it stands in the student's source, or if it is one of the known messages of
Python and NumPy, the names in it stand in that source, and its numbers are few and short.
"""

from __future__ import annotations

import ast
import builtins
import collections
import os
import re
from collections.abc import Iterable

from em_grader.sandbox.referee import cell_names

MESSAGE_OMITTED = "its message is left out, for it could hold the hidden test's data"
_MAX_DIGITS = 16
_MAX_LENGTH = 300

_ERRNO = re.compile(r"\[Errno (\d{1,3})\] ([\w ()-]{1,60})(: .*)?")
_PARTS = {
    "NAME": r"['\"]?(?P<name>[^\W\d][\w.]*)(?:\(\))?['\"]?",
    "NUMBER": r"-?\d{1,4}",
    "SHAPE": r"\((?:\d{1,4}(?:, ?\d{1,4}){0,4})?,?\)",
    "OPERATOR": r"'?[-+*/%@&|^<>=!~]{1,3}(?: or pow\(\))?'?",
    "SIGNATURE": r"\(n\?,k\),\(k,m\?\)->\(n\?,m\?\)",
}
_KNOWN_MESSAGES = """
name NAME is not defined
cannot access (local|free) variable NAME where it is not associated with a value( in enclosing scope)?
local variable NAME referenced before assignment
(module |type object )?NAME (object )?has no attribute NAME
NAME object is not (callable|iterable|subscriptable|reversible|an iterator)
NAME object (does not support|doesn't support) item (assignment|deletion)
NAME object cannot be interpreted as an integer
cannot unpack non-iterable NAME object
not enough values to unpack \\(expected (at least )?NUMBER, got NUMBER\\)
too many values to unpack \\(expected NUMBER(, got NUMBER)?\\)
unsupported operand type\\(s\\) for OPERATOR: NAME and NAME
bad operand type for (unary OPERATOR|abs\\(\\)): NAME
can only concatenate NAME \\(not NAME\\) to NAME
can't multiply sequence by non-int of type NAME
object of type NAME has no len\\(\\)
NAME missing NUMBER required positional arguments?: NAME( and NAME)?
NAME missing NUMBER required positional arguments?: NAME, NAME,( NAME,)?( NAME,)? and NAME
NAME takes (from NUMBER to )?NUMBER positional arguments? but NUMBER (was|were) given
NAME got an unexpected keyword argument NAME
NAME got multiple values for argument NAME
(list|tuple|string|list assignment|pop) index out of range
pop from empty list
(list|tuple|string) indices must be integers( or slices)?, not NAME
(float |integer )?(division|division or modulo|modulo) by zero
math (domain|range) error
(max|min)\\(\\) (arg is an empty sequence|iterable argument is empty)
maximum recursion depth exceeded( [a-z ]{1,40}(Python object)?)?
No module named NAME
must be real number, not NAME
(int|float)\\(\\) argument must be a string(, a bytes-like object)? or a real number, not NAME
OPERATOR not supported between instances of NAME and NAME
unhashable type: NAME
argument of type NAME is not (a container or )?iterable
only (length-1|0-dimensional|size-1) arrays can be converted to Python scalars
only integer scalar arrays can be converted to a scalar index
operands could not be broadcast together with shapes SHAPE SHAPE( SHAPE)?
could not broadcast input array from shape SHAPE into shape SHAPE
shapes SHAPE and SHAPE not aligned: NUMBER \\(dim NUMBER\\) != NUMBER \\(dim NUMBER\\)
matmul: Input operand NUMBER has a mismatch in its core dimension NUMBER, with gufunc signature SIGNATURE \\(size NUMBER is different from NUMBER\\)
matmul: Input operand NUMBER does not have enough dimensions \\(has NUMBER, gufunc core with signature SIGNATURE requires NUMBER\\)
cannot reshape array of size NUMBER into shape SHAPE
index NUMBER is out of bounds for (axis NUMBER with )?size NUMBER
axis NUMBER is out of bounds for array of dimension NUMBER
too many indices for array: array is NUMBER-dimensional, but NUMBER were indexed
boolean index did not match indexed array along axis NUMBER; size of axis is NUMBER but size of corresponding boolean axis is NUMBER
shape mismatch: indexing arrays could not be broadcast together with shapes SHAPE SHAPE( SHAPE)?
setting an array element with a sequence\\.( The requested array has an inhomogeneous shape after NUMBER dimensions\\. The detected shape was SHAPE \\+ inhomogeneous part\\.)?
The truth value of an array with more than one element is ambiguous\\. Use a\\.any\\(\\) or a\\.all\\(\\)
The truth value of an empty array is ambiguous\\. Use `array\\.size > 0` to check that an array is not empty\\.
zero-size array to reduction operation (maximum|minimum|fmax|fmin) which has no identity
attempt to get arg(max|min) of an empty sequence
all the input array dimensions except for the concatenation axis must match exactly, but along dimension NUMBER, the array at index NUMBER has size NUMBER and the array at index NUMBER has size NUMBER
all the input arrays must have same number of dimensions, but the array at index NUMBER has NUMBER dimension\\(s\\) and the array at index NUMBER has NUMBER dimension\\(s\\)
all input arrays must have the same shape
zero-dimensional arrays cannot be concatenated
need at least one array to (concatenate|stack)
[Ss]ingular matrix\\.?
Matrix is not positive definite
Last 2 dimensions of the array must be square
[Aa]rray must not contain infs or NaNs
(Eigenvalues|SVD) did not converge
NUMBER-dimensional array given\\. Array must be (at least two|two)-dimensional
[Tt]he input matrix must be (symmetric )?positive (semi)?definite\\.?
NUMBER-th leading minor of the array is not positive definite
einstein sum subscripts string contains too many subscripts for operand NUMBER
operand has more dimensions than subscripts given in einstein sum, but no '\\.\\.\\.' ellipsis provided to broadcast the extra dimensions\\.
cannot select an axis to squeeze out which has size not equal to one
Cannot cast ufunc NAME output from dtype\\(NAME\\) to dtype\\(NAME\\) with casting rule NAME
ufunc NAME not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''
loop of ufunc does not support argument NUMBER of type NAME which has no callable NAME method
arrays used as indices must be of integer \\(or boolean\\) type
only integers, slices \\(`:`\\), ellipsis \\(`\\.\\.\\.`\\), numpy\\.newaxis \\(`None`\\) and integer or boolean arrays are valid indices
unsupported format string passed to NAME
(assignment destination|output array) is read-only
(probabilities|Probabilities) (do not sum to 1|are not non-negative|contain NaN)(\\. See Notes section of docstring for more information\\.)?
pvals < 0, pvals > 1 or pvals contains NaNs
sum\\(pvals\\[:-1\\](\\.astype\\(np\\.float64\\))?\\) > 1\\.0\\.?( The pvals array is cast to 64-bit floating point prior to checking the sum\\. Precision changes when casting may cause problems even if the sum of the original pvals is valid\\.)?
(scale|p|lam|n|high|shape) <=? 0(, p > 1 or p (is|contains) NaNs?)?
'a' and 'p' must have same size
Cannot take a larger sample than population when replace is False
"""  # noqa: E501


def _pattern(line):
    parts = re.split("(" + "|".join(_PARTS) + ")", line)
    numbered = (
        _PARTS.get(part, part).replace("<name>", f"<name_{number}>")
        for number, part in enumerate(parts)
    )
    return re.compile("".join(numbered))


_PATTERNS = [_pattern(line) for line in _KNOWN_MESSAGES.strip().splitlines()]
_COMMON_NAMES = set(dir(builtins)) | {"self", "NoneType", "numpy", "ndarray", "same_kind"}


class StudentText:
    """The text of a student's code cells: all that feedback on a hidden test may quote.

    ``lines`` has the line numbers in its cell of each line without its indentation.
    """

    def __init__(self, sources: Iterable[str]):
        self.lines: dict[str, set[int]] = collections.defaultdict(set)
        self.words: set[str] = set()
        self.strings: set[str] = set()
        for source in sources:
            for number, line in enumerate(source.splitlines(), 1):
                self.lines[line.strip()].add(number)
            self.words.update(re.findall(r"\w+", source))
            for node in ast.walk(cell_names.parse_cell(source)):
                if isinstance(node, ast.Constant) and type(node.value) is str:
                    self.strings.add(node.value)

    def has_name(self, name: str) -> bool:
        """Whether every part of a dotted name stands in the student's source or is common."""
        return all(part in self.words or part in _COMMON_NAMES for part in name.split("."))


def safe_message(message: str, student_text: StudentText) -> str:
    """Return an exception's message as far as it may be repeated; empty for an empty message."""
    message = message.strip()
    if not message or (message in student_text.strings and len(message) <= _MAX_LENGTH):
        return message
    errno = _ERRNO.fullmatch(message)
    if errno and errno.group(2) == os.strerror(int(errno.group(1))):
        return f"[Errno {errno.group(1)}] {errno.group(2)}"
    if sum(map(str.isdigit, message)) > _MAX_DIGITS or len(message) > _MAX_LENGTH:
        return MESSAGE_OMITTED
    for pattern in _PATTERNS:
        match = pattern.fullmatch(message)
        names = filter(None, match.groupdict().values()) if match else ()
        if match and all(map(student_text.has_name, names)):
            return message
    return MESSAGE_OMITTED
