"""Words that came together are one event."""

from app.core.conversations.events import Noticed, ReasoningAdded, TextAdded
from app.providers.transport.coalescing import coalesced


def test_neighbours_become_one():
    events = [TextAdded("a"), TextAdded(" b"), TextAdded("\n")]
    assert coalesced(events) == [TextAdded("a b\n")]


def test_what_stands_between_keeps_its_place():
    notice = Noticed("code", "said")
    events = [TextAdded("a"), notice, TextAdded("b"), TextAdded("c")]
    assert coalesced(events) == [TextAdded("a"), notice, TextAdded("bc")]


def test_thoughts_join_only_under_one_name_and_never_with_text():
    events = [
        ReasoningAdded("a", "reasoning"),
        ReasoningAdded("b", "reasoning"),
        ReasoningAdded("c", "thinking"),
        TextAdded("d"),
        ReasoningAdded("e", "reasoning"),
    ]
    assert coalesced(events) == [
        ReasoningAdded("ab", "reasoning"),
        ReasoningAdded("c", "thinking"),
        TextAdded("d"),
        ReasoningAdded("e", "reasoning"),
    ]


def test_one_event_and_none_stay():
    assert coalesced([]) == []
    assert coalesced([TextAdded("a")]) == [TextAdded("a")]
