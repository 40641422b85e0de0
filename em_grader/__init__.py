"""From submissions to points and feedback, on nbgrader's own roads."""
