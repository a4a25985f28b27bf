"""Tokens of files, roughly, told from what is known of them without opening them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from app.core.conversations.attachment import Attachment
from app.core.models.model import Model
from app.core.models.picture_limits import sent_size
from app.services.files.file_support import kind_of

TOKENS_PER_IMAGE = 256
"""Tokens of one picture for Gemma 3 and later (its vision encoder gives 256 per picture)."""

PIXELS_PER_TOKEN = 750
"""Pixels that other models count as a token, as Anthropic's documentation says of its own."""

MOST_PER_IMAGE = 1600
"""More than that no provider counts for a picture that it makes smaller itself."""

TOKENS_PER_PAGE = 800
"""Tokens of a page of print."""

TOKENS_PER_SECOND = 32
"""Tokens of a second of sound, as Google counts it."""

_PAGE_BYTES = 60_000
_SOUND_BYTES = 16_000
_FILM_BYTES = 250_000
"""Bytes of a page, and of a second of sound and of film, where the file does not tell."""


def files_tokens(files: Iterable[Attachment], model: Model | None = None) -> int:
    """Tokens of all these files; those that the model does not take are not sent."""
    return sum(file_tokens(file, model) for file in files)


def file_tokens(file: Attachment, model: Model | None = None) -> int:
    """Tokens of one file for a model, or for Gemma where none is named; 0 when it is not sent."""
    kind = kind_of(file)
    if model is not None and kind and model.source != "typed" and kind not in model.inputs:
        return 0
    match kind:
        case "image":
            return _picture(file, model)
        case "file":
            return TOKENS_PER_PAGE * (file.pages or math.ceil(file.size / _PAGE_BYTES))
        case "audio":
            return math.ceil(TOKENS_PER_SECOND * _seconds(file, _SOUND_BYTES))
        case "video":
            seconds = _seconds(file, _FILM_BYTES)
            if model is not None and model.video_seconds is not None:
                seconds = min(seconds, model.video_seconds)
            return TOKENS_PER_IMAGE * math.ceil(seconds)
    return math.ceil(file.size / 4)


def _picture(file: Attachment, model: Model | None) -> int:
    if model is None or "gemma" in f"{model.group} {model.id}".lower():
        return TOKENS_PER_IMAGE
    width, height = sent_size(file) or (file.width, file.height)
    if not width or not height:
        return MOST_PER_IMAGE
    return min(MOST_PER_IMAGE, math.ceil(width * height / PIXELS_PER_TOKEN))


def _seconds(file: Attachment, bytes_per_second: int) -> float:
    return file.seconds if file.seconds is not None else file.size / bytes_per_second
