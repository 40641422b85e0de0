"""Points as tables that learning platforms import: Canvas's gradebook, Moodle's grade import."""

import csv

from nbgrader.api import Gradebook

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("First name", "Last name", "ID number", "Email address")


def write_canvas(path, gradebook_url, assignments):
    """A table for Canvas: Grades > Import; its second row says what is possible.

    Canvas finds a student by ``SIS User ID``, which is the student's id in the gradebook, or by
    ``ID``, which is what the gradebook holds as ``lms_user_id``.

    Parameters
    ----------
    path : Path
    gradebook_url : str
    assignments : list of str
        A column each; nothing stands where nobody has handed in.
    """
    with Gradebook(gradebook_url) as gradebook:
        maxima = {each.name: each.max_score for each in gradebook.assignments}
        possible = [f"{maxima[name]:g}" for name in assignments]
        rows = [["    Points Possible", "", "", "", "", *possible]]
        for student in gradebook.students:
            name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
            scores = _scores(student, assignments)
            rows.append([name, student.lms_user_id or "", student.id, student.id, "", *scores])
    _write(path, [*CANVAS, *assignments], rows)


def write_moodle(path, gradebook_url, assignments):
    """A table for Moodle: Grades > Import > CSV, mapped by ``ID number`` or ``Email address``.

    Parameters
    ----------
    path : Path
    gradebook_url : str
    assignments : list of str
        A column each; nothing stands where nobody has handed in.
    """
    with Gradebook(gradebook_url) as gradebook:
        rows = [
            [
                student.first_name or "",
                student.last_name or "",
                student.id,
                student.email or "",
                *_scores(student, assignments),
            ]
            for student in gradebook.students
        ]
    _write(path, [*MOODLE, *assignments], rows)


def _scores(student, assignments):
    scores = {
        each.assignment.name: f"{max(0.0, each.score - each.late_submission_penalty):g}"
        for each in student.submissions
    }
    return [scores.get(name, "") for name in assignments]


def _write(path, heads, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(heads)
        table.writerows(rows)
