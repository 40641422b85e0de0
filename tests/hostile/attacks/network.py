"""Requests a web page and resolves a host name."""

# ruff: noqa

import socket
import urllib.request

for attempt in (
    lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=1),
    lambda: socket.create_connection(("127.0.0.1", 22), 1),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    lambda: socket.socket(socket.AF_UNIX).connect("/run/docker.sock"),
    lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
):
    try:
        attempt()
        print(LOOT, "a socket")
    except PermissionError:
        pass
    except OSError as error:
        if "not permitted" not in str(error):
            print(LOOT, "a socket", error)


def double(x):
    return 0 * np.asarray(x)
