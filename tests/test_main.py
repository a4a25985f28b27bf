"""The program as a shell starts it; commands one by one are in tests/cli."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _start(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "app", *arguments]


def test_an_unusable_folder_is_explained_in_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = subprocess.run(
        _start("--profile", str(blocked / "below"), "list"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("facet: ")
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_causes_no_complaint(tmp_path: Path) -> None:
    command = " ".join(
        [sys.executable, "-m", "app", "--profile", str(tmp_path), "models", "--json", "| head -n 1"]
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
