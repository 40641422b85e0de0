"""Submitted notebooks: reading a file, rebuilding it from the release, the roles of its cells."""
