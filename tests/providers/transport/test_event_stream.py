import random
from itertools import pairwise

import httpx
import httpx_sse
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ProtocolError
from app.providers.transport.event_stream import STRAY, EventSplitter, ServerEvent

ODD = (
    b'\xef\xbb\xbf: hello\r\n\r\ndata:{"a":1}\n\nevent: note\rdata: one\rdata: two\r\r'
    b"id: 7\r\ndata\r\ndata: x\r\n\r\nretry: 10\n\n: c\n\n"
    b"data: gr\xc3\xbc\xc3\x9fe \xe2\x80\xa8\xc2\x85\x0b|\n\n"
    b"data:  two blanks\n\ndata: last"
)
READ = [
    ("", '{"a":1}'),
    ("note", "one\ntwo"),
    ("", "\nx"),
    ("", "grüße \u2028\x85\x0b|"),
    ("", " two blanks"),
    ("", "last"),
]


def split(chunks: list[bytes]) -> list[ServerEvent]:
    splitter = EventSplitter()
    events = [event for chunk in chunks for event in splitter.feed(chunk)]
    return events + splitter.flush()


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def test_every_oddity_in_one_piece() -> None:
    assert split([ODD]) == READ


@pytest.mark.parametrize("place", range(len(ODD) + 1))
def test_the_same_events_wherever_the_bytes_are_cut(place: int) -> None:
    assert split([ODD[:place], ODD[place:]]) == READ


def test_the_same_events_byte_by_byte() -> None:
    assert split([bytes([byte]) for byte in ODD]) == READ


@pytest.mark.parametrize("ends", [b"\n", b"\r", b"\r\n"])
def test_any_line_end_and_none_is_seen_late(ends: bytes) -> None:
    splitter = EventSplitter()
    splitter.feed(b": go" + ends + ends)
    assert splitter.feed(b"data: a" + ends + ends) == [("", "a")]
    assert splitter.feed(b"data: b" + ends + ends) == [("", "b")]


def test_a_line_feed_after_a_carriage_return_belongs_to_it() -> None:
    splitter = EventSplitter()
    assert splitter.feed(b"data: a\r") == []
    assert splitter.feed(b"\ndata: b\r") == []
    assert splitter.feed(b"\n\r\n") == [("", "a\nb")]


def test_events_without_data_are_left_out() -> None:
    assert split([b"event: ping\n\nid: 3\n\ndata:\n\n: x\n\n\n\ndata: \n\ndata: y\n\n"]) == [
        ("", "y")
    ]


def test_ids_and_unknown_fields_are_no_data() -> None:
    found = split([b"id: 1\nid: 2\0\nfoo: bar\ndata: a\n\n"])
    assert found == [(STRAY, "foo: bar"), ("", "a")]


def test_a_field_without_a_body_is_news_and_an_error_without_data_too() -> None:
    assert split([b"data: a\n\ngone wrong\n\nevent: error\n\n: comment\nretry: 1\n\nid\n"]) == [
        ("", "a"),
        (STRAY, "gone wrong"),
        ("error", ""),
    ]


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert split([b"data: a\xffb\n\n"])[0][1] == "a\ufffdb"


def test_a_mark_at_the_start_only_is_dropped() -> None:
    assert split([b"\xef", b"\xbb", b"\xbf", b"data: a\n\n\xef\xbb\xbfdata: b\n\n"])[0] == ("", "a")
    assert split([b"\xef\xbb"]) == []


@given(
    st.lists(
        st.sampled_from(
            [
                b"data: ",
                b"data:",
                b"a",
                b"\xc3\xa4",
                b"\n",
                b"\r",
                b"\r\n",
                b"\n\n",
                b": c",
                b"event: e",
            ]
        ),
        max_size=40,
    ),
    st.lists(st.integers(0, 400), max_size=6),
)
def test_cuts_never_change_the_events(pieces: list[bytes], places: list[int]) -> None:
    data = b"".join(pieces)
    assert split(cut(data, places)) == split([data])


@given(st.lists(st.sampled_from(["data: x", "data:y", ": c", "", "event: e", "data"]), max_size=30))
def test_agrees_with_httpx_sse(lines: list[str]) -> None:
    data = "".join(line + "\n" for line in lines).encode() + b"\n"
    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=data)
    theirs = [(e.event, e.data) for e in httpx_sse.EventSource(response).iter_sse() if e.data]
    assert [(name or "message", said) for name, said in split([data])] == theirs


def test_too_long_an_event_ends_and_what_came_before_is_kept() -> None:
    splitter = EventSplitter(max_event=1000)
    assert splitter.feed(b"data: a\n\ndata: " + b"x" * 2000) == [("", "a")]
    with pytest.raises(ProtocolError, match="sent too much"):
        splitter.feed(b"x")
    with pytest.raises(ProtocolError):
        splitter.flush()


def test_a_hundred_megabytes_in_a_line_are_not_kept() -> None:
    splitter = EventSplitter()
    fed = 0

    def feed_all() -> None:
        nonlocal fed
        for _ in range(1600):
            splitter.feed(b"x" * 65536)
            fed += 65536

    with pytest.raises(ProtocolError, match="sent too much"):
        feed_all()
    assert fed < 64_000_000


def test_a_line_of_five_megabytes_passes_in_small_pieces() -> None:
    data = b"data: " + b"y" * 5_000_000 + b"\n\n"
    events = split([data[i : i + 999] for i in range(0, len(data), 999)])
    assert len(events[0][1]) == 5_000_000


def test_many_events_in_odd_pieces() -> None:
    rng = random.Random(4)
    data = b"".join(b"data: {%d}\n\n" % number for number in range(5000))
    places = [rng.randrange(len(data)) for _ in range(700)]
    assert [said for _, said in split(cut(data, places))] == [f"{{{n}}}" for n in range(5000)]
