"""The calls of tools that wait for the user, and how often a model has asked in a row."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.conversations.conversation import Message, MessageState, Role

MOST_ROUNDS = 10
"""Rounds of calls after one question before the user is told that this may be a circle."""


def waiting_message(branch: Sequence[Message]) -> Message | None:
    """The answer at the end of a branch whose calls nobody answered yet, or None.

    An answer that was cut off, stopped or refused may hold half a call: it never waits.
    """
    last = branch[-1] if branch else None
    if last is None or last.role is not Role.ASSISTANT or last.state is not MessageState.DONE:
        return None
    return last if last.calls else None


def rounds(branch: Sequence[Message]) -> int:
    """How many answers since the last question asked for tools."""
    count = 0
    for message in reversed(branch):
        if message.role is Role.USER:
            break
        count += bool(message.role is Role.ASSISTANT and message.calls)
    return count
