"""Which files a route cannot take, told before they are sent."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.conversations.attachment import Attachment
from app.core.models.model import Model

WORDS = {"image": "look at pictures", "file": "read PDF files", "audio": "listen", "video": "watch"}


def kind_of(attachment: Attachment) -> str:
    """What a route must take for this file: image, file, audio or video; "" for text."""
    if attachment.media_type == "application/pdf":
        return "file"
    kind = attachment.media_type.partition("/")[0]
    return kind if kind in WORDS else ""


def takes(model: Model, attachments: Iterable[Attachment]) -> bool:
    """Whether a route is known to take all these files."""
    return all(kind in ("", *model.inputs) for kind in map(kind_of, attachments))


def misfits(model: Model, attachments: Iterable[Attachment]) -> list[Attachment]:
    """The files a route does not take; none for a model of which nothing is known."""
    if model.source == "typed":
        return []
    return [file for file in attachments if kind_of(file) not in ("", *model.inputs)]


def misfit_text(model: Model, files: list[Attachment]) -> str:
    """What cannot go where, as a sentence; empty when all fits."""
    if not files:
        return ""
    return f"{_names(files)} cannot be sent: {_lack(model, files)}."


def left_out_text(model: Model, files: list[Attachment]) -> str:
    """What of earlier messages will not go along, as a sentence; empty when all does."""
    if not files:
        return ""
    return f"{_names(files)} of earlier messages will not go along: {_lack(model, files)}."


def _names(files: list[Attachment]) -> str:
    names = "“" + "”, “".join(file.name[:40] for file in files[:2]) + "”"
    return f"{names} and {len(files) - 2} more" if len(files) > 2 else names


def _lack(model: Model, files: list[Attachment]) -> str:
    kinds = list(dict.fromkeys(WORDS[kind_of(file)] for file in files))
    return f"{model.name} does not {' or '.join(kinds)}"
