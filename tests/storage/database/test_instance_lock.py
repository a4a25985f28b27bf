import os

from app.storage.database.instance_lock import InstanceLock
from tests.storage.samples import start_python

_HOLD = """
import sys
from pathlib import Path
from app.storage.database.instance_lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.readline()
"""


def test_one_program_holds_the_lock_until_it_ends(tmp_path):
    mine = InstanceLock(tmp_path)
    with start_python(_HOLD, tmp_path) as other:
        assert other.stdout.readline() == "True\n"
        assert not mine.acquire()
        other.kill()
    assert mine.acquire()
    assert mine.acquire()
    second = InstanceLock(tmp_path)
    assert not second.acquire()
    mine.release()
    mine.release()
    assert second.acquire()
    second.release()


def test_the_lock_is_for_the_user_alone(tmp_path):
    lock = InstanceLock(tmp_path)
    lock.acquire()
    assert (tmp_path / "facet.lock").stat().st_mode & 0o077 == 0
    lock.release()


def test_a_folder_that_takes_no_file_has_no_lock(tmp_path):
    assert InstanceLock(tmp_path / "missing").acquire()


def test_a_disk_that_knows_no_locks_has_none(tmp_path, monkeypatch):
    def refuse(_file):
        raise OSError(37, "No locks available")

    monkeypatch.setattr("app.storage.database.file_lock._lock", refuse)
    before = len(os.listdir("/proc/self/fd"))
    assert InstanceLock(tmp_path).acquire()
    assert len(os.listdir("/proc/self/fd")) == before
