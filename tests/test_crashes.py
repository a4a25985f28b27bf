"""What a crash of the program leaves on the disk."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from app.crashes import CRASH_LOG

CRASH = """
import os, resource, signal, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
from app.crashes import guard
guard(Path(sys.argv[1]))
secret = "sk-or-v1-0123456789"
if "limit" in sys.argv:
    print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
def where_it_happened(key):
    os.kill(os.getpid(), signal.SIGSEGV)
where_it_happened(secret)
"""


def crash(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CRASH, str(folder), *words],
        env={"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_crash_tells_where_and_keeps_no_memory(tmp_path: Path) -> None:
    run = crash(tmp_path, "limit")
    assert run.returncode == -signal.SIGSEGV
    assert run.stdout.strip() == "0"
    written = (tmp_path / CRASH_LOG).read_text()
    assert "where_it_happened" in written
    assert "sk-or-v1" not in written
    assert (tmp_path / CRASH_LOG).stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == [CRASH_LOG]


def test_without_a_folder_for_it_the_crash_is_told_on_standard_error(tmp_path: Path) -> None:
    run = crash(tmp_path / "missing")
    assert "where_it_happened" in run.stderr
