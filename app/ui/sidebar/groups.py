"""Where a conversation stands in the list: pinned, today, yesterday, and further back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.core.conversations.conversation import ConversationSummary
from app.core.costs.month import MONTHS


def group_of(summary: ConversationSummary, today: date) -> str:
    """The heading a conversation stands under, by the local day of its last change."""
    if summary.is_pinned:
        return "Pinned"
    day = summary.updated_at.astimezone().date()
    age = (today - day).days
    if age <= 0:
        return "Today"
    if age == 1:
        return "Yesterday"
    if age < 7:
        return "Last 7 days"
    if age < 30:
        return "Last 30 days"
    return f"{MONTHS[day.month - 1]} {day.year}"


def grouped(
    summaries: Iterable[ConversationSummary], today: date
) -> list[tuple[str, list[ConversationSummary]]]:
    """The conversations under their headings, in the order they come in."""
    groups: list[tuple[str, list[ConversationSummary]]] = []
    for summary in summaries:
        heading = group_of(summary, today)
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(summary)
    return groups


def time_text(moment: datetime, today: date) -> str:
    """The hour of something that happened today, else nothing: the heading says the rest."""
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() >= today else ""


def full_time_text(moment: datetime) -> str:
    """Day and hour in full, for tooltips."""
    local = moment.astimezone()
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"


def day_text(moment: datetime) -> str:
    """The day of a find, with the hour for one of today."""
    local = moment.astimezone()
    today = datetime.now().astimezone().date()
    if local.date() >= today:
        return f"{local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {MONTHS[local.month - 1][:3]}{year}"
