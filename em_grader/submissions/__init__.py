"""Read submitted notebooks and rebuild them from the release; roles of cells, and notes."""
