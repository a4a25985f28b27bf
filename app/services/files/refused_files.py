"""Which files of a question a provider refused, as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Fault
from app.services.files.file_support import kind_of

_KINDS = {
    "image": re.compile(r"image|picture|photo|vision|multi-?modal", re.IGNORECASE),
    "file": re.compile(r"\bpdfs?\b|\bfiles?\b|document|attachment", re.IGNORECASE),
    "audio": re.compile(r"audio|sound|speech|\bwav\b|\bmp3\b", re.IGNORECASE),
    "video": re.compile(r"video|film|\bmp4\b", re.IGNORECASE),
}
_ANY = re.compile(r"\bfiles?\b|attachment|content[ _](?:type|part|block)|modalit", re.IGNORECASE)
"""Words that may mean a file of any kind."""
_TOO_LARGE = 413


def refused_files(fault: Fault, files: Sequence[Attachment]) -> list[Attachment]:
    """The files that an error is about; none where it speaks of something else.

    A file is meant when the provider's words name its kind; words for any file mean all that are
    no plain text. Too large a request means the largest.
    """
    if fault.kind != "RefusedError" or not files:
        return []
    if fault.status == _TOO_LARGE:
        return [max(files, key=lambda file: file.size)]
    said = f"{fault.message} {fault.details}"
    named = {kind for kind, words in _KINDS.items() if words.search(said)}
    meant = [file for file in files if kind_of(file) in named]
    if not meant and _ANY.search(said):
        meant = [file for file in files if kind_of(file)]
    return meant
