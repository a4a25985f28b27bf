"""A formula as paths that any painter fills in any colour and size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.render.formulas.extent import Extent
from app.render.formulas.formula import Drawing, Shape

LETTERS = 0.88
"""How large words of a text font are beside the formula's letters, which are smaller."""
_FINE = 100
"""Px in which words are measured and drawn, before they are scaled."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text font: where they begin on their baseline and the size of an em there."""

    text: str
    x: float
    baseline: float
    em: float
    is_bold: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Paths in em, their baseline at 0. `pen` 0 is filled; an empty colour is the text's."""

    width: float
    ascent: float
    descent: float
    paths: tuple[tuple[QPainterPath, float, str], ...]
    words: tuple[Words, ...] = ()

    def paint(self, painter: QPainter, x: float, baseline: float, em: float, ink: QColor) -> None:
        """Draws it with its left end on a baseline; `em` px."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, baseline)
        painter.scale(em, em)
        for path, pen, name in self.paths:
            colour = _colour(name, ink)
            if pen:
                painter.strokePath(path, QPen(colour, pen))
            else:
                painter.fillPath(path, colour)
        for words in self.words:
            self._write(painter, words, _colour(words.colour, ink))
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, words: Words, colour: QColor) -> None:
        painter.save()
        painter.translate(words.x, words.baseline)
        painter.scale(words.em / _FINE, words.em / _FINE)
        painter.setPen(colour)
        painter.setFont(_font(words.is_bold))
        painter.drawText(QPointF(0, 0), words.text)
        painter.restore()


def extent(text: str, is_bold: bool) -> Extent:
    """What words take in the text font, em of a formula."""
    metrics = QFontMetricsF(_font(is_bold))
    box = metrics.tightBoundingRect(text)
    width = metrics.horizontalAdvance(text)
    return Extent(width / _FINE, max(0.0, -box.top()) / _FINE, max(0.0, box.bottom()) / _FINE)


def _font(is_bold: bool) -> QFont:
    font = QFont()
    font.setPixelSize(round(_FINE * LETTERS))
    font.setBold(is_bold)
    return font


def _colour(name: str, ink: QColor) -> QColor:
    own = QColor.fromString(name) if name else ink
    return own if own.isValid() else ink


def formula_path(drawing: Drawing) -> Outline:
    """The paths of a drawing; neighbours that are drawn alike are one path."""
    paths: list[tuple[QPainterPath, float, str]] = []
    words: list[Words] = []
    for shape in drawing.shapes:
        if shape.text:
            x, baseline, em = shape.steps[0][1]
            words.append(Words(shape.text, x, baseline, em, shape.is_bold, shape.colour))
            continue
        if not paths or paths[-1][1:] != (shape.pen, shape.colour):
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            paths.append((path, shape.pen, shape.colour))
        _add(paths[-1][0], shape)
    return Outline(drawing.width, drawing.ascent, drawing.descent, tuple(paths), tuple(words))


def _add(path: QPainterPath, shape: Shape) -> None:
    for letter, places in shape.steps:
        match letter:
            case "M":
                path.moveTo(*places)
            case "L":
                path.lineTo(*places)
            case "Q":
                path.quadTo(*places)
            case "C":
                path.cubicTo(*places)
            case "Z":
                path.closeSubpath()
            case "E":
                x, y, right, bottom = places
                path.addEllipse(QRectF(x, y, right - x, bottom - y))
