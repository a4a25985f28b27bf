"""A formula as paths that any painter fills in any colour and size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.render.formulas.formula import Drawing, Shape


@dataclass(frozen=True, slots=True)
class Outline:
    """Paths in em, their baseline at 0. `pen` 0 is filled; an empty colour is the text's."""

    width: float
    ascent: float
    descent: float
    paths: tuple[tuple[QPainterPath, float, str], ...]

    def paint(self, painter: QPainter, x: float, baseline: float, em: float, ink: QColor) -> None:
        """Draws it with its left end on a baseline; `em` px."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, baseline)
        painter.scale(em, em)
        for path, pen, name in self.paths:
            own = QColor.fromString(name) if name else ink
            colour = own if own.isValid() else ink
            if pen:
                painter.strokePath(path, QPen(colour, pen))
            else:
                painter.fillPath(path, colour)
        painter.restore()


def formula_path(drawing: Drawing) -> Outline:
    """The paths of a drawing; neighbours that are drawn alike are one path."""
    paths: list[tuple[QPainterPath, float, str]] = []
    for shape in drawing.shapes:
        if not paths or paths[-1][1:] != (shape.pen, shape.colour):
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            paths.append((path, shape.pen, shape.colour))
        _add(paths[-1][0], shape)
    return Outline(drawing.width, drawing.ascent, drawing.descent, tuple(paths))


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
