"""How bytes become lines, and lines events."""

import gzip
import json

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import UsageReported
from app.core.errors import ProtocolError, ProviderError, UnavailableError
from app.providers.transport.gathering import GULP
from app.providers.transport.http import Timeouts
from tests.quirks.wire import (
    BODIES,
    DIALECTS,
    DONE,
    USAGE,
    chat_body,
    client_in,
    delta,
    line,
    messages_body,
    plain,
    read,
    responses_body,
)
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, question

HTML = (("Content-Type", "text/html; charset=UTF-8"),)
JSON = (("Content-Type", "application/json; charset=utf-8"),)
PAGE = b"<!DOCTYPE html><html><head><title>524</title></head><body>A timeout</body></html>"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
async def test_q01_every_line_end_gives_the_same_events(sim, closing, dialect, end):
    body = BODIES[dialect]("One", " two")
    wanted = await read(sim, closing, body, dialect=dialect)
    outcome = await read(sim, closing, body.replace(b"\n", end), dialect=dialect)
    assert plain(outcome.events) == plain(wanted.events)
    assert outcome.text == "One two"


async def test_q01_a_line_end_cut_in_two_is_one_line_end(sim, closing):
    first = json.dumps(delta("One"), indent=1).replace("\n", "\r\ndata: ").encode()
    head, tail = first.split(b"\r\n", 1)
    last = line(delta(" two", "stop"), b"\r\n\r\n")
    outcome = await read(sim, closing, b"data: " + head + b"\r", b"\n" + tail + b"\r\n\r\n", last)
    assert outcome.text == "One two"
    assert outcome.notices == []


async def test_q02_several_data_lines_are_one_event(sim, closing):
    split = json.dumps(delta("One two"), indent=2).replace("\n", "\ndata: ").encode()
    outcome = await read(sim, closing, b"data: " + split + b"\n\n", chat_body(delta("", "stop")))
    assert (outcome.text, outcome.notices) == ("One two", [])


