"""A session bus of its own, with homes of its own for what starts itself on it."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.drive.screen import ending, program
from tests.drive.waiting import until

FOLDERS = {"HOME": "home", "XDG_DATA_HOME": "share", "TMPDIR": "tmp"}


@contextmanager
def own_bus(folder: Path, more: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The environment that leads to the bus; `more` is what its services get beside it."""
    environment = {name: str(folder / inner) for name, inner in FOLDERS.items()}
    for inner in environment.values():
        Path(inner).mkdir(mode=0o700)
    address = folder / "address"
    with (
        # Sockets are made in it, and their paths may have no more than 108 characters.
        tempfile.TemporaryDirectory(prefix="facet-", ignore_cleanup_errors=True) as short,
        address.open("wb") as told,
        (folder / "bus.log").open("wb") as log,
        ending(
            subprocess.Popen(
                [
                    program("dbus-daemon"),
                    "--session",
                    "--nofork",
                    f"--print-address={told.fileno()}",
                ],
                pass_fds=[told.fileno()],
                env={**os.environ, **(more or {}), **environment, "XDG_RUNTIME_DIR": short},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        ),
    ):
        until(lambda: address.read_text().endswith("\n"), "the bus is there")
        told_address = address.read_text().strip()
        yield environment | {
            "XDG_RUNTIME_DIR": short,
            "DBUS_SESSION_BUS_ADDRESS": told_address,
        }
