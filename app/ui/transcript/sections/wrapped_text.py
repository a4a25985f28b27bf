"""Plain text, on one line or broken to a width: how high it becomes, where its words stand, and the
grounds behind what a search found in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QTextLayout, QTextOption

from app.render.output.cut import slice_units, units
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.blocks.letter_positions import across
from app.ui.transcript.painting.highlights import fill_mark

WRAPPED = Qt.TextFlag.TextWordWrap
LONGEST = 4_000
"""Characters of one text that are measured."""
_LONG_WORD = re.compile(r"\S{32,}")


def wrapped_height(text: str, width: int, font: QFont) -> int:
    """The height of plain text broken to a width, px."""
    if not text:
        return 0
    box = QRect(0, 0, max(40, width), 1_000_000)
    shown = breakable(text[:LONGEST])
    return QFontMetrics(font).boundingRect(box, int(WRAPPED.value), shown).height()


def breakable(text: str) -> str:
    """Plain text whose very long words may be broken too: lines break at words, so far they can."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_short_runs(word.group())), text)


def _short_runs(word: str) -> list[str]:
    return [word[start : start + 16] for start in range(0, len(word), 16)]


def mark_line(
    canvas: Canvas,
    owner: object,
    number: int,
    place: QRectF,
    text: str,
    font: QFont,
    *,
    start: int = 0,
    is_rest: bool = False,
) -> None:
    """The grounds behind one drawn line: `text` is what of the owner's text stands there from
    `start` on.

    A line cut short marks its end for what was cut; `is_rest` stands for all that follows.
    """
    if not canvas.marks or not (marks := canvas.marks.get(owner)):
        return
    metrics = QFontMetricsF(font)
    end = start + units(text)
    for mark in marks:
        if mark.number != number or mark.last <= start or (mark.first >= end and not is_rest):
            continue
        first, last = max(0, mark.first - start), min(end, mark.last) - start
        left = metrics.horizontalAdvance(slice_units(text, 0, first))
        right = metrics.horizontalAdvance(slice_units(text, 0, last))
        if is_rest and mark.last > end:
            left, right = 0, metrics.horizontalAdvance(text)
        ground = QRectF(place.x() + left, place.y(), max(4.0, right - left), metrics.height())
        ground.moveTop(place.center().y() - metrics.height() / 2)
        fill_mark(canvas.painter, canvas.style, ground, is_current=mark.is_current)


def mark_wrapped(
    canvas: Canvas, owner: object, number: int, place: QRectF, text: str, font: QFont
) -> None:
    """The grounds behind what is found of one of an owner's texts, drawn in `place` by
    `drawText` with TextWordWrap."""
    if not canvas.marks or not (marks := canvas.marks.get(owner)):
        return
    layout = _laid_out(text, font, place.width())
    for mark in marks:
        if mark.number != number:
            continue
        first, last = _shown_at(text, mark.first), _shown_at(text, mark.last)
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if first < end and last > start:
                left = across(line, max(first, start))
                right = across(line, min(last, end))
                ground = QRectF(left, line.y(), max(4.0, right - left), line.height())
                ground.translate(place.topLeft())
                fill_mark(canvas.painter, canvas.style, ground, is_current=mark.is_current)


def wrapped_top(text: str, font: QFont, width: float, position: int) -> int:
    """How far below the top of such a text the line of a position stands, px."""
    layout = _laid_out(text, font, width)  # a line lives as long as its layout
    line = layout.lineForTextPosition(_shown_at(text, position))
    return int(line.y()) if line.isValid() else 0


def _laid_out(text: str, font: QFont, width: float) -> QTextLayout:
    """The lines as QPainter breaks them."""
    layout = QTextLayout(breakable(text).replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    leading = QFontMetricsF(font).leading()
    y = -leading
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(0.0, width))
        y += leading
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def _shown_at(text: str, position: int) -> int:
    """A place of the text in what is drawn, which may break within long words."""
    shown = breakable(text)
    if len(shown) == len(text):
        return position
    wanted, at = len(slice_units(text, 0, position)), 0
    for index, letter in enumerate(shown):
        if at == wanted:
            return units(shown[:index])
        at += letter == text[at]
    return units(shown)
