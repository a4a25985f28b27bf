"""The whole program in a process of its own, on one answer of 20,000 events over a real socket.

What is counted is the program's process alone: provider, screen and this one are others. Figures
to set beside it: other clients on the same answer need 114 to 139 CPU s at 200 tokens a second
and 0.9 all at once; receiving it alone takes 2 and 0.25.
"""

from __future__ import annotations

import mmap
import os
import random
import selectors
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.corpus import answer
from tests.bench.figure import figure, percentile
from tests.bench.keys import BACKSPACE, Keys
from tests.bench.speaker import MODEL
from tests.drive.facet import Facet
from tests.drive.provider import connect
from tests.drive.screen import HEIGHT, WIDTH, Screen, ending, new_screen

EVENTS = 20_000
SIZE = 82_677
PACE = 200
SETTLED = 2.0
"""Seconds without a change after which the window counts as settled."""
LETTERS = 15
"""So many letters are typed and taken back again, so that they stay where they are watched."""
IDLE = 8.0
"""Seconds given to everything the program does when nothing else is to be done."""


class Watch:
    """A part of the screen; `changed` tells whether it looks other than at the last call."""

    def __init__(self, screen: Screen, x: int, y: int, width: int, height: int) -> None:
        with screen.picture.open("rb") as file:
            self._seen = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = [int.from_bytes(self._seen[i * 4 : i * 4 + 4], "big") for i in range(20)]
        start, stride = header[0] + header[19] * 12, header[12]
        rows = range(max(0, y), min(HEIGHT, y + height), 2)
        left, right = max(0, x), min(WIDTH, x + width)
        self._lines = [
            (start + r * stride + left * 4, start + r * stride + right * 4) for r in rows
        ]
        self._last = self._look()

    def _look(self) -> int:
        seen, total = self._seen, 0
        for start, end in self._lines:
            total = zlib.adler32(seen[start:end], total)
        return total

    def changed(self) -> bool:
        now = self._look()
        is_other, self._last = now != self._last, now
        return is_other


@dataclass
class Run:
    """What one answer cost: CPU s, milliseconds from its last byte until the window stood still,
    and the memory held by the process alone, MB: idle, with a question written, and after it."""

    cpu: float
    shown: float
    idle: float
    before: float
    after: float
    latencies: list[float]


