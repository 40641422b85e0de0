"""Starts threads until none can be started."""

# ruff: noqa

import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
