"""What runs in the child process: one model file, served on one socket until the parent ends.

Started as `python -m app.engine.child`. The first line of standard input is a JSON object (`Order`
in `app.engine.process`); one JSON line on standard output says that the model is ready, or why it
is not. Nothing else is read: the end of standard input is the end of the parent, and of this.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
from typing import Any

NO_ENGINE, NOT_LOADED = 3, 4
"""Exit codes: the engine is not installed here; the model or the socket could not be had."""


def main() -> None:
    """Serves until the parent ends. Never returns: the engine's own threads would be waited for."""
    _leave_no_picture()
    _yield()
    order = json.loads(sys.stdin.readline())
    _end_with_parent()
    try:
        import xllamacpp
    except ImportError as error:
        _say(state="no engine", message=str(error))
        os._exit(NO_ENGINE)
    try:
        server = xllamacpp.Server(_parameters(xllamacpp, order))
    except RuntimeError as error:
        _say(state="not loaded", message=str(error))
        os._exit(NOT_LOADED)
    if order["socket"]:
        os.chmod(order["socket"], 0o600)
    _say(state="ready", address=server.listening_address)
    while sys.stdin.read(4096):
        pass
    os._exit(0)


def _parameters(xllamacpp: Any, order: dict[str, Any]) -> Any:
    """The order in the engine's words: one socket, and nothing but answers on it."""
    wanted = xllamacpp.CommonParams()
    wanted.model.path = order["model"]
    # Its answers say which model wrote them: by its id, not by where its file lies.
    wanted.model_alias = {order["name"]}
    if order["vision"]:
        wanted.mmproj.path = order["vision"]
    if order["socket"]:
        _clear(order["socket"])
        wanted.hostnames = [order["socket"]]
    else:
        wanted.hostnames = ["127.0.0.1"]
        wanted.port = 0
        wanted.api_keys = [order["key"]]
    wanted.ui = False
    wanted.endpoint_slots = False
    wanted.endpoint_metrics = False
    wanted.n_parallel = order["slots"]
    wanted.n_ctx = order["context"] * order["slots"]
    # Each answer in memory of its own: with one memory for all, an answer depends on what else is
    # written at the time, and the same seed no longer gives the same words.
    wanted.kv_unified = False
    # Eight bits for what was read take half the memory of sixteen; long questions are read slower.
    if order["cache_bits"] == 8:
        wanted.cache_type_k = wanted.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_Q8_0
    wanted.cache_ram_mib = 0
    wanted.cpuparams.n_threads = order["threads"]
    # Reading a question takes every core, for people wait for it; the window comes first (_yield).
    wanted.cpuparams_batch.n_threads = order["threads"] + 1
    wanted.n_batch = wanted.n_ubatch = 256
    wanted.n_threads_http = order["slots"] + 2
    wanted.use_jinja = True
    wanted.sampling.penalty_repeat = order["repetition"]
    wanted.warmup = False
    wanted.verbosity = 2
    return wanted


def _clear(path: str) -> None:
    """Removes the socket a child left that was killed; one that somebody listens on stays."""
    probe = socket.socket(socket.AF_UNIX)
    with contextlib.closing(probe):
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            os.unlink(path)
        except FileNotFoundError:
            pass


def _end_with_parent() -> None:
    """Has the system end this process with its parent, also in the middle of loading a model.

    The engine loads without letting other threads of Python run, so a thread that waits for the
    end of standard input would notice too late. The kernel does not wait: it sends SIGIO when the
    other end of the pipe goes, and SIGIO ends a program that does not handle it.
    """
    if sys.platform == "linux":
        import fcntl

        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
        if select.select([0], [], [], 0)[0]:
            os._exit(0)


def _yield() -> None:
    """Lets the window go first: it must not stutter while a model reads or writes."""
    if sys.platform != "win32":
        os.nice(5)


def _leave_no_picture() -> None:
    """A crash leaves no picture of memory: it would hold what was asked."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
