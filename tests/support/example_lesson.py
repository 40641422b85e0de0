"""Write the source of an example lesson."""

from em_authoring.lesson_paths import Lesson


def write_example(course, body):
    """Write a lesson's source with this body into a course folder; the lesson."""
    lesson = Lesson("09-example", course)
    lesson.source.parent.mkdir(parents=True)
    head = (
        "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n---\n\n"
    )
    lesson.source.write_text(head + body, "utf-8")
    return lesson
