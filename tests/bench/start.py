"""CPU until the first paint, and the memory an idle window holds, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from tests.bench.figure import figure

RUNS = 5


def _environment() -> dict[str, str]:
    """Ours, but with compiled modules kept, as on any user's machine."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _probe(kind: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.probe", kind, profile],
            env=_environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _least(kind: str) -> dict[str, float]:
    runs = [_probe(kind) for _ in range(RUNS)]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def measure() -> None:
    skeleton, lazy, eager = _least("skeleton"), _least("window"), _least("eager")
    figure("start_window_cpu_ms", lazy["paint_ms"], "ms")
    figure("start_skeleton_cpu_ms", skeleton["paint_ms"], "ms")
    figure("start_skeleton_ratio", lazy["paint_ms"] / skeleton["paint_ms"], "ratio")
    figure("start_lazy_eager_ratio", lazy["paint_ms"] / eager["paint_ms"], "ratio")
    figure("start_idle_cpu_ms", lazy["ready_ms"], "ms")
    figure("idle_rss_mb", lazy["rss_mb"], "MB")
    figure("idle_rss_skeleton_mb", skeleton["rss_mb"], "MB")
