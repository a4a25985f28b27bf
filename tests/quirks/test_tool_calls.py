"""Tool calls, whole and in pieces."""

import json

import pytest

from app.core.conversations.conversation import MessageState, ToolCallPart
from tests.quirks.wire import BODIES, chat_body, delta, messages_body, read, responses_body

STOP = delta("", "stop")
CALLED = delta("", "tool_calls")


def call(index=None, call_id=None, name=None, arguments=None):
    function = {}
    if name is not None:
        function["name"] = name
    if arguments is not None:
        function["arguments"] = arguments
    given = {"type": "function", "function": function}
    if index is not None:
        given["index"] = index
    if call_id is not None:
        given["id"] = call_id
    return delta(None, tool_calls=[given])


def calls_of(outcome):
    parts = [part for part in outcome.sum.parts if isinstance(part, ToolCallPart)]
    return [(part.name, part.arguments) for part in parts]


async def test_q52_calls_that_all_claim_to_be_the_first_are_told_apart_by_their_ids(sim, closing):
    events = [call(0, "c1", "weather", '{"a":1}'), call(0, "c2", "weather", '{"b":2}'), CALLED]
    outcome = await read(sim, closing, chat_body(*events))
    assert calls_of(outcome) == [("weather", '{"a":1}'), ("weather", '{"b":2}')]


async def test_q52_a_new_name_after_whole_arguments_is_a_new_call(sim, closing):
    events = [call(0, None, "weather", '{"a":1}'), call(0, None, "clock", '{"b":2}'), CALLED]
    outcome = await read(sim, closing, chat_body(*events))
    assert calls_of(outcome) == [("weather", '{"a":1}'), ("clock", '{"b":2}')]


async def test_q53_pieces_without_an_index_go_to_the_open_call(sim, closing):
    events = [call(None, "c1", "weather", '{"a"'), call(None, None, None, ":1}"), CALLED]
    outcome = await read(sim, closing, chat_body(*events))
    assert calls_of(outcome) == [("weather", '{"a":1}')]


@pytest.mark.parametrize("later", ["", None])
async def test_q54_an_id_told_once_holds_for_the_whole_call(sim, closing, later):
    events = [call(0, "c1", "weather", '{"a"'), call(0, later, None, ":1}"), CALLED]
    outcome = await read(sim, closing, chat_body(*events))
    (part,) = (part for part in outcome.sum.parts if isinstance(part, ToolCallPart))
    assert (part.call_id, part.arguments) == ("c1", '{"a":1}')


async def test_q54_a_call_without_an_id_is_given_one_of_its_own(sim, closing):
    events = [call(0, None, "weather", "{}"), call(1, None, "weather", "{}"), CALLED]
    outcome = await read(sim, closing, chat_body(*events))
    ids = [part.call_id for part in outcome.sum.parts if isinstance(part, ToolCallPart)]
    assert all(ids)
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("arguments", "wanted"), [("", {}), (None, {}), ({"city": "Oslo"}, {"city": "Oslo"})]
)
async def test_q55_arguments_of_any_shape_are_an_object(sim, closing, arguments, wanted):
    given = call(0, "c1", "weather", arguments)
    if arguments is None:
        given["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"] = None
    outcome = await read(sim, closing, chat_body(given, CALLED))
    ((name, found),) = calls_of(outcome)
    assert (name, json.loads(found)) == ("weather", wanted)


@pytest.mark.parametrize("names", [["weather"] * 3, ["weather", "", ""], ["wea", "ther", ""]])
async def test_q56_a_name_repeated_or_cut_is_one_name(sim, closing, names):
    pieces = ['{"a"', ":", "1}"]
    events = [call(0, "c1", n, p) for n, p in zip(names, pieces, strict=True)]
    outcome = await read(sim, closing, chat_body(*events, CALLED))
    assert calls_of(outcome) == [("weather", '{"a":1}')]


async def test_q57_calls_make_a_stop_into_tool_calls(sim, closing):
    outcome = await read(sim, closing, chat_body(call(0, "c1", "weather", "{}"), STOP))
    assert outcome.sum.finished.finish_reason == "tool_calls"
    assert calls_of(outcome) == [("weather", "{}")]


async def test_q58_tool_calls_without_a_call_are_a_stop(sim, closing):
    outcome = await read(sim, closing, chat_body(delta("One"), delta("", "tool_calls")))
    assert outcome.sum.finished.finish_reason == "stop"
    assert (outcome.text, outcome.sum.state) == ("One", MessageState.DONE)


async def test_q59_two_calls_written_in_turns_are_two(sim, closing):
    events = [
        call(0, "c1", "weather", '{"ci'),
        call(1, "c2", "clock", '{"zo'),
        call(0, None, None, 'ty":"Oslo"}'),
        call(1, None, None, 'ne":"UTC"}'),
        CALLED,
    ]
    outcome = await read(sim, closing, chat_body(*events))
    assert calls_of(outcome) == [("weather", '{"city":"Oslo"}'), ("clock", '{"zone":"UTC"}')]


@pytest.mark.parametrize("arguments", ['{"city":"Oslo"}}} trailing', '{"city":"Os', "not JSON"])
async def test_q60_broken_arguments_are_kept_as_they_came(sim, closing, arguments):
    outcome = await read(sim, closing, chat_body(call(0, "c1", "weather", arguments), CALLED))
    assert (outcome.error, calls_of(outcome)) == (None, [("weather", arguments)])


async def test_q60_a_half_call_of_a_stream_that_broke_ends_no_answer(sim, closing):
    body = chat_body(call(0, "c1", "weather", '{"city":"Os'), done=False)
    outcome = await read(sim, closing, body)
    assert outcome.sum.state is not MessageState.DONE


@pytest.mark.parametrize("body", [responses_body, messages_body])
async def test_q74_an_end_marker_of_another_dialect_is_no_damage(sim, closing, body):
    dialect = "responses" if body is responses_body else "messages"
    outcome = await read(sim, closing, body("One", done=True), dialect=dialect)
    assert (outcome.text, outcome.error, outcome.notices) == ("One", None, [])


async def test_q75_an_empty_function_call_of_old_times_is_ignored(sim, closing):
    stub = delta("", "stop", function_call={"name": "", "arguments": ""})
    outcome = await read(sim, closing, chat_body(delta("One"), stub))
    assert calls_of(outcome) == []
    assert outcome.sum.finished.finish_reason == "stop"


@pytest.mark.parametrize("dialect", ["chat", "responses", "messages"])
async def test_q76_a_damaged_event_is_counted_and_passed_over(sim, closing, dialect):
    body = BODIES[dialect]("One", " two")
    events = body.split(b"\n\n")
    damaged = b"\n\n".join([*events[:3], b'data: {"broken":', *events[3:]])
    outcome = await read(sim, closing, damaged, dialect=dialect)
    assert (outcome.text, outcome.error, outcome.notices) == ("One two", None, ["damaged_events"])
    assert "1 " in outcome.sum.notices[0].text
