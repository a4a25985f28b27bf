"""Which strips a message has, in order: one entry a kind."""

from __future__ import annotations

from app.ui.transcript.section import Maker
from app.ui.transcript.sent_files import sent_files

ABOVE: tuple[Maker, ...] = (sent_files,)
"""Above the text; inside the bubble of a question."""

BELOW: tuple[Maker, ...] = ()
"""Between the text and the foot."""
