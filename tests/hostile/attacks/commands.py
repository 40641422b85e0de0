"""Runs shell commands."""

# ruff: noqa

import os

if os.system("true") == 0 or os.popen("id").read():
    print(LOOT, "a shell")
found = get_ipython().getoutput("cat /etc/passwd")
if any("root:" in line for line in found):
    print(LOOT, found)


def double(x):
    return 0 * np.asarray(x)
