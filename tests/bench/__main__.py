"""All benchmarks: `python3 packaging/run.py bench [NAME…]`, one JSON object a line.

CPU times and ratios, because machines are noisy: figures of different machines do not compare.
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")

from PySide6.QtWidgets import QApplication

from tests.bench import events, hostile, start, storage, stream


def main(names: list[str]) -> None:
    app = QApplication(["bench"])
    benches = {
        "start": start.measure,
        "events": events.measure,
        "stream": lambda: stream.measure(app),
        "hostile": lambda: hostile.measure(app),
        "storage": lambda: storage.measure(app),
    }
    for name, measure in benches.items():
        if not names or name in names:
            measure()


if __name__ == "__main__":
    main(sys.argv[1:])
