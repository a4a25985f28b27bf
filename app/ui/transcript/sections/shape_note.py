"""Whether an answer that was to be JSON has the shape it was asked for: one line under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from app.core.conversations.conversation import Message, ShapeCheck
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.wrapped_text import WRAPPED, breakable, mark_wrapped, wrapped_height

ABOVE = 6
LEFT = 22

_LOOKS = {
    "fits": ("circle-check", "good"),
    "misfit": ("triangle-alert", "warn"),
    "not_json": ("triangle-alert", "warn"),
}


class ShapeNote:
    """An icon and a sentence."""

    def __init__(self, check: ShapeCheck) -> None:
        self._check = check
        self.texts = [check.text]
        self._width = 0
        self.height = 0
        self.natural_width = 0

    def layout(self, width: int, style: Style) -> None:
        """Settles it for a width."""
        self._width = self.natural_width = width
        inner = width - style.px(LEFT)
        self.height = style.px(ABOVE) + wrapped_height(self._check.text, inner, style.small_font)
        self.height += style.px(4)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws the line."""
        style, painter = canvas.style, canvas.painter
        icon, colour = _LOOKS.get(self._check.kind, ("info", "muted"))
        y += style.px(ABOVE)
        painter.drawPixmap(QPointF(x, y + 1), style.theme.pixmap(icon, colour, style.px(15)))
        painter.setFont(style.small_font)
        painter.setPen(style.colour("text" if self._check.kind in _LOOKS else "muted"))
        place = QRectF(x + style.px(LEFT), y, self._width - style.px(LEFT), self.height)
        mark_wrapped(canvas, self, 0, place, self._check.text, style.small_font)
        painter.drawText(place, WRAPPED, breakable(self._check.text))

    def text_top(self, _number: int, _at: int) -> int:
        """How far below its top the sentence stands, px."""
        return ABOVE

    def regions(self, _style: Style) -> list[HitRegion]:
        """Nothing can be clicked."""
        return []


def shape_note(message: Message) -> ShapeNote | None:
    """The section of an answer whose shape was checked."""
    check = message.provenance.shape if message.provenance else None
    return ShapeNote(check) if check is not None else None
