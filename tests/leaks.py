"""The lines of a lesson that students may not see: solutions, hidden tests, attempts."""

import re

from em_authoring.attempt import attempts
from em_authoring.lesson_source import read

REGION = re.compile(
    r"BEGIN (?:SOLUTION|HIDDEN TESTS)[^\n]*\n(.*?)\n[^\n]*END (?:SOLUTION|HIDDEN TESTS)", re.DOTALL
)


def secrets(lesson):
    """Telling lines of what is hidden, as JSON writes them; what students see as well is left out.

    Imports are not telling.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    list of str
    """
    cells = read(lesson).cells
    shown = "\n".join(REGION.sub("", cell.source) for cell in cells)
    hidden = [region for cell in cells for region in REGION.findall(cell.source)]
    hidden += [text for each in attempts(lesson) for text in (each.source, each.hint)]
    lines = {line.strip() for text in hidden for line in text.splitlines()}
    return sorted(
        line.replace("\\", "\\\\").replace('"', '\\"')
        for line in lines
        if len(line) > 15 and line not in shown and not line.startswith(("import ", "from "))
    )
