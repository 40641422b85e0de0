"""Starting and using the processes that grade notebooks, on this machine or on a Dask cluster."""
