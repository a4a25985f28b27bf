"""Rows that change no more, drawn once and shown again while an answer grows below them.

Drawing documents is most of what following an answer costs; copying a picture of them is a
twentieth of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from app.ui.transcript.blocks.block_item import BlockItem, Canvas, Selection
from app.ui.transcript.layout.height_index import HeightIndex
from app.ui.transcript.layout.rows import ChunkRow

STEP = 4
"""Places this far apart, px, lie alike between the pixels of a screen of 125, 150, 175 … %."""
SIDE = 2 * STEP
"""Px beside a row that its picture holds too: letters may lean out."""
SPILL = 2 * STEP
"""Px above and below a row in which nothing of it may stand: the next row's picture covers it."""
TALLEST = 4_000
"""Px of a row from which on only what is in view is drawn."""


@dataclass(slots=True)
class _RowPicture:
    look: tuple[object, ...]
    items: list[BlockItem]
    images: dict[tuple[int, int], QImage | None] = field(default_factory=dict)
    """By where the row lies between pixels; None where letters stand outside of the row."""


class RowCache:
    """Pictures of the rows in view, for as long as something grows there."""

    def __init__(self) -> None:
        self._kept: dict[ChunkRow, _RowPicture] = {}
        self._drawn: dict[ChunkRow, _RowPicture] = {}

    def begin(self) -> None:
        """A new frame is drawn; what the last one did not show is let go."""
        self._kept, self._drawn = self._drawn, {}

    def clear(self) -> None:
        """Nothing grows any more."""
        self._kept, self._drawn = {}, {}

    def __len__(self) -> int:
        return sum(any(kept.images.values()) for kept in self._drawn.values())

    def draw(self, row: ChunkRow, canvas: Canvas, x: int, y: int, height: int) -> bool:
        """Draws a row from its picture; False where it has none and is to be drawn itself."""
        if row.is_open or row.is_waiting or not row.items or not 0 < height <= TALLEST:
            return False
        if y < canvas.top and not all(item.is_cut_alike for item in row.items):
            # A table's head stays at the top of the view, a long frame is not drawn whole.
            return False
        at = canvas.painter.deviceTransform()
        ratio = at.m11()
        under = QRectF(x - SIDE, y, row.width + 2 * SIDE, height)
        if STEP * ratio % 1 or canvas.marks or canvas.is_under(under):
            return False
        look = (row.width, height, ratio, canvas.is_active, canvas.style, *row.states.look())
        found = self._kept.get(row) or self._drawn.get(row)
        if found is None or found.look != look or found.items is not row.items:
            found = _RowPicture(look, row.items)
        self._drawn[row] = found
        ground_x, ground_y = at.dx() / ratio, at.dy() / ratio
        place = (0, 0)
        if ratio % 1:
            place = (round(x + ground_x) % STEP, round(y + ground_y) % STEP)
        if place not in found.images:
            found.images[place] = _image_of(row, canvas, place, height, ratio)
        image = found.images[place]
        if image is None:
            return False
        top = _pixel(y + ground_y, ratio) / ratio - ground_y
        canvas.painter.drawImage(QPointF(x - SIDE - place[0], top), image)
        return True


def _pixel(y: float, ratio: float) -> int:
    return floor(y * ratio + 0.5)


def _image_of(
    row: ChunkRow, canvas: Canvas, place: tuple[int, int], height: int, ratio: float
) -> QImage | None:
    x, y = SIDE + place[0], SPILL + place[1]
    wide, tall = x + row.width + SIDE, y + height + SPILL
    image = QImage(ceil(wide * ratio), ceil(tall * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    ground = canvas.style.colour("background")
    image.fill(ground)
    with QPainter(image) as painter:
        row.paint(Canvas(painter, 0, tall, canvas.style, is_active=canvas.is_active), x, y, None)
    first, last = _pixel(y, ratio), _pixel(y + height, ratio)
    line, pixels = image.bytesPerLine(), image.constBits()
    for spill in (bytes(pixels[: first * line]), bytes(pixels[last * line :])):
        if spill != ground.rgb().to_bytes(4, "little") * (len(spill) // 4):
            return None
    return image.copy(0, first, image.width(), last - first)


def paint_rows(
    rows: Sequence[ChunkRow],
    heights: HeightIndex,
    canvas: Canvas,
    x: int,
    y: int,
    chosen: Mapping[int, Mapping[int, Selection]],
    row_cache: RowCache | None,
) -> None:
    """Draws the rows in view, the first of them at (x, y). Pictures go first: what leans out of
    other rows lies above them, and above all what stays at the view's top while a row goes by."""
    seen, others = [], []
    index = heights.find(max(0, canvas.top - y)) if rows else 0
    top = y + heights.top(index)
    while index < len(rows) and top < canvas.bottom:
        row, tall, selected = rows[index], heights[index], chosen.get(index)
        cache = None if selected else row_cache
        if cache is None or not cache.draw(row, canvas, x, top, tall):
            others.append((row, top, selected))
        seen.append((row, top))
        top += tall
        index += 1
    for row, top, selected in others:
        row.paint(canvas, x, top, selected)
    for row, top in seen:
        row.paint_pinned(canvas, x, top)
