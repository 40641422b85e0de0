"""nbgrader's configuration: it is read from the folder where a command is started, this one."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "em"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "course"

# nbgrader copies what it finds beside a notebook into the release and to where student code runs;
# the sources of the lessons and the attempts at their exercises stay where they are.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.md", "*.py",
]  # fmt: skip

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
