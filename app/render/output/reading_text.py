"""Blocks as a person reads them: plain text without any marks, for a plain text field."""

from __future__ import annotations

from collections.abc import Sequence

from app.render.node import Block


def text_of(blocks: Sequence[Block], *, is_tight: bool = False) -> str:
    """The text of some blocks; a blank line between them, or none in a tight list."""
    parts = [block.as_text() for block in blocks]
    return ("\n" if is_tight else "\n\n").join(part for part in parts if part)
