"""Formulas inside a QTextDocument: one character each, drawn from paths on the text's baseline."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from app.render.runs import without_isolates
from app.ui.transcript.blocks.formula_path import Outline

PICTURE = "\ufffc"
KIND = QTextFormat.ObjectTypes.UserObject.value + 7
INDEX = QTextFormat.Property.UserProperty.value + 7
TEX = INDEX + 1
SIGN = INDEX + 2

EM = 1.12
"""How much larger formulas are set than the text beside them: their letters are smaller."""
NARROWEST = 0.5
"""A formula wider than the column is drawn smaller, down to this share."""
_ASCENT, _DESCENT = 1.1, 0.56
"""What fits between the usual lines, em."""
DISPLAYED = "$$"
AIR = 4
"""What stays free above and below a displayed formula, px."""
TALL_AIR = 2
"""The same for one in a line that is taller than the text."""


class FormulaDocument(QTextDocument):
    """A document that knows the outlines of its formulas, and loads nothing: a second wall behind
    the tree, which names no resources at all. `is_waiting`: some formulas are not drawn yet."""

    def __init__(self) -> None:
        super().__init__()
        self.outlines: list[Outline] = []
        self.sizes: dict[tuple[int, float], QSizeF] = {}
        """What formulas take, by their index and the text's width: Qt asks often."""
        self.is_waiting = False

    def loadResource(self, kind: int, name: object) -> object:
        """Refuses every image, style sheet and file."""
        return ""


class FormulaObject(QPyTextObject):
    """Measures and draws; one object serves all documents."""

    def intrinsicSize(self, doc: QTextDocument, pos: int, form: QTextFormat) -> QSizeF:
        """What a formula takes of its line. Qt knows no depth below the baseline: a deep one has a
        box that is as deep as it is high, one that is alone in its line stands on it wholly."""
        if not isinstance(doc, FormulaDocument):
            return QSizeF(1, 1)
        key = form.intProperty(INDEX), doc.textWidth()
        size = doc.sizes.get(key)
        if size is None:
            size = doc.sizes[key] = self._size(doc, pos, form)
        return size

    def _size(self, doc: QTextDocument, pos: int, form: QTextFormat) -> QSizeF:
        outline, em = _outline(doc, form), _em(doc, pos, form)
        if outline is None:
            return QSizeF(1, 1)
        if form.stringProperty(SIGN) == DISPLAYED:
            return QSizeF(outline.width * em, (outline.ascent + outline.descent) * em + 2 * AIR)
        if is_deep(form):
            half = max(outline.ascent, outline.descent)
            return QSizeF(outline.width * em, 2 * half * em + 2 * TALL_AIR)
        return QSizeF(outline.width * em, outline.ascent * em)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        pos: int,
        form: QTextFormat,
    ) -> None:
        """Draws a formula on its baseline."""
        outline = _outline(doc, form)
        if outline is None:
            return
        look = form.toCharFormat()
        em = _em(doc, pos, form)
        box = QRectF(rect)
        baseline = box.bottom()
        if form.stringProperty(SIGN) == DISPLAYED:
            baseline -= outline.descent * em + AIR
        elif is_deep(form):
            baseline = box.center().y()
        outline.paint(painter, box.left(), baseline, em, look.foreground().color())


_MIDDLE = QTextCharFormat.VerticalAlignment.AlignMiddle


@lru_cache(1)
def formula_object() -> FormulaObject:
    """The object that draws formulas."""
    return FormulaObject()


def is_deep(form: QTextFormat) -> bool:
    """Whether the box of a formula is as deep as it is high."""
    return form.toCharFormat().verticalAlignment() == _MIDDLE


def is_tall(outline: Outline) -> bool:
    """Whether a formula does not fit between the usual lines."""
    return outline.ascent > _ASCENT or outline.descent > _DESCENT


def insert_formula(
    cursor: QTextCursor, outline: Outline, tex: str, look: QTextCharFormat, *, sign: str
) -> None:
    """Writes a formula at a cursor; `look` has its font and colour, `sign` its TeX delimiter."""
    document = cursor.document()
    assert isinstance(document, FormulaDocument)
    if not document.outlines:
        document.documentLayout().registerHandler(KIND, formula_object())
    form = QTextCharFormat(look)
    form.setFontItalic(False)
    form.setObjectType(KIND)
    form.setProperty(INDEX, len(document.outlines))
    form.setProperty(TEX, tex)
    form.setProperty(SIGN, sign)
    if outline.descent > _DESCENT and sign != DISPLAYED:
        form.setVerticalAlignment(_MIDDLE)
    document.outlines.append(outline)
    cursor.insertText(PICTURE, form)


def text_of(document: QTextDocument, first: int, last: int) -> str:
    """The characters of a stretch of a document, formulas as their TeX; blocks as lines."""
    cursor = QTextCursor(document)
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
    if PICTURE not in text:
        return without_isolates(text)
    parts, at = [], first
    for character in text:
        wide = 2 if ord(character) > 0xFFFF else 1
        if character == PICTURE:
            cursor.setPosition(at + 1)
            form = cursor.charFormat()
            tex = form.stringProperty(TEX)
            sign = form.stringProperty(SIGN)
            character = f"{sign}{tex}{sign}" if tex else character
        parts.append(character)
        at += wide
    return without_isolates("".join(parts))


def _outline(document: QTextDocument, form: QTextFormat) -> Outline | None:
    if not isinstance(document, FormulaDocument):
        return None
    index = form.intProperty(INDEX)
    return document.outlines[index] if index < len(document.outlines) else None


def _em(document: QTextDocument, position: int, form: QTextFormat) -> float:
    """The size of a formula, px: the text's, less when it would not fit into the column."""
    font: QFont = form.toCharFormat().font()
    em = font.pixelSize() * EM if font.pixelSize() > 0 else font.pointSizeF() * EM * 96 / 72
    outline = _outline(document, form)
    room = document.textWidth()
    if outline is None or room <= 0 or not outline.width:
        return em
    room -= document.findBlock(position).blockFormat().leftMargin() + 2
    return em * min(1.0, max(NARROWEST, room / (outline.width * em)))
