import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from app.core.errors import ProtocolError, UnavailableError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.profile import ProviderProfile
from app.providers.transport import delivery
from app.providers.transport.delivery import Delivery, Unpacker
from app.providers.transport.http import Timeouts

TEXT = b"data: hello\n\n" * 50


@pytest.fixture
def profile(catalogue: Catalogue) -> ProviderProfile:
    return catalogue.profile("openrouter")


def unpack(encoding: str, data: bytes, profile: ProviderProfile, size: int = 7) -> bytes:
    unpacker = Unpacker(encoding, profile)
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    return b"".join(part for piece in pieces for part in unpacker.feed(piece)) + b"".join(
        unpacker.flush()
    )


RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT[:26], mtime=0) + gzip.compress(TEXT[26:], mtime=0)),
        ("", gzip.compress(TEXT, mtime=0)),
        ("gzip", TEXT),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW_DEFLATE),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_one_layer_is_undone(
    encoding: str, data: bytes, size: int, profile: ProviderProfile
) -> None:
    assert unpack(encoding, data, profile, size) == TEXT


def test_a_single_byte_is_not_lost(profile: ProviderProfile) -> None:
    assert unpack("", b"x", profile) == b"x"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "gzip, br", "zstd"])
def test_stacked_and_unknown_packings_are_refused(encoding: str, profile: ProviderProfile) -> None:
    with pytest.raises(ProtocolError, match="although asked not to"):
        Unpacker(encoding, profile)


def test_damaged_packing_is_said(profile: ProviderProfile) -> None:
    data = bytearray(gzip.compress(TEXT))
    data[12:20] = b"\xff" * 8
    with pytest.raises(ProtocolError, match="cannot be unpacked") as caught:
        unpack("gzip", bytes(data), profile, 100_000)
    assert "first bytes" in caught.value.details


def test_a_bomb_is_too_much(profile: ProviderProfile) -> None:
    bomb = gzip.compress(b"\0" * (100 << 20), 9)
    with pytest.raises(ProtocolError, match="too much"):
        unpack("gzip", bomb, profile, len(bomb))


def deliver(chunks: list[bytes | float], timeouts: Timeouts, profile: ProviderProfile) -> Delivery:
    async def body() -> AsyncIterator[bytes]:
        for chunk in chunks:
            if isinstance(chunk, float):
                await asyncio.sleep(chunk)
            else:
                yield chunk

    response = httpx.Response(200, content=body())
    return Delivery(response, timeouts, profile, asyncio.get_running_loop().time())


SHORT = Timeouts(1, 0.1, 0.1, 0.2, None)


@pytest.mark.parametrize(
    ("chunks", "timeouts", "says"),
    [
        ([9.0], SHORT, "did not answer within 0.1"),
        ([b"data: a", 9.0], SHORT, "sent nothing for 0.1"),
        ([b": ping\n\n", 0.05] * 90, SHORT, "no word of the answer for 0.2"),
        ([b": ping\n\n", 0.05] * 90, replace(SHORT, content=9, total=0.2), "longer than 0.2"),
    ],
)
async def test_every_wait_has_its_own_sentence(
    chunks: list[bytes | float], timeouts: Timeouts, says: str, profile: ProviderProfile
) -> None:
    subject = deliver(chunks, timeouts, profile)

    async def read() -> None:
        async for _ in subject:
            pass

    with pytest.raises(UnavailableError, match=says) as caught:
        await read()
    assert caught.value.is_retryable
    await subject.aclose()


async def test_progress_extends_the_wait_for_content(profile: ProviderProfile) -> None:
    patient = Timeouts(5, 5, 5, 0.3, None)
    subject = deliver([b"ab", 0.06] * 8, patient, profile)
    seen = 0
    async for _ in subject:
        subject.progressed()
        seen += 1
    assert seen == 8


async def test_after_the_end_it_ends_quietly_and_comments_do_not_extend_it(
    profile: ProviderProfile,
) -> None:
    subject = deliver([b": ping\n\n", 0.03] * 99, SHORT, profile)
    started = asyncio.get_running_loop().time()
    async for _ in subject:
        subject.end_within(0.1)
    assert asyncio.get_running_loop().time() - started < 0.5
    await subject.aclose()


async def test_more_bytes_than_any_answer_has(
    profile: ProviderProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MAX_BYTES", 10)
    subject = deliver([b"12345678", 0.01, b"12345678"], SHORT, profile)
    assert await anext(subject) == b"12345678"
    with pytest.raises(ProtocolError, match="too much"):
        await anext(subject)
