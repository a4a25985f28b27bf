"""One export format a module; `FORMATS` names them all."""

from __future__ import annotations

from collections.abc import Mapping

from app.transfer.format import Format
from app.transfer.json import FORMAT as JSON
from app.transfer.markdown import FORMAT as MARKDOWN

FORMATS: Mapping[str, Format] = {form.id: form for form in (MARKDOWN, JSON)}
"""Every format a conversation can be written in, by id."""
