"""Sends a message to the system's log over one end of a pair of sockets."""

# ruff: noqa

import socket

ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
print(LOOT, "a socket that can send to anybody")
ours.connect("/dev/log")


def double(x):
    return 0 * np.asarray(x)
