"""Small reads that follow each other closely rest between; a first word and large ones do not."""
# ruff: noqa: ASYNC109 - httpcore asks for these arguments

import ssl
import tomllib

import httpcore
import httpx
import pytest
from packaging.requirements import Requirement

from app.providers.transport import gathering
from app.providers.transport.gathering import GULP, SMALL, GatheringStream, GatheringTransport


class Line(httpcore.AsyncNetworkStream):
    """A connection that has something to read at every time."""

    def __init__(self, *sizes):
        self._sizes = list(sizes)
        self.sent = b""

    async def read(self, max_bytes, timeout=None):
        return b"x" * self._sizes.pop(0)

    async def write(self, buffer, timeout=None):
        self.sent += buffer

    async def aclose(self):
        self.sent += b"closed"

    async def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        return Line(1)

    def get_extra_info(self, info):
        return f"told {info}"


@pytest.fixture
def rests(monkeypatch):
    """The rests taken, seconds; time passes only in them."""
    taken, now = [], [100.0]

    async def sleep(seconds):
        taken.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(gathering.asyncio, "sleep", sleep)

    def stream(*sizes):
        line = Line(*sizes)
        subject = GatheringStream(line)
        subject._now = lambda: now[0]
        return subject, line

    return taken, now, stream


async def test_the_first_two_pieces_do_not_wait_and_the_others_come_a_gulp_apart(rests):
    taken, _, stream = rests
    subject, _ = stream(5, 5, 5, 5)
    await subject.read(100)
    await subject.read(100)
    assert taken == []
    await subject.read(100)
    await subject.read(100)
    assert taken == pytest.approx([GULP, GULP])


async def test_time_that_went_by_counts(rests):
    taken, now, stream = rests
    subject, _ = stream(5, 5, 5)
    await subject.read(100)
    await subject.read(100)
    now[0] += 0.75 * GULP
    await subject.read(100)
    assert taken == pytest.approx([0.25 * GULP])


async def test_large_pieces_do_not_rest(rests):
    taken, _, stream = rests
    subject, _ = stream(SMALL, SMALL, SMALL, SMALL)
    for _ in range(4):
        await subject.read(100)
    assert taken == []


async def test_a_slow_stream_does_not_rest(rests):
    taken, now, stream = rests
    subject, _ = stream(5, 5, 5, 5)
    for _ in range(4):
        await subject.read(100)
        now[0] += 2 * GULP
    assert taken == []


async def test_an_answer_to_what_was_written_does_not_rest(rests):
    taken, _, stream = rests
    subject, line = stream(5, 5, 5)
    await subject.read(100)
    await subject.read(100)
    await subject.write(b"question")
    await subject.read(100)
    assert (taken, line.sent) == ([], b"question")


async def test_an_encrypted_connection_gathers_too_and_all_else_is_passed_on():
    line = Line(5)
    subject = GatheringStream(line)
    inner = await subject.start_tls(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    assert isinstance(inner, GatheringStream)
    assert subject.get_extra_info("peer") == "told peer"
    await subject.aclose()
    assert line.sent == b"closed"


async def test_the_pool_of_the_transport_opens_gathering_connections(monkeypatch):
    opened = []

    class Backend(gathering.GatheringBackend):
        async def connect_tcp(self, host, port, timeout=None, *more, **others):
            opened.append((host, port))
            raise httpcore.ConnectError("refused")

    monkeypatch.setattr(gathering, "GatheringBackend", Backend)
    transport = GatheringTransport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    async with httpx.AsyncClient(transport=transport) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("http://example.test:81/")
    assert opened == [("example.test", 81)]


def test_what_is_relied_on_of_httpx_is_there():
    """Its transport sends through `_pool`, which httpx does not promise, and whose limits are ours
    to repeat. Where this fails, look at GatheringTransport before httpx is let be newer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    theirs = httpx.AsyncHTTPTransport(verify=context, trust_env=False)._pool
    ours = GatheringTransport(context)._pool
    assert type(theirs) is type(ours) is httpcore.AsyncConnectionPool
    own = {"_network_backend", "_optional_thread_lock", "_connections", "_requests"}
    assert set(vars(theirs)) == set(vars(ours))
    for name in set(vars(theirs)) - own:
        assert getattr(theirs, name) == getattr(ours, name), name


def test_no_newer_httpx_is_let_in_than_the_one_that_was_looked_at(request):
    project = tomllib.loads((request.config.rootpath / "pyproject.toml").read_text("utf-8"))
    wanted = {
        Requirement(text).name: Requirement(text) for text in project["project"]["dependencies"]
    }
    assert not wanted["httpx"].specifier.contains("0.29")
    assert not wanted["httpcore"].specifier.contains("2")
