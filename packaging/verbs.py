"""What developers and CI ask for: test, check, bench, manual, lock. One function a verb."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from environment import BINARIES, LOCK, ROOT, TOOLS_LOCK, uv_command
from message import say

# Tests need no screen and no bus; a test that wants one starts its own.
HEADLESS = {
    "QT_QPA_PLATFORM": "offscreen",
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    "QT_FONT_DPI": "96",
}


def test(python: Path, arguments: list[str]) -> int:
    """Lint, format, types and every test; with arguments only the tests pytest is asked for. Says
    at the end which were slowest, and how long all took."""
    failed = [] if arguments else _failed_checks(python)
    chooses_some = any(not argument.startswith("-") for argument in arguments)
    workers = [] if chooses_some else ["-n", "2", "--dist", "worksteal"]
    started = time.monotonic()
    code = _run([str(python), "-m", "pytest", "--durations=10", *workers, *arguments])
    say(f"tests: {'FAILED' if code else 'passed'} after {_duration(time.monotonic() - started)}")
    return code or (1 if failed else 0)


def check(python: Path, arguments: list[str]) -> int:
    """Lint, format, types, and the architecture tests (import contracts, sizes, names)."""
    failed = _failed_checks(python)
    code = _run([str(python), "-m", "pytest", "tests/architecture", *arguments])
    return code or (1 if failed else 0)


def bench(python: Path, arguments: list[str]) -> int:
    """The benchmarks: one JSON line each on standard output."""
    return _run([str(python), "-m", "tests.bench", *arguments])


def manual(python: Path, arguments: list[str]) -> int:
    """Rewrites the tables of the manual from the program's own declarations."""
    return _run([str(python), "packaging/scripts/manual.py", *arguments])


def lock(_python: Path, arguments: list[str]) -> int:
    """Pins every dependency with its hashes, for all systems; `--upgrade` takes newer ones."""
    uv = uv_command()
    if not uv:
        say("Pinning needs uv: https://docs.astral.sh/uv")
        return 2
    command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    command += ["--no-emit-index-url", "--python-version", "3.11", "pyproject.toml", *arguments]
    tools = TOOLS_LOCK.relative_to(ROOT)
    return _run([*command, "--group", "test", "-o", str(tools)]) or _run(
        [*command, "--constraint", str(tools), "-o", str(LOCK.relative_to(ROOT))]
    )


def _failed_checks(python: Path) -> list[str]:
    steps = {
        "ruff": [str(BINARIES / "ruff"), "check", "--quiet", "."],
        "ruff format": [str(BINARIES / "ruff"), "format", "--check", "--quiet", "."],
        "mypy": [str(python), "-m", "mypy", "--no-error-summary"],
    }
    failed = []
    for name, command in steps.items():
        has_passed = _run(command) == 0
        say(f"{name}: {'passed' if has_passed else 'FAILED'}")
        if not has_passed:
            failed.append(name)
    return failed


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _run(command: list[str]) -> int:
    environment = {**os.environ, **HEADLESS}
    return subprocess.call(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
