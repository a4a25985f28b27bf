"""Chunks are joined, and what h11 makes of a reply stays the same, whatever it is and however it is
cut."""

from itertools import pairwise

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.transport.chunk_joiner import MOST_HEAD, ChunkJoiner

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\ntransfer-encoding: Chunked \r\n\r\n"
WORDS = b"".join(b"%x\r\n%b\r\n" % (len(word), word) for word in b"Water rises twice a day".split())
WHOLE = HEAD + WORDS + b"0\r\n\r\n"


def understood(pieces):
    """What h11 gives for the pieces of a reply: its body, and the error if it ends in one."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "h")]))
    connection.send(h11.EndOfMessage())
    body, count = b"", 0
    try:
        for piece in (*pieces, b""):
            connection.receive_data(piece)
            while True:
                event = connection.next_event()
                if isinstance(event, h11.Data):
                    body += bytes(event.data)
                    count += 1
                elif isinstance(event, h11.EndOfMessage):
                    return body, count, "whole"
                elif event in (h11.NEED_DATA, h11.PAUSED):
                    break
                elif isinstance(event, h11.ConnectionClosed):
                    return body, count, "closed"
    except h11.RemoteProtocolError as error:
        return body, count, type(error).__name__
    return body, count, "more"


def joined(pieces):
    joiner = ChunkJoiner()
    joiner.begin()
    return [given for piece in pieces if (given := joiner.feed(piece))]


def cut(data, places):
    edges = [0, *sorted({min(place, len(data)) for place in places}), len(data)]
    return [data[a:b] for a, b in pairwise(edges) if b > a]


def same(pieces):
    """Whether the joined reply is understood as the plain one, error or not."""
    plain, own = understood(pieces), understood(joined(pieces))
    return (plain[0], plain[2]) == (own[0], own[2])


def test_words_that_came_together_are_one_chunk():
    assert understood([WHOLE])[:2] == (b"Waterrisestwiceaday", 5)
    assert understood(joined([WHOLE])) == (b"Waterrisestwiceaday", 1, "whole")


def test_every_cut_in_two_gives_the_same_reply():
    for place in range(len(WHOLE)):
        pieces = cut(WHOLE, [place])
        assert same(pieces)
        assert understood(joined(pieces))[1] <= 2


def test_byte_by_byte_nothing_is_held_back_but_frames():
    joiner, body = ChunkJoiner(), b""
    for at in range(len(HEAD), len(WHOLE)):
        fed = joiner.feed(WHOLE[:at] if at == len(HEAD) else WHOLE[at - 1 : at])
        body = body + fed if at > len(HEAD) else b""
        plain = understood([WHOLE[:at]])[0]
        assert understood([HEAD, body])[0] == plain


@given(st.lists(st.integers(0, len(WHOLE)), max_size=12))
def test_any_cuts_give_the_same_reply(places):
    assert same(cut(WHOLE, places))


REPLIES = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n5\r\nab",
    "until closed": b"HTTP/1.1 200 OK\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "interim": b"HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n" + WHOLE,
    "extension": HEAD + b'5 ; name="a;b"\r\nhello\r\n0\r\n\r\n',
    "trailers": HEAD + WORDS + b"0\r\nExpires: never\r\n\r\n",
    "broken off": HEAD + WORDS[:-4],
    "broken off in a size": HEAD + WORDS + b"1",
    "no chunk": HEAD + b"data: hello\r\n\r\n",
    "negative": HEAD + b"-5\r\nhello\r\n0\r\n\r\n",
    "huge": HEAD + b"fffffffffffffffff\r\nhello",
    "no end of a chunk": HEAD + b"3\r\nabcdef\r\n0\r\n\r\n",
    "a lone line feed": HEAD + b"3\nabc\n0\n\n",
    "a long size": HEAD + b"0" * 3000 + b"3\r\nabc\r\n",
    "a long extension": HEAD + b"3;" + b"x" * 3000 + b"\r\nabc\r\n0\r\n\r\n",
    "another name": b"HTTP/1.1 200 OK\r\nX-Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    "no reply": b"\x00\x01\x02" * 50,
    "a head of line feeds": HEAD.replace(b"\r", b"") + WHOLE,
    "a blank line that is only a line feed": b"HTTP/1.1 200 OK\r\n\n" + HEAD[17:] + WORDS,
    "two lengths": HEAD[:-2] + b"Content-Length: 3\r\n\r\n" + WORDS + b"0\r\n\r\n",
}


@pytest.mark.parametrize("name", REPLIES)
def test_what_is_odd_is_understood_as_the_library_does(name):
    reply = REPLIES[name]
    for place in range(len(reply)):
        assert same(cut(reply, [place]))
    assert same([reply[at : at + 1] for at in range(len(reply))])


@given(st.binary(max_size=60), st.lists(st.integers(0, 70), max_size=4))
def test_noise_behind_a_head_is_understood_as_the_library_does(noise, places):
    assert same([HEAD, *cut(WORDS + noise, places)])


def test_the_next_reply_on_the_connection_is_joined_again():
    joiner = ChunkJoiner()
    for reply in (WHOLE, REPLIES["length"], WHOLE):
        joiner.begin()
        assert understood([joiner.feed(reply)])[1] == 1


def test_a_head_without_end_is_passed_on_and_not_kept():
    joiner = ChunkJoiner()
    line = b"X: " + b"y" * 1000 + b"\r\n"
    for _ in range(MOST_HEAD // len(line) + 2):
        assert joiner.feed(line) == line
    assert joiner.feed(b"\r\n" + WORDS) == b"\r\n" + WORDS
