"""Which strips a message has, in order: one entry a kind."""

from __future__ import annotations

from app.ui.transcript.sections.attachments import made_pictures, sent_files
from app.ui.transcript.sections.citations import cited
from app.ui.transcript.sections.section import Maker
from app.ui.transcript.sections.shape_note import shape_note
from app.ui.transcript.sections.tool_calls import tool_calls, tool_results

ABOVE: tuple[Maker, ...] = (sent_files,)
"""Above the text; inside the bubble of a question."""

BELOW: tuple[Maker, ...] = (made_pictures, tool_calls, tool_results, cited, shape_note)
"""Between the text and the foot."""
