"""The characters of a document for a search: formulas as their TeX, and where each match stands."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor, QTextDocument

from app.core.text.needle import Needle, Span
from app.render.output.cut import units
from app.render.runs import ISOLATE, ISOLATE_END
from app.ui.transcript.blocks.formula_object import PICTURE, TEX

_NOT_TEXT = re.compile(f"([{PICTURE}{ISOLATE}{ISOLATE_END}])")


def document_spans(document: QTextDocument, needle: Needle) -> list[Span]:
    """Where a needle is found in a document; a formula whose TeX has it is found whole."""
    text = document.toRawText()
    if not _NOT_TEXT.search(text):
        return needle.spans(text)
    text, formulas = _with_tex(document, text)
    return [
        (_place(formulas, first, 0), _place(formulas, last, 1))
        for first, last in needle.spans(text)
    ]


def _with_tex(document: QTextDocument, text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with TeX in it and without what only sets code apart; of each of these its place
    there, its length and its place in the document, UTF-16 units."""
    cursor = QTextCursor(document)
    parts: list[str] = []
    formulas: list[tuple[int, int, int]] = []
    shift = at = 0
    for part in _NOT_TEXT.split(text):
        if part == PICTURE:
            cursor.setPosition(at + 1)
            part = cursor.charFormat().stringProperty(TEX) or PICTURE
        elif part not in (ISOLATE, ISOLATE_END):
            parts.append(part)
            at += units(part)
            continue
        else:
            part = ""
        formulas.append((at + shift, units(part), at))
        parts.append(part)
        shift += units(part) - 1
        at += 1
    return "".join(parts), formulas


def _place(formulas: list[tuple[int, int, int]], wanted: int, inside: int) -> int:
    """A place in the document for one in the text with TeX."""
    shift = 0
    for start, length, place in formulas:
        if wanted <= start:
            break
        if wanted < start + length:
            return place + inside
        shift += length - 1
    return wanted - shift
