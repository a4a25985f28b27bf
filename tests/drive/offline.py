"""Runs `python -P -m app …` in this process and refuses it every socket that leads to a network.

For machines that let nobody, not even root in a container, make an empty network with `unshare`.
"""

import runpy
import socket
import sys


class NetworkUsedError(RuntimeError):
    """The program reached for a network."""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise NetworkUsedError(f"It looks up {arguments[0]}.")
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        family = getattr(arguments[0], "family", None)
        if family in (socket.AF_INET, socket.AF_INET6):
            raise NetworkUsedError(f"It uses {arguments[1]}.")


if __name__ == "__main__":
    sys.argv = sys.argv[sys.argv.index("-m") + 1 :]
    sys.addaudithook(_watch)
    runpy.run_module("app", run_name="__main__", alter_sys=True)
