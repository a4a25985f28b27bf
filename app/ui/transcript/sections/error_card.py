"""What stands under an answer that failed or was cut off: the cause, what was kept, what to do."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import timedelta

from app.core.conversations.conversation import Fault, Message, MessageState
from app.core.waits import wait_text
from app.ui.transcript.sections.card import Button, Card


@dataclass(frozen=True, slots=True)
class Extras:
    """What is known of a failed answer beside the message itself.

    `deadline` is when it is asked for again by itself, on the monotonic clock, None when it is not.
    `offers` are other ways to ask.
    """

    deadline: float | None = None
    offers: tuple[Button, ...] = ()


def card_of(message: Message, extras: Extras, *, is_unfolded: bool) -> Card | None:
    """The card of a message; None for one that ended well."""
    provenance = message.provenance
    fault = provenance.fault if provenance else None
    if message.state is MessageState.CUT_OFF:
        return _cut_off_card(message, fault, is_unfolded=is_unfolded)
    if fault is None:
        if message.state is not MessageState.FAILED:
            return None
        fault = Fault("", "The answer could not be completed.")
    return _fault_card(message, fault, extras, is_unfolded=is_unfolded)


def seconds_left(deadline: float) -> int:
    """Whole seconds until a moment of the monotonic clock, 0 when it is past."""
    return max(0, math.ceil(deadline - time.monotonic()))


def _cut_off_card(message: Message, fault: Fault | None, *, is_unfolded: bool) -> Card:
    lines = [line for line in (fault.message, fault.hint) if line] if fault else []
    reason = message.provenance.finish_reason if message.provenance else ""
    if reason == "length" and not fault:
        lines.insert(0, "It reached the length limit.")
    elif reason and not fault:
        lines.insert(0, f"The provider ended it with “{reason}”.")
    lines.append("What had arrived is kept." if message.text else "Nothing had arrived yet.")
    buttons = [Button("Ask again", "message.retry"), Button("Keep", "message.keep")]
    if message.text:
        buttons.insert(0, Button("Continue", "message.continue"))
    details = fault.details if fault else ""
    title = "The answer was cut off"
    return Card(title, tuple(lines), tuple(buttons), details, "triangle-alert", "warn", is_unfolded)


def _fault_card(message: Message, fault: Fault, extras: Extras, *, is_unfolded: bool) -> Card:
    lines = [
        "The part that had arrived is kept above." if message.text else "Your message is kept."
    ]
    if fault.hint:
        lines.append(fault.hint)
    if extras.deadline is not None:
        lines.append(f"Trying again in {seconds_left(extras.deadline)} s.")
        buttons = [Button("Try now", "message.retry"), Button("Don’t wait", "message.stop_waiting")]
    else:
        if fault.retry_after:
            spent = (message.provenance.timing.total or 0.0) if message.provenance else 0.0
            since = message.created_at + timedelta(seconds=spent)
            lines.append(f"The provider asked to wait {wait_text(fault.retry_after, since)}.")
        buttons = [Button("Ask again", "message.retry")]
    if message.text:
        buttons.insert(0, Button("Continue", "message.continue"))
    kind = fault.kind.lower()
    if "authentication" in kind or "key" in kind or fault.status == 401:
        provider = message.provenance.provider_id if message.provenance else ""
        buttons.insert(0, Button("Open key settings", "fault.keys", provider))
    buttons += extras.offers
    return Card(fault.message, tuple(lines), tuple(buttons), fault.details, is_unfolded=is_unfolded)
