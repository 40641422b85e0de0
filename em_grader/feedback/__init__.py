"""What is made from grades: reports, tables for learning platforms, regrading, replay."""
