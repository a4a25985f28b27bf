"""What a screen reader says of a message: who said what, and how it came about."""

from __future__ import annotations

from app.core.conversations.conversation import Message, MessageState, Role
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.sections.footer import STATES, provenance_parts

LONGEST = 600
"""Characters of a message that are given as its name; all of it is in the reader."""


def speaker(message: Message) -> str:
    """Who says it, at the beginning of a sentence."""
    if message.role is Role.USER:
        return "You"
    if message.role is Role.TOOL:
        return "The tools"
    if message.role is Role.SYSTEM:
        return "The instructions"
    provenance = message.provenance
    return (provenance.model_name or provenance.model_id) if provenance else "The model"


def whole_text(message: Message, layout: MessageLayout | None) -> str:
    """All that is said in a message, as Markdown; of a growing one what has come so far."""
    if message.state is MessageState.WRITING and layout is not None and layout.is_built:
        return layout.text_so_far
    return message.text or "\n\n".join(result.text for result in message.results)


def name_of(message: Message, layout: MessageLayout | None = None) -> str:
    """`<speaker> said: <text>`, the text without its marks and cut to LONGEST. The layout knows
    more of a growing one."""
    from app.render.output.spoken import spoken

    who = speaker(message)
    is_writing = message.state is MessageState.WRITING
    words = spoken(whole_text(message, layout), LONGEST, is_typed=message.role is Role.USER)
    if not words:
        is_thinking = layout is not None and not layout.reasoning.is_empty
        return f"{who} {_without_text(message, is_thinking=is_thinking)}"
    return f"{who} {'is writing' if is_writing else 'said'}: {words}"


def description(message: Message, layout: MessageLayout | None = None) -> str:
    """How it ended, what goes with it, and which model at what cost. The layout knows its place
    among its versions."""
    parts = []
    if fault := message.provenance and message.provenance.fault:
        parts.append(fault.message)
    elif message.state is MessageState.CUT_OFF:
        parts.append("The answer was cut off.")
    elif message.state in STATES:
        parts.append(STATES[message.state])
    if message.attachments:
        parts.append("With " + ", ".join(file.name for file in message.attachments))
    if message.text and message.reasoning:
        parts.append("With the model’s reasoning")
    place = layout.foot.place if layout is not None else None
    if place is not None and place.total > 1:
        parts.append(f"Version {place.position} of {place.total}")
        parts.append(place.note)
    if message.state is not MessageState.WRITING:
        name, facts = provenance_parts(message.provenance)
        parts += [name, *facts]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _without_text(message: Message, *, is_thinking: bool) -> str:
    if message.state is MessageState.WRITING:
        return "is thinking" if is_thinking else "has not begun to answer"
    if calls := len(message.calls):
        return f"asked for {calls} tool{'s' if calls > 1 else ''}"
    if files := message.attachments:
        return f"sent {', '.join(file.name for file in files)}"
    return "said nothing"
