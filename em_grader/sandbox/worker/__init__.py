"""The sandboxed process, which runs a student's cells."""
