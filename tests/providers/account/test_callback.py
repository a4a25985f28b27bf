import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.core.errors import UnavailableError
from app.providers.account.callback import Callback


async def sent(url, text=None, *, host=None):
    """What the listener answers to a request written by hand."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    writer.write(
        (text or f"GET {target} HTTP/1.1\r\nHost: {host or parts.netloc}\r\n\r\n").encode()
    )
    reply = await reader.read()
    writer.close()
    return reply.decode()


def listens(port):
    """Whether anything on this computer listens at a port, as the kernel says."""
    wanted = f":{port:04X}"
    rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return any(row.split()[1].endswith(wanted) and row.split()[3] == "0A" for row in rows)


async def test_one_code_is_taken_and_the_address_is_closed():
    async with Callback() as callback:
        port = urlsplit(callback.url).port
        assert listens(port)
        waiting = asyncio.ensure_future(callback.code(10))
        reply = await sent(f"{callback.url}?code=abc-123")
        assert await waiting == "abc-123"
        assert not listens(port)
    assert reply.startswith("HTTP/1.1 200")
    assert "go back to Facet" in reply
    assert "<script" not in reply


async def test_it_listens_on_this_computer_alone():
    async with Callback() as callback:
        assert urlsplit(callback.url).hostname == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "change", "host"),
    [
        ("?code=abc-123", ("GET", "POST"), None),
        ("x?code=abc-123", None, None),
        ("", None, None),
        ("?code=", None, None),
        ("?code=a&code=b-123", None, None),
        ("?code=%00%01abc", None, None),
        ("?code=abc-123", None, "evil.example:80"),
    ],
    ids=["method", "path", "no code", "empty", "two", "bytes", "host"],
)
async def test_any_other_request_is_refused_and_the_wait_goes_on(path, change, host):
    async with Callback() as callback:
        url = callback.url + path
        text = None
        if change:
            parts = urlsplit(url)
            text = f"POST {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
        assert (await sent(url, text, host=host)).startswith("HTTP/1.1 404")
        waiting = asyncio.ensure_future(callback.code(10))
        await sent(f"{callback.url}?code=good-123")
        assert await waiting == "good-123"


@pytest.mark.parametrize("text", ["GET / HTTP", "\x00\xff\r\n\r\n", "x" * 20_000 + "\r\n\r\n"])
async def test_noise_does_not_end_the_wait(text):
    async with Callback() as callback:
        parts = urlsplit(callback.url)
        _, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(text.encode("latin-1"))
        writer.close()
        waiting = asyncio.ensure_future(callback.code(10))
        await sent(f"{callback.url}?code=good-123")
        assert await waiting == "good-123"


async def test_a_browser_that_never_comes_is_given_up():
    async with Callback() as callback:
        port = urlsplit(callback.url).port
        with pytest.raises(UnavailableError):
            await callback.code(0.01)
    assert not listens(port)


async def test_leaving_closes_the_address():
    ports = []

    async def fail():
        async with Callback() as callback:
            ports.append(urlsplit(callback.url).port)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert not listens(ports[0])


async def test_two_waits_have_two_secret_paths():
    async with Callback() as one, Callback() as two:
        paths = {urlsplit(each.url).path for each in (one, two)}
    assert len(paths) == 2
    assert all(len(path) > 20 for path in paths)
