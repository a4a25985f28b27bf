from decimal import Decimal

import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import MessageState, ReasoningPart, TextPart, ToolCallPart
from app.core.conversations.events import (
    Candidate,
    Finished,
    ImageAdded,
    Noticed,
    ReasoningAdded,
    ReasoningDetailAdded,
    SourceAdded,
    Started,
    TextAdded,
    TextReplaced,
    ToolCallAdded,
    UsageReported,
    WordScored,
)
from app.core.costs.usage import Usage


def after(*events):
    reply = Accumulator()
    for event in events:
        reply.add(event)
    return reply


def details_after(*fragments):
    parts = after(*(ReasoningDetailAdded(fragment) for fragment in fragments)).parts
    return [dict(detail) for detail in parts[0].details]


def test_nothing_heard_is_a_reply_cut_off_with_no_parts():
    reply = Accumulator()
    assert reply.text == reply.reasoning == ""
    assert reply.parts == ()
    assert reply.state is MessageState.CUT_OFF
    assert not reply.has_content
    assert reply.usage.is_empty


def test_text_adds_up_as_it_came_and_can_be_read_between():
    reply = after(TextAdded("One "), TextAdded(" two"))
    assert reply.text == "One  two"
    reply.add(TextAdded("\n"))
    assert reply.text == "One  two\n"
    assert reply.parts == (TextPart("One  two\n"),)


def test_a_snapshot_replaces_the_text_before_it():
    assert after(TextAdded("wrong"), TextReplaced("right"), TextAdded("!")).text == "right!"


def test_reasoning_keeps_the_name_it_came_under():
    reply = after(
        ReasoningAdded("Let ", "reasoning_content"), ReasoningAdded("me", "reasoning_content")
    )
    assert reply.reasoning == "Let me"
    assert reply.parts == (ReasoningPart("Let me", (), "reasoning_content"),)
    assert not reply.has_content


def test_parts_come_as_reasoning_text_then_calls_in_the_order_of_their_keys():
    reply = after(
        ToolCallAdded(1, "b", "second", "{}"),
        TextAdded("Hi"),
        ToolCallAdded(0, "a", "first", "{}"),
        ReasoningAdded("hm"),
    )
    assert [type(part) for part in reply.parts] == [
        ReasoningPart,
        TextPart,
        ToolCallPart,
        ToolCallPart,
    ]
    assert [part.name for part in reply.parts[2:]] == ["first", "second"]


@pytest.mark.parametrize(
    ("events", "has_content"),
    [
        ([TextAdded(" \n")], False),
        ([ReasoningAdded("thought")], False),
        ([TextAdded("x")], True),
        ([ToolCallAdded(0, "id", "name")], True),
        ([ImageAdded("data:image/png;base64,AA==")], True),
    ],
)
def test_content_is_anything_but_white_space_and_thought(events, has_content):
    assert after(*events).has_content is has_content


def test_a_signature_alone_joins_the_block_of_its_type_and_index():
    assert details_after(
        {"type": "reasoning.text", "index": 0, "text": "Plan", "format": "unknown"},
        {"type": "reasoning.text", "index": 0, "text": " it", "signature": None},
        {"type": "reasoning.text", "index": 0, "signature": "sig"},
    ) == [
        {
            "type": "reasoning.text",
            "index": 0,
            "text": "Plan it",
            "format": "unknown",
            "signature": "sig",
        }
    ]


def test_the_first_signature_stays():
    [detail] = details_after(
        {"type": "reasoning.text", "index": 0, "text": "a", "signature": "first"},
        {"type": "reasoning.text", "index": 0, "text": "b", "signature": "second"},
    )
    assert detail["signature"] == "first"


def test_blocks_of_other_type_or_index_stay_apart_and_in_order():
    assert details_after(
        {"type": "reasoning.text", "index": 0, "text": "a"},
        {"type": "reasoning.summary", "index": 0, "summary": "s"},
        {"type": "reasoning.text", "index": 1, "text": "b"},
        {"type": "reasoning.text", "index": 0, "text": "c"},
    ) == [
        {"type": "reasoning.text", "index": 0, "text": "ac"},
        {"type": "reasoning.summary", "index": 0, "summary": "s"},
        {"type": "reasoning.text", "index": 1, "text": "b"},
    ]


