from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.conversations.conversation import ConversationSummary
from app.ui.sidebar.groups import full_time_text, group_of, grouped, time_text

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, 5, tzinfo=UTC)


def _chat(days, *, pinned=False, name="a"):
    return ConversationSummary(name, "A", NOON - timedelta(days=days), is_pinned=pinned)


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        (-1, "Today"),
        (0, "Today"),
        (1, "Yesterday"),
        (2, "Last 7 days"),
        (6, "Last 7 days"),
        (7, "Last 30 days"),
        (29, "Last 30 days"),
        (30, "October 2026"),
        (400, "October 2025"),
    ],
)
def test_a_conversation_stands_under_the_day_it_was_last_changed(days, heading):
    assert group_of(_chat(days), TODAY) == heading


def test_pinned_ones_stand_first_whatever_their_age():
    groups = grouped([_chat(99, pinned=True), _chat(0), _chat(0), _chat(1)], TODAY)
    assert [(heading, len(members)) for heading, members in groups] == [
        ("Pinned", 1),
        ("Today", 2),
        ("Yesterday", 1),
    ]


def test_the_hour_is_said_of_today_only():
    assert time_text(NOON, TODAY) == "12:05"
    assert time_text(NOON - timedelta(days=1), TODAY) == ""
    assert full_time_text(NOON) == "21 November 2026, 12:05"
