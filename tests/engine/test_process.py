"""A child ends with its parent, however that ends."""

import asyncio
import os
import sys
from pathlib import Path

import psutil
import pytest

import app
from app.engine.built_in import small_model
from tests.drive.waiting import until

PARENT = """
import asyncio, sys
from pathlib import Path
from app.engine.process import ChildProcess, Order

async def main():
    starting = asyncio.create_task(
        ChildProcess.started(Order(sys.argv[1], "small", sys.argv[2]), Path(sys.argv[3]))
    )
    if sys.argv[4] == "loaded":
        child = await starting
        print("ready", flush=True)
    else:
        await asyncio.sleep(0)
        print("loading", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def has_ended(process: psutil.Process) -> bool:
    """Whether it computes no more; who took it over may not have asked how it ended yet."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("when", ["loaded", "loading"])
async def test_a_killed_window_takes_its_child_with_it(
    tmp_path: Path, runtime: Path, when: str
) -> None:
    small = small_model()
    assert small is not None
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PARENT,
        small.path,
        str(runtime / "s.sock"),
        str(tmp_path / "log"),
        when,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(app.__file__).parent.parent)},
    )
    assert parent.stdout is not None
    assert (await parent.stdout.readline()).strip() == when.replace("loaded", "ready").encode()
    (child,) = psutil.Process(parent.pid).children()
    parent.kill()
    await parent.wait()
    await asyncio.to_thread(until, lambda: has_ended(child), "the end of the child", seconds=2)
