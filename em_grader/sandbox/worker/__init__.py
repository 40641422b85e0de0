"""The process in the jail that runs a student's cells."""
