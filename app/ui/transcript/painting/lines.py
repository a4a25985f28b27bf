"""Boxes, thin lines, bars and pictures of the transcript, all on whole pixels of the screen."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from app.ui.transcript.painting.pixels import Pixels


def draw_box(
    painter: QPainter,
    place: QRectF,
    radius: float,
    line: QColor | None = None,
    ground: QColor | None = None,
    thick: float = 1,
) -> None:
    """A box with round corners: its line stands inside `place`, its ground below it. Without a
    line the ground fills the place. `radius` and `thick` in px."""
    pixels = Pixels(painter)
    box, half = pixels.rect(place), pixels.count(thick) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setWorldTransform(pixels.transform)
    painter.setBrush(ground if ground is not None else QColor(0, 0, 0, 0))
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(line, 2 * half))
        # The middle of the line on the middle of pixels.
        box.adjust(half, half, -half, -half)
    round_ = pixels.length(radius)
    painter.drawRoundedRect(box, round_, round_)
    painter.restore()


def draw_rule(
    painter: QPainter,
    left: float,
    y: float,
    width: float,
    colour: QColor,
    *,
    is_dashed: bool = False,
) -> None:
    """A thin line across, its upper edge at the pixel nearest to `y`. Lengths in px."""
    pixels = Pixels(painter)
    if not is_dashed:
        painter.fillRect(QRectF(left, pixels.y(y), width, pixels.line), colour)
        return
    box, middle = pixels.rect(QRectF(left, y, width, 0)), pixels.thick / 2
    painter.save()
    painter.setWorldTransform(pixels.transform)
    painter.setPen(QPen(colour, pixels.thick, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap))
    y = box.top() + middle
    painter.drawLine(QLineF(box.left(), y, box.right(), y))
    painter.restore()


def draw_bar(painter: QPainter, place: QRectF, colour: QColor) -> None:
    """An upright bar: as wide wherever it stands, and without a seam to one right below it."""
    pixels = Pixels(painter)
    top, bottom = pixels.y(place.top()), pixels.y(place.bottom())
    wide = pixels.count(place.width()) / pixels.ratio
    painter.fillRect(QRectF(pixels.x(place.left()), top, wide, bottom - top), colour)


def draw_picture(painter: QPainter, place: QRectF, radius: float, pixmap: QPixmap) -> None:
    """A picture in the middle of a place whose corners are round."""
    pixels = Pixels(painter)
    size, middle = pixmap.deviceIndependentSize(), place.center()
    left = pixels.x(middle.x() - size.width() / 2)
    top = pixels.y(middle.y() - size.height() / 2)
    outline = QPainterPath()
    outline.addRoundedRect(place, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(QPointF(left, top), pixmap)
    painter.restore()
