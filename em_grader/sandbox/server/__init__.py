"""Processes that grade notebooks: the fork server, its clients, a Dask cluster."""