def test_without_an_index_neighbours_of_one_type_join():
    assert details_after(
        {"type": "reasoning.summary", "summary": "a"},
        {"type": "reasoning.summary", "summary": "b"},
        {"type": "reasoning.encrypted", "data": "x"},
        {"type": "reasoning.summary", "summary": "c"},
    ) == [
        {"type": "reasoning.summary", "summary": "ab"},
        {"type": "reasoning.encrypted", "data": "x"},
        {"type": "reasoning.summary", "summary": "c"},
    ]


def test_without_an_index_blocks_that_name_different_ids_stay_apart():
    fragments = [
        {"type": "reasoning.encrypted", "data": "x", "id": "1"},
        {"type": "reasoning.encrypted", "data": "y", "id": "2"},
    ]
    assert details_after(*fragments) == fragments


def test_unknown_details_without_an_index_are_kept_as_they_came():
    fragments = [
        {"type": "reasoning.server_tool_call", "tool_name": "search", "arguments": "{}"},
        {"type": "reasoning.server_tool_call", "tool_name": "search", "arguments": "[]"},
    ]
    assert details_after(*fragments) == fragments


def test_what_arrived_is_not_changed_by_merging():
    first = {"type": "reasoning.text", "index": 0, "text": "a"}
    details_after(first, {"type": "reasoning.text", "index": 0, "text": "b"})
    assert first["text"] == "a"


def test_a_tool_call_in_fragments_becomes_one():
    reply = after(
        ToolCallAdded(0, "call_1", "weather", ""),
        ToolCallAdded(0, arguments='{"city":'),
        ToolCallAdded(0, arguments=' "Bern"}'),
    )
    assert reply.parts == (ToolCallPart("call_1", "weather", '{"city": "Bern"}'),)


def test_a_name_in_pieces_joins_and_a_repeated_one_does_not():
    assert after(ToolCallAdded(0, name="get_"), ToolCallAdded(0, name="weather")).parts[0].name == (
        "get_weather"
    )
    assert after(ToolCallAdded(0, name="get"), ToolCallAdded(0, name="get")).parts[0].name == "get"


def test_words_sources_images_and_notices_are_kept_and_a_source_once():
    word = WordScored("Hi", -0.1, (Candidate("Hello", -2.5),))
    notice = Noticed("role_folded", "The system text went into the first question.")
    reply = after(
        word,
        SourceAdded("https://example.org/a", "A"),
        SourceAdded("https://example.org/a"),
        SourceAdded("https://example.org/b"),
        ImageAdded("data:image/png;base64,AA=="),
        notice,
    )
    assert reply.words == [word]
    assert [source.url[-1] for source in reply.sources] == ["a", "b"]
    assert reply.images == ["data:image/png;base64,AA=="]
    assert reply.notices == [notice]


def test_later_usage_replaces_earlier_but_zeros_never_do():
    reply = after(UsageReported(Usage(0, 0)))
    assert reply.usage == Usage(0, 0)
    reply.add(UsageReported(Usage(3, 4)))
    reply.add(UsageReported(Usage(3, 9, reported_cost=Decimal("0.1"))))
    reply.add(UsageReported(Usage(0, 0)))
    assert reply.usage == Usage(3, 9, reported_cost=Decimal("0.1"))


def test_what_the_start_names_first_stays_and_gaps_are_filled():
    reply = after(Started("gen-1", "", "host"), Started("gen-2", "gemma", "other"))
    assert reply.started == Started("gen-1", "gemma", "host")


def test_the_end_decides_the_state():
    end = Finished(MessageState.REFUSED, "content_filter")
    reply = after(TextAdded("No."), end)
    assert reply.state is MessageState.REFUSED
    assert reply.finished == end


@pytest.mark.parametrize(
    "event",
    [
        Started("gen-1"),
        TextAdded("Hi"),
        ReasoningAdded("Hm"),
        ImageAdded("data:image/png;base64,AA=="),
        UsageReported(Usage(3)),
    ],
)
def test_whatever_was_said_shows_that_the_question_arrived(event):
    assert after(event).has_arrived
    assert not after(Noticed("waiting", "Waiting."), UsageReported(Usage(0, 0))).has_arrived
