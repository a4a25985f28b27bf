"""The simulator of the providers in a thread, for programs in processes of their own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.providers.catalogue.address import custom_profile
from tests.drive.facet import write_settings
from tests.simulator import Simulator


@contextmanager
def running_simulator() -> Iterator[Simulator]:
    """A simulator that answers until the end; its record may be read at any time."""
    loop = asyncio.new_event_loop()
    simulator = Simulator()
    loop.run_until_complete(simulator.start())
    thread = threading.Thread(target=loop.run_forever, name="simulator")
    thread.start()
    try:
        yield simulator
    finally:
        asyncio.run_coroutine_threadsafe(simulator.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def connect(
    profile: Path, base_url: str, model: str, *, needs_key: bool = False, **more: Any
) -> str:
    """Writes settings in which this address is known and its model chosen; the provider's id."""
    address = custom_profile(base_url, name="Simulator", needs_key=needs_key)
    custom = {
        "id": address.id,
        "name": address.name,
        "base_url": address.base_url,
        "dialect": address.dialect,
        "needs_key": needs_key,
    }
    settings = {"providers.custom": [custom], "models.last": f"{address.id}/{model}"}
    write_settings(profile, settings | more)
    return address.id
