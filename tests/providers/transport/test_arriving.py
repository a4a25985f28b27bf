"""What is there is given at once; what has to be waited for is waited for, and can be given up."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from app.providers.transport import arriving
from app.providers.transport.arriving import Arriving


class Source:
    """Chunks that are ready, and gates (asyncio.Event) and errors between them."""

    def __init__(self, *items):
        self._items = items
        self.is_closed = False
        self.seen = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            for item in self._items:
                if isinstance(item, asyncio.Event):
                    await item.wait()
                elif isinstance(item, BaseException):
                    raise item
                else:
                    yield item
        except BaseException as error:
            self.seen = error
            # As httpcore does: the connection is closed before the error goes on.
            await asyncio.sleep(0)
            self.is_closed = True
            raise


def over(*items):
    source = Source(*items)
    return Arriving(aiter(source)), source


async def test_what_is_ready_comes_in_one_piece():
    subject, _ = over(b"a", b"b", b"c")
    assert await subject.read() == b"abc"
    assert await subject.read() is None
    assert await subject.read() is None


async def test_what_is_ready_does_not_wait_for_what_is_not():
    gate = asyncio.Event()
    subject, _ = over(b"a", b"b", gate, b"c", b"d")
    assert await subject.read() == b"ab"
    gate.set()
    assert await subject.read() == b"cd"
    assert await subject.read() is None


async def test_a_wait_is_one_wait_with_nothing_to_give():
    gate = asyncio.Event()
    subject, _ = over(gate, b"a")
    reading = asyncio.ensure_future(subject.read())
    await asyncio.sleep(0)
    assert not reading.done()
    gate.set()
    assert await reading == b"a"


async def test_so_much_at_once_and_no_more(monkeypatch):
    monkeypatch.setattr(arriving, "MOST", 4)
    subject, _ = over(b"aaa", b"bbb", b"c")
    assert await subject.read() == b"aaabbb"
    assert await subject.read() == b"c"


async def test_bytes_before_an_error_are_given_first():
    subject, _ = over(b"a", httpx.ReadError("gone"))
    assert await subject.read() == b"a"
    with pytest.raises(httpx.ReadError):
        await subject.read()
    assert await subject.read() is None


async def test_an_error_after_a_wait():
    gate = asyncio.Event()
    subject, _ = over(b"a", gate, httpx.ReadError("gone"))
    assert await subject.read() == b"a"
    gate.set()
    with pytest.raises(httpx.ReadError):
        await subject.read()


async def test_giving_up_ends_the_stream_in_good_order():
    subject, source = over(b"a", asyncio.Event(), b"b")
    assert await subject.read() == b"a"
    await subject.aclose()
    assert source.is_closed
    await subject.aclose()


async def test_being_cancelled_while_waiting_reaches_the_stream():
    gate = asyncio.Event()
    subject, source = over(b"a", gate, b"b")
    assert await subject.read() == b"a"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await subject.read()
    assert isinstance(source.seen, asyncio.CancelledError)
    assert source.is_closed
    await subject.aclose()
