import dataclasses
import typing

import pytest

from app.core.conversations import events
from app.core.conversations.conversation import MessageState

KINDS = typing.get_args(events.StreamEvent)


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_a_value_that_cannot_change(kind):
    wanted = [
        field
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    event = kind(*(MessageState.DONE for _ in wanted))
    assert event == kind(*(MessageState.DONE for _ in wanted))
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError, AttributeError)):
        event.extra = 1


def test_every_event_of_the_module_is_in_the_union():
    declared = {
        found
        for found in vars(events).values()
        if dataclasses.is_dataclass(found) and found.__module__ == events.__name__
    }
    assert declared - {events.Candidate} == set(KINDS)
