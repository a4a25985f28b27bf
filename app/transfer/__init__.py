"""Conversations and costs as files for other programs."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.folder import modules_in
from app.transfer import formats
from app.transfer.format import Format


def known_formats() -> dict[str, Format]:
    """The formats that have a file in `formats`, by id, in the order a list shows them."""
    found: list[Format] = [module.FORMAT for module in modules_in(formats)]
    return {form.id: form for form in sorted(found, key=lambda form: (form.place, form.id))}


FORMATS: Mapping[str, Format] = known_formats()
"""Every format a conversation can be written in, by id."""