@contextmanager
def speaker(text: Path, pace: float) -> Iterator[subprocess.Popen[str]]:
    """The provider; its first line is the port."""
    command = [sys.executable, "-m", "tests.bench.speaker", str(text), str(EVENTS), str(pace)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    with ending(process):
        yield process


def _held(process: psutil.Process) -> float:
    """Without the pages of libraries, which other processes share more or less of."""
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon")) / 1e3


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


class _Typist:
    """Types letters and takes them back, at uneven moments, and measures until it shows."""

    def __init__(self, screen: Screen, field: Watch) -> None:
        self._keys = Keys(screen.display)
        self._field = field
        self._dice = random.Random(1)
        self._next = time.monotonic() + 1
        self._pressed = 0.0
        self._count = 0
        self.latencies: list[float] = []

    def step(self) -> None:
        now = time.monotonic()
        if self._pressed:
            if self._field.changed():
                self.latencies.append(time.monotonic() - self._pressed)
                self._pressed = 0.0
            elif now - self._pressed > 1:
                self.latencies.append(now - self._pressed)
                self._pressed = 0.0
        elif now >= self._next:
            self._field.changed()
            letter = ord(self._dice.choice("abdefghkmnoprsuvw"))
            is_back = self._count // LETTERS % 2
            self._pressed = self._keys.press(BACKSPACE if is_back else letter)
            self._count += 1
            self._next = now + self._dice.uniform(0.08, 0.25)


def run(folder: Path, text: Path, pace: float, follow: str, *, types: bool = False) -> Run:
    """One answer in a fresh profile; `types` has letters typed while it comes."""
    folder.mkdir()
    with new_screen(folder) as screen, speaker(text, pace) as provider:
        port = _line(provider)
        profile = folder / "profile"
        more = {"reading.follow": follow}
        connect(profile, f"http://127.0.0.1:{port}/v1", MODEL, **more)
        facet = Facet(screen, profile, environment=_users(folder))
        try:
            facet.shown("Facet")
            process = psutil.Process(facet.process.pid)
            x, y, width, height = facet.place()
            middle = x + width // 3
            transcript = Watch(screen, middle, y + height // 8, width // 4, height // 2)
            field = Watch(screen, x + width // 5, y + height - 150, width // 4, 70)
            time.sleep(IDLE)
            idle = _held(process)
            facet.type("Go")
            time.sleep(IDLE)
            before, began = _held(process), _cpu(process)
            facet.key("Return")
            typist = _Typist(screen, field) if types else None
            ended, at = _watch(provider, transcript, typist)
            spent = _cpu(process) - began
            time.sleep(IDLE)
            after = _held(process)
            if not types:
                facet.quit()
        finally:
            facet.end()
    shown = (at - ended) * 1000
    return Run(spent, shown, idle, before, after, typist.latencies if typist else [])


def _users(folder: Path) -> dict[str, str]:
    """What a user's Python has and ours has not: compiled modules are kept, and the tools of our
    tests, which httpx would load if it found them, are not there."""
    shadow = folder / "shadow"
    shadow.mkdir()
    (shadow / "click.py").write_text("raise ImportError\n", encoding="utf-8")
    here = str(Path(__file__).parents[2])
    return {"PYTHONPATH": os.pathsep.join((str(shadow), here)), "PYTHONDONTWRITEBYTECODE": ""}


def _watch(
    provider: subprocess.Popen[str], transcript: Watch, typist: _Typist | None
) -> tuple[float, float]:
    """When the last byte was sent and when the window last changed, s on the monotonic clock."""
    assert provider.stdout is not None
    waiting = selectors.DefaultSelector()
    waiting.register(provider.stdout, selectors.EVENT_READ)
    ended = changed = 0.0
    looked = 0.0
    while not ended or time.monotonic() < max(ended, changed) + SETTLED:
        if waiting.select(0.0005 if typist else 0.004) and not ended:
            ended = float(_line(provider))
        if typist:
            typist.step()
        elif time.monotonic() > looked + (0.004 if ended else 0.03):
            looked = time.monotonic()
            if transcript.changed():
                changed = looked
    return ended, max(changed, ended)


def measure(path: Path | None = None, *, only_at_once: bool = False) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        text = path or folder / "answer.md"
        if path is None:
            text.write_text(answer(SIZE)[:SIZE], encoding="utf-8")
        quick = [run(folder / f"quick{n}", text, 0, "always") for n in range(3)]
        quick.sort(key=lambda one: one.cpu)
        figure("program_at_once_cpu_s", quick[1].cpu, "s")
        figure("program_at_once_shown_ms", sorted(one.shown for one in quick)[1], "ms")
        figure("program_at_once_memory_mb", quick[1].after - quick[1].before, "MB")
        if only_at_once:
            return
        for follow in ("reading", "always"):
            slow = run(folder / follow, text, PACE, follow)
            figure(f"program_200_{follow}_cpu_s", slow.cpu, "s")
            figure(f"program_200_{follow}_shown_ms", slow.shown, "ms")
            figure(f"program_200_{follow}_memory_mb", slow.after - slow.before, "MB")
            figure(f"program_200_{follow}_memory_since_idle_mb", slow.after - slow.idle, "MB")
        typed = run(folder / "typed", text, PACE, "always", types=True)
        figure("program_typing_p50_ms", percentile(typed.latencies, 0.5) * 1000, "ms")
        figure("program_typing_p95_ms", percentile(typed.latencies, 0.95) * 1000, "ms")
        figure("program_typing_max_ms", max(typed.latencies) * 1000, "ms")