@pytest.mark.parametrize("space", [b"", b" "])
async def test_q03_one_space_after_the_colon_at_most_is_taken_off(sim, closing, space):
    said = line(delta("One"), space=space) + line(delta(" two", "stop"), space=space)
    outcome = await read(sim, closing, said, b"data\n\n", b"data\ndata\n\n", DONE)
    assert (outcome.text, outcome.notices) == ("One two", [])


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("letter", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\x1e"])
async def test_q04_what_only_looks_like_a_line_end_stays_in_the_text(sim, closing, dialect, letter):
    escaped = json.dumps(letter)[1:-1].encode()
    body = BODIES[dialect](f"a{letter}b").replace(escaped, letter.encode())
    assert letter.encode() in body
    outcome = await read(sim, closing, body, dialect=dialect)
    assert (outcome.text, outcome.notices) == (f"a{letter}b", [])


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q05_a_letter_cut_anywhere_arrives_whole(sim, closing, dialect):
    body = BODIES[dialect]("Grüße 京都 👩‍🚀")
    outcome = await read(sim, closing, *(bytes([b]) for b in body), dialect=dialect)
    assert outcome.text == "Grüße 京都 👩‍🚀"


@pytest.mark.parametrize("letter", ["ü", "京", "🚀"])
async def test_q05_a_letter_cut_by_a_pause_arrives_whole(sim, closing, letter):
    """So far apart that the two halves are read one after the other."""
    body = BODIES["chat"]("Grüße 京都 👩‍🚀")
    cut = body.index(letter.encode()) + 1
    sim.next(Scenario(pieces=(body[:cut], body[cut:]), pause=4 * GULP))
    outcome = await ask(closing(client_in(sim, "chat")), question(*GEMMA_4))
    assert outcome.text == "Grüße 京都 👩‍🚀"


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q06_a_byte_order_mark_at_the_start_is_dropped(sim, closing, dialect):
    body = BODIES[dialect]("One")
    outcome = await read(sim, closing, b"\xef\xbb", b"\xbf" + body, dialect=dialect)
    assert (outcome.text, outcome.notices) == ("One", [])


async def test_q07_comments_are_no_events(sim, closing):
    comments = b": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n:\n\n"
    outcome = await read(sim, closing, comments, chat_body(delta("One"), delta("", "stop")))
    bare = await read(sim, closing, chat_body(delta("One"), delta("", "stop")))
    assert plain(outcome.events) == plain(bare.events)


async def test_q08_comments_without_end_do_not_wait_for_ever(sim, closing):
    sim.next(Scenario(comments=True))
    waits = Timeouts(connect=1, first_byte=1, idle=0.5, content=0.8)
    outcome = await ask(closing(client_in(sim, "chat", timeouts=waits)), question(*GEMMA_4))
    assert isinstance(outcome.error, UnavailableError)
    assert not outcome.text


async def test_q09_comments_keep_a_slow_answer_alive(sim, closing):
    """Longer silent than the idle limit in all, but never between two comments."""
    sim.next(
        Scenario(pieces=(b": ping\n\n",) * 40 + (chat_body(delta("One", "stop")),), pause=0.02)
    )
    waits = Timeouts(connect=1, first_byte=1, idle=0.3, content=30)
    outcome = await ask(closing(client_in(sim, "chat", timeouts=waits)), question(*GEMMA_4))
    assert (outcome.error, outcome.text) == (None, "One")


async def test_q10_a_ping_is_neither_progress_nor_an_error(sim, closing):
    ping = {"type": "ping"}
    outcome = await read(
        sim, closing, messages_body("One", " two", between=[ping]), dialect="messages"
    )
    assert (outcome.text, outcome.error, outcome.notices) == ("One two", None, [])


@pytest.mark.parametrize("field", [b"id: 7\n\n", b"retry: 10\n\n", b"id: 7\ndata:\n\n"])
async def test_q11_events_without_data_are_nothing(sim, closing, field):
    said = line(delta("One")) + field + line(delta(" two", "stop")) + field
    outcome = await read(sim, closing, said, DONE)
    assert (outcome.text, outcome.notices) == ("One two", [])


async def test_q12_an_event_name_on_a_chat_stream_is_a_hint_only(sim, closing):
    said = (
        b"event: message\n" + line(delta("One")) + b"event: error\n" + line(delta(" two", "stop"))
    )
    outcome = await read(sim, closing, said, DONE)
    assert (outcome.text, outcome.error) == ("One two", None)


@pytest.mark.parametrize("body", [responses_body, messages_body])
async def test_q12_events_are_told_apart_without_their_names(sim, closing, body):
    dialect = "responses" if body is responses_body else "messages"
    bare = await read(sim, closing, body("One", event_names=False), dialect=dialect)
    named = await read(sim, closing, body("One"), dialect=dialect)
    assert plain(bare.events) == plain(named.events)
    assert bare.text == "One"


async def test_q13_an_answer_is_whole_without_an_end_marker(sim, closing):
    chat = await read(sim, closing, chat_body(delta("One"), delta("", "stop"), done=False))
    assert (chat.sum.state, chat.notices) == (MessageState.DONE, [])
    for dialect in ("responses", "messages"):
        outcome = await read(sim, closing, BODIES[dialect]("One"), dialect=dialect)
        assert (outcome.sum.state, outcome.notices) == (MessageState.DONE, [])


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q14_an_open_socket_after_the_end_holds_nothing_up(sim, closing, dialect):
    """The simulator never closes; the limits for silence are far longer than the test may take."""
    sim.next(Scenario(end="open"))
    waits = Timeouts(connect=5, first_byte=60, idle=60, content=60, after_finish=60)
    outcome = await ask(closing(client_in(sim, dialect, timeouts=waits)), question(*GEMMA_4))
    assert (outcome.error, outcome.sum.state) == (None, MessageState.DONE)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q15_an_end_without_a_word_of_it_is_cut_off(sim, closing, dialect):
    cut = {
        "chat": chat_body(delta("Half"), done=False),
        "responses": responses_body("Half", ends=False),
        "messages": messages_body("Half", ends=False),
    }
    outcome = await read(sim, closing, cut[dialect], dialect=dialect)
    assert (outcome.text, outcome.sum.state) == ("Half", MessageState.CUT_OFF)
    assert outcome.notices == ["no_end_marker"]
    assert len(sim.record.generations) == 1


async def test_q15_an_end_before_any_text_is_a_failure(sim, closing):
    thought = delta("", reasoning="Let me see")
    outcome = await read(sim, closing, chat_body(thought, done=False))
    assert isinstance(outcome.error, ProviderError)


@pytest.mark.parametrize("rest", [b"\n", b""])
async def test_q16_a_last_event_without_its_blank_line_counts(sim, closing, rest):
    outcome = await read(sim, closing, line(delta("One")), line(delta(" two", "stop"), rest))
    assert (outcome.text, outcome.sum.state) == ("One two", MessageState.DONE)


async def test_q16_a_last_event_that_is_half_is_dropped(sim, closing):
    half = line(delta(" two", "stop"), b"")[:-20]
    outcome = await read(sim, closing, line(delta("One")), half)
    assert (outcome.text, outcome.sum.state) == ("One", MessageState.CUT_OFF)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_q17_a_reset_after_the_end_is_a_success(sim, closing, dialect):
    body = chat_body(delta("One"), delta("", "stop"), done=False)
    body = body if dialect == "chat" else BODIES[dialect]("One")
    outcome = await read(sim, closing, body, dialect=dialect, reset="after_finish")
    assert (outcome.error, outcome.text, outcome.notices) == (None, "One", [])
    assert outcome.sum.state is MessageState.DONE


async def test_q17_a_reset_before_the_end_keeps_the_text(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("Half"), done=False), reset="mid_event")
    assert (outcome.text, outcome.sum.state) == ("Half", MessageState.CUT_OFF)


