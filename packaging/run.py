#!/usr/bin/env python3
"""Sets Facet up and starts it, tests it or checks it: one script, nothing but Python needed.

    python3 packaging/run.py                  set up once, then open the window
    python3 packaging/run.py ask "…"          the same for a command of Facet (ask, list, search …)
    python3 packaging/run.py start check      `start` says that what follows is for Facet
    python3 packaging/run.py test [PYTEST…]   lint, types and all tests; with arguments only pytest
                                              (`test -q`: all tests and no lint)
    python3 packaging/run.py check            lint, format, types, import contracts, sizes
    python3 packaging/run.py bench            the benchmarks, one JSON line each
    python3 packaging/run.py manual           rewrite the manual's tables from the program
    python3 packaging/run.py lock             pin every dependency anew (needs uv)
    python3 packaging/run.py launcher         put Facet into the desktop's applications menu

Everything it installs goes into `.venv` beside this checkout. Exit 2: the machine lacks something,
and the one line to run was printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 14)
VERBS = ("start", "test", "check", "bench", "manual", "lock", "launcher")
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Does one verb; the exit code is for the shell."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return _with_another_python(arguments)
    import environment
    import launcher
    import message
    import system

    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(__doc__ or "")
        return 0
    verb, rest = (
        (arguments[0], arguments[1:])
        if arguments[:1] and arguments[0] in VERBS
        else ("start", arguments)
    )
    is_window = verb == "start" and _opens_window(rest)
    try:
        system.provide(needs_test_programs=verb == "test")
        if is_window:
            system.find_screen()
        python = environment.provide(has_tools=verb not in ("start", "launcher"))
        if verb == "launcher":
            launcher.install()
            return 0
    except message.SetupError as error:
        message.show(str(error), has_window=is_window)
        return 2
    if verb == "start":
        return _become([str(python), "-P", "-m", "app", *rest])
    import verbs

    code: int = getattr(verbs, verb)(python, rest)
    return code


def _opens_window(arguments: list[str]) -> bool:
    """Whether these arguments make Facet open its window: no command, at most a profile."""
    return not arguments or (len(arguments) == 2 and arguments[0] == "--profile")


def _become(command: list[str]) -> int:
    """Replaces this process by another; Windows, which cannot, waits for it."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def _with_another_python(arguments: list[str]) -> int:
    """Starts again under a Python that fits, if this machine has one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A pyenv shim is found even when that version is not installed.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([found, str(Path(__file__).resolve()), *arguments])
    sys.stderr.write(
        "[setup] Facet needs Python {}.{} to {}.{}; this is {}.{}. Get one from python.org or your "
        "system's packages.\n".format(*OLDEST, *NEWEST, *sys.version_info[:2])
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
