from typing import Any

import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import MessageState, ReasoningPart, ToolCallPart
from app.core.errors import ProviderError, UnavailableError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.dialects.messages_reader import MessagesReader
from app.providers.errors.error_reply import ErrorReader


def reader() -> MessagesReader:
    profile = Catalogue.bundled().profile("openrouter")
    return MessagesReader(profile.cost_from, ErrorReader(profile, "m"))


def read(*pieces: dict[str, Any]) -> tuple[Accumulator, MessagesReader]:
    subject, total = reader(), Accumulator()
    for piece in pieces:
        for event in subject.feed(piece):
            total.add(event)
    for event in subject.finish(has_marker=False):
        total.add(event)
    return total, subject


def start(index: int | None, kind: str, **block: Any) -> dict[str, Any]:
    place = {} if index is None else {"index": index}
    return {"type": "content_block_start", **place, "content_block": {"type": kind, **block}}


def delta(index: int | None, kind: str, **more: Any) -> dict[str, Any]:
    place = {} if index is None else {"index": index}
    return {"type": "content_block_delta", **place, "delta": {"type": f"{kind}_delta", **more}}


def stop(index: int) -> dict[str, Any]:
    return {"type": "content_block_stop", "index": index}


def end(reason: str | None = "end_turn", **usage: Any) -> dict[str, Any]:
    return {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": usage}


STOP = {"type": "message_stop"}


def test_usage_is_cumulative_and_cached_tokens_count_as_input() -> None:
    first = {"input_tokens": 12, "cache_read_input_tokens": 30, "output_tokens": 1}
    begun = {"type": "message_start", "message": {"id": "msg_1", "model": "m", "usage": first}}
    total, subject = read(
        begun,
        start(0, "text", text=""),
        delta(0, "text", text="Hi"),
        end(None, output_tokens=20, input_tokens=0),
        end(output_tokens=42, cache_creation_input_tokens=5),
        STOP,
    )
    assert (total.usage.input_tokens, total.usage.output_tokens) == (47, 42)
    assert (total.usage.cached_tokens, total.started.generation_id) == (30, "msg_1")
    assert (total.text, total.state, subject.is_over) == ("Hi", MessageState.DONE, True)


def test_a_thought_is_kept_with_its_signature_and_a_hidden_one_stays_opaque() -> None:
    hidden = {"type": "redacted_thinking", "data": "gAAA"}
    total, _ = read(
        start(0, "thinking", thinking="", signature=""),
        delta(0, "thinking", thinking="Let "),
        delta(0, "thinking", thinking="me"),
        delta(0, "signature", signature="Eq"),
        delta(0, "signature", signature="QB"),
        stop(0),
        start(1, "redacted_thinking", data="gAAA"),
        stop(1),
        start(2, "thinking", thinking="", signature=""),
        delta(2, "signature", signature="only"),
        stop(2),
        start(3, "text", text="A"),
        stop(3),
        end(),
    )
    (thought,) = (part for part in total.parts if isinstance(part, ReasoningPart))
    assert thought.text == "Let me"
    assert thought.details == (
        {"type": "thinking", "thinking": "Let me", "signature": "EqQB"},
        hidden,
        {"type": "thinking", "thinking": "", "signature": "only"},
    )


def test_a_thought_that_was_cut_is_shown_but_not_kept() -> None:
    total, _ = read(
        start(0, "text", text="A"), start(1, "thinking"), delta(1, "thinking", thinking="Hm")
    )
    (thought,) = (part for part in total.parts if isinstance(part, ReasoningPart))
    assert (thought.text, thought.details) == ("Hm", ())
    assert total.state is MessageState.CUT_OFF


@pytest.mark.parametrize(
    ("given", "pieces", "wanted"),
    [
        ({}, ["", '{"city":', '"Oslo"}'], '{"city":"Oslo"}'),
        ({}, [], "{}"),
        ({"city": "Oslo"}, [], '{"city": "Oslo"}'),
        ({}, ['{"city":"Os'], '{"city":"Os'),
    ],
)
def test_input_is_read_when_its_block_closes(given: Any, pieces: list[str], wanted: str) -> None:
    grown = [delta(0, "input_json", partial_json=piece) for piece in pieces]
    opened = start(0, "tool_use", id="toolu_1", name="weather", input=given)
    subject = reader()
    before = [event for piece in (opened, *grown) for event in subject.feed(piece)]
    assert all(not getattr(event, "arguments", "") for event in before)
    total, _ = read(opened, *grown, stop(0), end("tool_use"), STOP)
    assert total.parts == (ToolCallPart("toolu_1", "weather", wanted),)
    assert total.finished is not None
    assert total.finished.finish_reason == "tool_calls"


def test_citations_become_sources() -> None:
    page = {"type": "web_search_result_location", "url": "https://example.org/a", "title": "A"}
    total, _ = read(
        start(0, "text", text="A", citations=[page]),
        delta(0, "citations", citation={**page, "url": "https://example.org/b", "title": None}),
        delta(0, "citations", citation=page),
        stop(0),
        end(),
    )
    found = [(source.url, source.title) for source in total.sources]
    assert found == [("https://example.org/a", "A"), ("https://example.org/b", "example.org")]


@pytest.mark.parametrize(
    ("reason", "state", "plain"),
    [
        ("end_turn", MessageState.DONE, "stop"),
        ("stop_sequence", MessageState.DONE, "stop"),
        ("max_tokens", MessageState.CUT_OFF, "length"),
        ("model_context_window_exceeded", MessageState.CUT_OFF, "length"),
        ("refusal", MessageState.REFUSED, "content_filter"),
        ("pause_turn", MessageState.CUT_OFF, "pause_turn"),
        ("compaction", MessageState.CUT_OFF, "compaction"),
    ],
)
def test_the_stop_reason_says_how_it_ended(reason: str, state: MessageState, plain: str) -> None:
    total, _ = read(start(0, "text", text="A"), end(reason), STOP)
    assert total.finished is not None
    assert (total.state, total.finished.finish_reason) == (state, plain)


def test_an_end_without_its_reason_is_an_end() -> None:
    total, _ = read(start(0, "text", text="A"), STOP)
    assert total.state is MessageState.DONE


def test_blocks_without_numbers_are_those_that_opened_last() -> None:
    total, _ = read(
        start(None, "text", text=""),
        delta(None, "text", text="A"),
        start(None, "tool_use", id="t", name="now", input={}),
        delta(None, "input_json", partial_json='{"a":1}'),
        end("tool_use"),
        STOP,
    )
    assert total.text == "A"
    assert total.parts[1] == ToolCallPart("t", "now", '{"a":1}')


def test_pings_and_what_is_new_are_passed_over() -> None:
    subject = reader()
    for piece in ({"type": "ping"}, {"type": "new_thing"}, delta(0, "new", x=1), {}):
        assert subject.feed(piece) == []
    assert (subject.has_content, subject.failure, subject.damaged) == (False, None, 0)
    assert subject.feed(7) == []
    assert subject.damaged == 1


def test_an_error_keeps_what_was_said() -> None:
    subject = reader()
    assert subject.feed(start(0, "text", text="A"))
    error = {"type": "overloaded_error", "message": "Overloaded"}
    assert subject.feed({"type": "error", "error": error}) == []
    assert isinstance(subject.failure, UnavailableError)
    assert subject.failure.status == 529


def test_whole_replies() -> None:
    subject, total = reader(), Accumulator()
    blocks = [{"type": "thinking", "thinking": "Hm", "signature": "s"}]
    blocks += [{"type": "text", "text": "Hi"}, {"type": "refusal", "refusal": " no"}]
    reply = {"type": "message", "id": "m1", "content": blocks, "stop_reason": "end_turn"}
    for event in subject.whole({**reply, "usage": {"input_tokens": 1}}):
        total.add(event)
    assert (total.text, total.reasoning, subject.is_complete) == ("Hi no", "Hm", True)
    broken = reader()
    assert broken.whole({"type": "error", "error": {"message": "No"}}) == []
    assert isinstance(broken.failure, ProviderError)


@pytest.mark.parametrize("junk", [None, 1, "x", [], {}, {"a": None}])
def test_strange_values_break_nothing(junk: Any) -> None:
    names = ("message", "content_block", "delta", "usage", "index")
    kinds = ("message_start", "content_block_start", "content_block_delta")
    for kind in (*kinds, "content_block_stop", "message_delta", "message_stop"):
        subject = reader()
        assert subject.feed({"type": kind, **dict.fromkeys(names, junk)}, kind) == []
        subject.feed(junk, kind)
        assert subject.failure is None
