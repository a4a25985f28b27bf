"""All benchmarks: `python3 packaging/run.py bench [NAME…]`, one JSON object a line.

CPU times and ratios, because machines are noisy: figures of different machines do not compare.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")

from PySide6.QtWidgets import QApplication

from tests.bench import events, growing, hostile, opening, program, start, storage, stream


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="which; all when none is named")
    parser.add_argument("--answer", type=Path, help="the text that `program` is answered with")
    given = parser.parse_args(words)
    names, answer = given.names, given.answer
    app = QApplication(["bench"])
    benches = {
        "start": start.measure,
        "events": events.measure,
        "stream": lambda: stream.measure(app),
        "growing": lambda: growing.measure(app),
        "hostile": lambda: hostile.measure(app),
        "storage": lambda: storage.measure(app),
        "open": opening.measure,
        "program": lambda: program.measure(answer),
    }
    for name, measure in benches.items():
        if not names or name in names:
            measure()


if __name__ == "__main__":
    main(sys.argv[1:])
