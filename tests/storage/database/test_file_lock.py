from app.storage.database.file_lock import FileLock
from tests.storage.samples import start_python

_COUNT = """
import sys
from pathlib import Path
from app.storage.database.file_lock import FileLock
print("ready", flush=True)
sys.stdin.readline()
counter = Path(sys.argv[1])
for _ in range(50):
    lock = FileLock(counter.with_name("lock"), is_passing=True)
    while not lock.acquire():
        pass
    counter.write_text(str(int(counter.read_text()) + 1))
    lock.release()
"""


def test_a_passing_lock_keeps_others_out_though_its_file_comes_and_goes(tmp_path):
    counter = tmp_path / "counter"
    counter.write_text("0")
    programs = [start_python(_COUNT, counter) for _ in range(4)]
    for program in programs:
        program.stdout.readline()
    for program in programs:
        program.communicate("\n", timeout=100)
    assert counter.read_text() == "200"
    assert [file.name for file in tmp_path.iterdir()] == ["counter"]


def test_a_lock_that_stays_keeps_its_file(tmp_path):
    lock = FileLock(tmp_path / "lock")
    assert lock.acquire()
    assert lock.is_held
    lock.release()
    assert (tmp_path / "lock").exists()
