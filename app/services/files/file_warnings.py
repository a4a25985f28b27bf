"""What is worth knowing of files before they are sent: films that are too long, large files."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.conversations.attachment import Attachment
from app.core.models.model import Model
from app.core.models.picture_limits import GIF, HEAVY

LARGE = 10_000_000
"""Bytes of a sound, film or PDF file over which its sending is spoken of."""


def cautions(model: Model, files: Iterable[Attachment]) -> list[str]:
    """A sentence for each file that may not arrive whole."""
    found = []
    for file in files:
        text = _length(model, file) or _size(file)
        if text:
            found.append(text)
    return found


def duration_text(seconds: float) -> str:
    """A length for people: `42 s`, `2 min 5 s`, `1 h 3 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def _length(model: Model, file: Attachment) -> str:
    most = model.video_seconds
    if most is None or not file.media_type.startswith("video/"):
        return ""
    name = f"“{file.name[:40]}”"
    if file.seconds is None:
        return (
            f"How long {name} plays cannot be told; {model.name} looks at "
            f"{duration_text(most)} at most."
        )
    if file.seconds <= most + 0.5:
        return ""
    return (
        f"{name} plays {duration_text(file.seconds)}; {model.name} looks at "
        f"{duration_text(most)} at most."
    )


def _size(file: Attachment) -> str:
    megabytes = f"{file.size / 1_000_000:.1f} MB"
    name = f"“{file.name[:40]}”"
    if file.media_type == GIF:
        if file.size <= HEAVY:
            return ""
        return f"{name} is an animation of {megabytes}, sent as it is; many providers refuse it."
    is_packed = file.is_image or file.media_type == "text/plain"
    if is_packed or file.size <= LARGE:
        return ""
    return f"{name} has {megabytes}: sending it takes a while, and some providers refuse it."
