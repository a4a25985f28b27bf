"""Byte modes against an independent reader, and their own particular bytes."""

import json
import zlib

import pytest

from tests.simulator import MODES
from tests.simulator.byte_modes import Frame, byte_mode

FRAMES = [
    Frame(comment="ping", kind="comment"),
    Frame({"text": "é\u2028东👩‍👩‍👧‍👦"}),
    Frame({"text": "b"}, kind="finish"),
    Frame("[DONE]", kind="done"),
]


def written(names):
    """Every piece of the four frames in a mode, as the stream writer makes them."""
    mode, pieces = byte_mode(names), []
    for number, frame in enumerate(FRAMES):
        is_last = number == len(FRAMES) - 1
        data = mode.render(frame)
        data = mode.last(data) if is_last else data
        pieces += mode.pieces(mode.packed(data, end=is_last))
    return [piece for piece in pieces if piece]


def understood(data):
    """The data of each event, after the WHATWG grammar (with a flush at the end)."""
    text = data.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    events, lines = [], []
    for line in [*text.split("\n"), "", ""]:
        if not line and lines:
            events.append("\n".join(lines))
            lines = []
        elif line.startswith("data:"):
            lines.append(line[5:].removeprefix(" "))
    return events


@pytest.mark.parametrize("name", MODES)
def test_every_mode_says_the_same(name):
    data = b"".join(written(name))
    data = zlib.decompress(data, wbits=31) if "gzip" in name else data
    first, second, done = understood(data)
    assert json.loads(first)["text"] == "é\u2028东👩‍👩‍👧‍👦"
    assert json.loads(second)["text"] == "b"
    assert done == "[DONE]"


def test_pieces_are_cut_where_the_mode_says():
    assert all(len(piece) == 1 for piece in written("byte_per_write"))
    inside = written("inside_characters")
    assert any(piece[0] & 0xC0 == 0x80 for piece in inside)
    with pytest.raises(UnicodeDecodeError):
        [piece.decode() for piece in inside]
    assert any(piece.startswith(b"\n") for piece in written("between_cr_and_lf"))


def test_line_ends_and_marks_are_as_named():
    assert b"\n" not in b"".join(written("cr"))
    mixed = b"".join(written("mixed"))
    assert b"\r\n" in mixed
    assert mixed.count(b"\n") > mixed.count(b"\r\n")
    assert mixed.replace(b"\r\n", b"").count(b"\r")
    assert b"".join(written("bom")).startswith(b"\xef\xbb\xbf:")
    assert b"data:{" in b"".join(written("no_space"))
    assert b"id: 1\nretry: 3000\ndata: " in b"".join(written("fields"))
    assert b"".join(written("no_newline")).endswith(b"data: [DONE]")
    assert b"".join(written("no_blank_line")).endswith(b"data: [DONE]\n")
    assert "a\u2028\u2029\u0085b".encode() in b"".join(written("separators"))
    assert len(b"".join(written("big_line"))) > 5_000_000


def test_modes_can_be_joined():
    data = b"".join(written("crlf+bom+no_newline"))
    assert data.startswith(b"\xef\xbb\xbf: ping\r\n\r\n")
    assert data.endswith(b"\r\n\r\ndata: [DONE]")


def test_packed_streams_come_event_by_event_or_at_the_end():
    assert len(written("gzip_events")) == len(FRAMES)
    unpacker = zlib.decompressobj(wbits=31)
    whole = written("gzip")
    assert unpacker.decompress(whole[0]) == b""
