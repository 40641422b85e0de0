"""What instructors and students read after grading: reports, tables, regrading, replay."""
