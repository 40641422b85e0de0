"""A sample class of ten students that nbgrader grades in two lessons of the course."""
