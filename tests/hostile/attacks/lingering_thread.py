"""Leaves a thread running that changes the answer while others are graded."""

# ruff: noqa

import threading
import time


def meddle():
    while True:
        globals()["row_log_sums_before"] = globals().get("row_log_sums")
        print("still here")
        time.sleep(0.05)


threading.Thread(target=meddle, daemon=True).start()


def double(x):
    return 0 * np.asarray(x)