async def test_q18_streams_are_asked_for_unpacked_and_read_packed(sim, closing):
    packed = gzip.compress(chat_body(delta("One"), delta("", "stop")))
    head = (("Content-Type", "text/event-stream"), ("Content-Encoding", "gzip"))
    outcome = await read(sim, closing, packed[:30], packed[30:], head=head)
    assert sim.record.last.header("accept-encoding") == "identity"
    assert (outcome.error, outcome.text) == (None, "One")


async def test_q19_packed_bytes_that_do_not_say_so_are_read(sim, closing):
    outcome = await read(sim, closing, gzip.compress(chat_body(delta("One", "stop"))))
    assert (outcome.error, outcome.text) == (None, "One")


async def test_q19_plain_bytes_that_claim_to_be_packed_are_read_all_the_same(sim, closing):
    head = (("Content-Type", "text/event-stream"), ("Content-Encoding", "gzip"))
    outcome = await read(sim, closing, chat_body(delta("One", "stop")), head=head)
    assert (outcome.error, outcome.text) == (None, "One")


async def test_q19_packed_bytes_that_are_damaged_are_an_unreadable_reply(sim, closing):
    broken = b"\x1f\x8b\x08\x00" + b"\xff" * 200
    head = (("Content-Type", "application/json"), ("Content-Encoding", "gzip"))
    outcome = await read(sim, closing, broken, head=head)
    assert isinstance(outcome.error, ProtocolError)
    assert "1f 8b 08" in outcome.error.details


async def test_q20_a_line_of_megabytes_is_one_event(sim, closing):
    picture = "data:image/png;base64," + "A" * 6_000_000
    image = {"type": "image_url", "image_url": {"url": picture}}
    outcome = await read(sim, closing, chat_body(delta("", images=[image]), delta("", "stop")))
    assert outcome.error is None
    assert outcome.sum.images == [picture]


@pytest.mark.parametrize("head", [JSON, (("Content-Type", "application/json"),), ()])
async def test_q21_a_whole_reply_where_a_stream_was_asked_for_is_read(sim, closing, head):
    choice = {"index": 0, "message": {"content": "Whole."}, "finish_reason": "stop"}
    body = json.dumps({"id": "1", "choices": [choice], "usage": USAGE["usage"]}).encode()
    outcome = await read(sim, closing, b"\n ", body, head=head)
    assert (outcome.error, outcome.text) == (None, "Whole.")
    assert outcome.sum.usage.output_tokens == 7
    assert any(isinstance(event, UsageReported) for event in outcome.events)


@pytest.mark.parametrize("head", [(), (("Content-Type", "text/plain"),), JSON])
async def test_q21_a_stream_is_known_by_its_first_letters(sim, closing, head):
    if head == JSON:
        said = json.dumps({"error": {"message": "No such luck"}}).encode()
        outcome = await read(sim, closing, said, head=head)
        assert "No such luck" in str(outcome.error)
        return
    outcome = await read(sim, closing, chat_body(delta("One", "stop")), head=head)
    assert (outcome.error, outcome.text) == (None, "One")


@pytest.mark.parametrize("status", [200, 502, 520, 524])
async def test_q22_a_web_page_is_never_shown_as_an_answer(sim, closing, status):
    outcome = await read(sim, closing, PAGE, head=HTML, status=status)
    assert isinstance(outcome.error, ProviderError)
    assert outcome.text == ""
    assert "<" not in outcome.error.message
    assert str(status) in outcome.error.message or "web page" in outcome.error.message
    assert "A timeout" in outcome.error.details
    assert len(outcome.error.details) <= 2048
