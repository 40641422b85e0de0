"""Grade submissions to the lessons: nbgrader plugins, the sandbox, points and feedback."""
