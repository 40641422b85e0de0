"""Find the lines of a lesson that students may not see: solutions, hidden tests, wrong answers."""

import re

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_source import read_lesson_source
from em_authoring.nbgrader_release_config import HIDDEN_TESTS, SOLUTION

BEGIN, END = ("|".join(marks) for marks in zip(SOLUTION, HIDDEN_TESTS, strict=True))
REGION = re.compile(rf"(?:{BEGIN})[^\n]*\n(.*?)\n[^\n]*(?:{END})", re.DOTALL)


def hidden_lines(lesson):
    """List the hidden lines of a lesson as JSON writes them.

    Lines that students see elsewhere are left out, and so are imports and short lines.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    list of str
    """
    cells = read_lesson_source(lesson).cells
    shown = "\n".join(REGION.sub("", cell.source) for cell in cells)
    hidden = [region for cell in cells for region in REGION.findall(cell.source)]
    known = lesson_wrong_answers(lesson.source.parent)
    hidden += [text for answer in known.wrong for text in (answer.source, answer.hint)]
    hidden += [text for answer in known.right for text in (answer.source, answer.remark)]
    lines = {line.strip() for text in hidden for line in text.splitlines()}
    return sorted(
        line.replace("\\", "\\\\").replace('"', '\\"')
        for line in lines
        if len(line) > 15 and line not in shown and not line.startswith(("import ", "from "))
    )
