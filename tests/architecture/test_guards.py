"""The guards of tests/conftest.py: what would go unnoticed if they did not work."""

import asyncio
import os
import socket
import tempfile
import warnings
from pathlib import Path

import pytest


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_no_test_connects_beyond_this_machine(kind):
    with socket.socket(socket.AF_INET, kind) as connection:
        connection.setblocking(False)
        with pytest.raises(RuntimeError, match="A test connects to"):
            connection.connect(("192.0.2.1", 443))
        with pytest.raises(RuntimeError, match="A test connects to"):
            connection.connect_ex(("192.0.2.1", 443))


def test_no_test_looks_up_a_name():
    with pytest.raises(RuntimeError, match=r"looks up example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_names_that_never_exist_fail_as_they_would():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("practice.invalid", 443)


async def test_loopback_is_open():
    async def answer(_, writer):
        writer.write(b"here")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b"here"
        writer.close()
        await writer.wait_closed()


def test_every_folder_of_the_user_is_a_temporary_one():
    temporary = Path(tempfile.gettempdir()).resolve()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        assert Path(os.environ[name]).resolve().is_relative_to(temporary), name
    assert Path.home().resolve().is_relative_to(temporary)


def test_no_bus_and_no_key_is_inherited():
    assert os.environ["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"
    assert "FACET_API_KEY" not in os.environ


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
