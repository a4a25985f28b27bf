import re
from typing import Any

import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import ToolCallPart
from app.providers.dialects.call_tracker import CallTracker


def call(
    index: Any = None, call_id: Any = None, name: Any = None, arguments: Any = None
) -> dict[str, Any]:
    entry: dict[str, Any] = {"function": {"name": name, "arguments": arguments}}
    return (
        entry
        | ({} if index is None else {"index": index})
        | ({} if call_id is None else {"id": call_id})
    )


def read(*fragments: dict[str, Any]) -> list[tuple[str, str, str]]:
    tracker, total = CallTracker(), Accumulator()
    for fragment in fragments:
        for event in tracker.feed({"tool_calls": [fragment]}):
            total.add(event)
    for event in tracker.finish():
        total.add(event)
    parts = [part for part in total.parts if isinstance(part, ToolCallPart)]
    return [
        (re.sub("^call_[0-9a-f]{24}$", "made", part.call_id), part.name, part.arguments)
        for part in parts
    ]


@pytest.mark.parametrize(
    ("fragments", "expected"),
    [
        (
            [call(0, "a", "f", ""), call(0, None, None, '{"x":'), call(0, "", "", "1}")],
            [("a", "f", '{"x":1}')],
        ),
        (
            [call(0, "a", "f", "{}"), call(0, "b", "f", '{"x":1}')],
            [("a", "f", "{}"), ("b", "f", '{"x":1}')],
        ),
        (
            [call(0, None, "f", "{}"), call(0, None, "g", "{}")],
            [("made", "f", "{}"), ("made", "g", "{}")],
        ),
        ([call(None, "a", "f", '{"x"'), call(None, None, None, ":1}")], [("a", "f", '{"x":1}')]),
        (
            [call(None, "a", "f", "{}"), call(None, "b", "g", "{}")],
            [("a", "f", "{}"), ("b", "g", "{}")],
        ),
        (
            [call(None, None, "f", "{}"), call(None, None, "g", "{}")],
            [("made", "f", "{}"), ("made", "g", "{}")],
        ),
        (
            [call(0, "a", "f", '{"x'), call(1, "b", "g", "{}"), call(0, None, None, '":1}')],
            [("a", "f", '{"x":1}'), ("b", "g", "{}")],
        ),
        (
            [call(0, "a", "f", ""), call(0, "b", "g", ""), call(0, "a", None, "{}")],
            [("a", "f", "{}"), ("b", "g", "{}")],
        ),
        ([call(0, "a", "f", None)], [("a", "f", "{}")]),
        ([call(0, "a", "f", {"x": [1]})], [("a", "f", '{"x": [1]}')]),
        ([call(0, "a", "fun", "{"), call(0, "a", "fun", "}")], [("a", "fun", "{}")]),
        ([call(0, "a", "get_", "{"), call(0, "a", "weather", "}")], [("a", "get_weather", "{}")]),
        ([call(None, None, None, None), {"function": 7}], []),
        ([{"index": "0", "id": 5, "name": "f", "arguments": "{}"}], [("made", "f", "{}")]),
    ],
)
def test_fragments_find_their_call(fragments: list[Any], expected: list[Any]) -> None:
    assert read(*fragments) == expected


def test_the_old_form_counts_when_it_says_something() -> None:
    tracker = CallTracker()
    assert tracker.feed({"function_call": {"name": "", "arguments": ""}}) == []
    assert not tracker
    assert len(tracker.feed({"function_call": {"name": "f", "arguments": "{}"}})) == 1
    assert tracker


def test_whole_and_broken_arguments() -> None:
    tracker = CallTracker()
    tracker.feed({"tool_calls": [call(0, "a", "f", '{"x"')]})
    assert not tracker.are_whole
    tracker.feed({"tool_calls": [call(0, None, None, ":1}")]})
    assert tracker.are_whole


@pytest.mark.parametrize("wrong", ["x", None, {"a": 1}, ["x", None, 7]])
def test_wrong_kinds_are_no_calls(wrong: Any) -> None:
    assert CallTracker().feed({"tool_calls": wrong, "function_call": wrong}) == []


OSLO = '{"city":"Oslo"}'


@pytest.mark.parametrize(
    "fragments",
    [
        [call(0, "a", "f", "{}"), call(0, None, None, OSLO)],
        [call(0, "a", "f", "{}"), call(0, "a", "f", OSLO)],
        [call(0, "a", "f", {}), call(0, "a", "f", {"city": "Oslo"})],
        [call(0, "a", "f", '{"city"'), call(0, None, None, ':"Oslo"}'), call(0, "a", "f", OSLO)],
        [call(0, "a", "f", '{"ci'), call(0, "a", "f", '{"city":"Os'), call(0, "a", "f", OSLO)],
        [call(None, "a", "f", "{}"), call(None, "a", "f", OSLO)],
    ],
)
def test_arguments_that_are_said_again_are_one_call(fragments: list[Any]) -> None:
    ((call_id, name, arguments),) = read(*fragments)
    assert (call_id, name, arguments.replace(" ", "")) == ("a", "f", OSLO)


def test_a_call_without_an_id_is_told_again_with_its_arguments() -> None:
    assert read(call(0, None, "f", "{}"), call(0, None, "f", OSLO)) == [("made", "f", OSLO)]


def test_arguments_that_began_again_and_broke_off_are_not_whole() -> None:
    tracker = CallTracker()
    tracker.feed({"tool_calls": [call(0, "a", "f", "{}")]})
    tracker.feed({"tool_calls": [call(0, "a", None, '{"city')]})
    assert not tracker.are_whole
