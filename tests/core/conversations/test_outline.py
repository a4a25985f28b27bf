"""An outline is a sequence of messages, each made when it is asked for."""

from datetime import UTC, datetime

from app.core.conversations.conversation import Message, Role, TextPart
from tests.core.outlined import Outlined

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ALL = [Message(n, "c", None, Role.USER, (TextPart(n),), 1, NOW) for n in "abcd"]


def test_it_is_a_sequence_that_makes_what_is_asked_for():
    outline = Outlined(ALL)
    assert len(outline) == 4
    assert outline.asked == []
    assert (outline[1], outline[-1]) == (ALL[1], ALL[3])
    assert outline.asked == [1, 3]
    assert outline[1:3] == ALL[1:3]
    assert list(outline) == ALL
