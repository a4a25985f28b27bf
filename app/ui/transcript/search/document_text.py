"""The characters of a document for a search: formulas as their TeX, and where each match stands."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from app.core.text.needle import Needle, Span
from app.render.output.cut import units
from app.ui.transcript.blocks.formula_object import PICTURE, TEX


def document_spans(document: QTextDocument, needle: Needle) -> list[Span]:
    """Where a needle is found in a document; a formula whose TeX has it is found whole."""
    text = document.toRawText()
    if PICTURE not in text:
        return needle.spans(text)
    text, formulas = _with_tex(document, text)
    return [
        (_place(formulas, first, 0), _place(formulas, last, 1))
        for first, last in needle.spans(text)
    ]


def _with_tex(document: QTextDocument, text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with TeX in it, and of each formula its place there, its length and its place in
    the document, UTF-16 units."""
    cursor = QTextCursor(document)
    parts: list[str] = []
    formulas: list[tuple[int, int, int]] = []
    shift = at = 0
    for part in text.split(PICTURE):
        if parts:
            cursor.setPosition(at + 1)
            tex = cursor.charFormat().stringProperty(TEX) or PICTURE
            formulas.append((at + shift, units(tex), at))
            parts.append(tex)
            shift += units(tex) - 1
            at += 1
        parts.append(part)
        at += units(part)
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
