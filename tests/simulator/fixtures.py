"""One simulator for a test, and clients that are closed after it."""

import contextlib

import pytest

from tests.simulator import Simulator


@pytest.fixture
async def sim():
    """All simulated providers on one port."""
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def closing():
    """Takes clients and closes them at the end."""
    async with contextlib.AsyncExitStack() as stack:

        def keep(client):
            stack.push_async_callback(client.aclose)
            return client

        yield keep
