"""Makes one event of the words that came together: each is told, journalled and drawn alike."""

from __future__ import annotations

from app.core.conversations.events import ReasoningAdded, StreamEvent, TextAdded


def coalesced(events: list[StreamEvent]) -> list[StreamEvent]:
    """The events with neighbouring pieces of text, or of one thought, in one."""
    if len(events) < 2:
        return events
    found: list[StreamEvent] = []
    texts: list[str] = []
    field = ""

    def flush() -> None:
        if texts:
            whole = "".join(texts)
            found.append(ReasoningAdded(whole, field) if field else TextAdded(whole))
            texts.clear()

    for event in events:
        kind = type(event)
        if kind is TextAdded or kind is ReasoningAdded:
            name = event.field if kind is ReasoningAdded else ""  # type: ignore[union-attr]
            if name != field:
                flush()
                field = name
            texts.append(event.text)  # type: ignore[union-attr]
        else:
            flush()
            found.append(event)
    flush()
    return found
