"""Cards and buttons drawn inside the transcript; all their words are drawn as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.wrapped_text import (
    LONGEST,
    WRAPPED,
    breakable,
    mark_wrapped,
    wrapped_height,
    wrapped_top,
)

PADDING = 14
BUTTON = 30
GAP = 8
ICON = 28
"""Px from the icon to the title."""
NARROW = 240
"""Px at 100 % below which what a card says goes on below its icon."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a card; the first one is drawn filled."""

    title: str
    command: str
    argument: str = ""


@dataclass(slots=True)
class Card:
    """A framed note: a sentence, quieter lines below, buttons, and details that unfold."""

    title: str
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    details: str = ""
    icon: str = "circle-alert"
    colour: str = "bad"
    is_unfolded: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """All it says, the details last, also while they are folded."""
        return (self.title, *self.lines, *([self.details[:LONGEST]] if self.details else []))

    def text_top(self, number: int, at: int, width: int, style: Style) -> int:
        """How far below its top a place of one of its texts stands, px."""
        for index, (rect, _, font, text) in enumerate(self._placed(width, style)):
            if index == number:
                return int(rect.top()) + wrapped_top(text, font, rect.width(), at)
        return 0

    def height(self, width: int, style: Style) -> int:
        """Px for a width."""
        return self._parts(width, style)[-1][1]

    def _parts(self, width: int, style: Style) -> list[tuple[str, int]]:
        """Names of the parts with the place where each ends."""
        inner = width - style.px(2 * PADDING + ICON)
        y = style.px(PADDING)
        parts: list[tuple[str, int]] = []
        y += wrapped_height(self.title, inner, style.strong_font)
        inner = width - _left(width, style) - style.px(PADDING)
        parts.append(("title", y))
        for line in self.lines:
            y += style.px(4) + wrapped_height(line, inner, style.text_font)
            parts.append(("line", y))
        if self.details and self.is_unfolded:
            y += style.px(GAP) + wrapped_height(self.details[:LONGEST], inner, style.code_font)
            parts.append(("details", y))
        if rows := self._button_rows(width, style):
            y += style.px(10) + len(rows) * style.px(BUTTON) + (len(rows) - 1) * style.px(GAP)
        parts.append(("end", y + style.px(PADDING)))
        return parts

    def _placed(self, width: int, style: Style) -> Iterator[tuple[QRectF, str, QFont, str]]:
        """(place in the card, colour, font, text) of what it says."""
        left, top = style.px(PADDING + ICON), style.px(PADDING)
        texts = [("text", style.strong_font, self.title)]
        texts += [("muted", style.text_font, line) for line in self.lines]
        if self.details and self.is_unfolded:
            texts.append(("muted", style.code_font, self.details[:LONGEST]))
        parts = self._parts(width, style)
        for (_, end), (colour, font, text) in zip(parts, texts, strict=False):
            above = 0 if text is self.title else style.px(GAP if font is style.code_font else 4)
            inner = width - left - style.px(PADDING)
            yield QRectF(left, top + above, inner, end - top - above), colour, font, text
            top, left = end, _left(width, style)

    def paint(self, canvas: Canvas, x: int, y: int, width: int, owner: object = None) -> None:
        """Draws the card; what is found in it is marked as its owner's."""
        style, painter = canvas.style, canvas.painter
        height = self._parts(width, style)[-1][1]
        box = QRectF(x, y, width, height)
        draw_box(painter, box, 10, style.colour("line"), style.colour("panel"))
        size = style.px(18)
        icon = style.theme.pixmap(self.icon, self.colour, size)
        painter.drawPixmap(QPointF(x + style.px(PADDING), y + style.px(PADDING + 1)), icon)
        for number, (place, colour, font, text) in enumerate(self._placed(width, style)):
            rect = place.translated(x, y)
            mark_wrapped(canvas, owner, number, rect, text, font)
            painter.setPen(style.colour(colour))
            painter.setFont(font)
            painter.drawText(rect, WRAPPED, breakable(text))
        for index, region in enumerate(self.regions(width, style)):
            is_first = index == 0 and region.command != "card.details"
            paint_button(canvas, region.moved(x, y), is_filled=is_first)

    def regions(self, width: int, style: Style) -> list[HitRegion]:
        """The buttons, in the card's coordinates."""
        rows = self._button_rows(width, style)
        tall, gap = style.px(BUTTON), style.px(GAP)
        top = self._parts(width, style)[-1][1] - style.px(PADDING) - len(rows) * (tall + gap) + gap
        found = []
        for row in rows:
            left = float(_left(width, style))
            for button, across in row:
                rect = QRectF(left, top, across, tall)
                found.append(HitRegion(rect, button.command, button.argument, button.title, True))
                left += across + gap
            top += tall + gap
        return found

    def _button_rows(self, width: int, style: Style) -> list[list[tuple[Button, float]]]:
        """The buttons with their widths, broken into rows that fit."""
        buttons = list(self.buttons)
        if self.details:
            title = "Hide details" if self.is_unfolded else "Details"
            buttons.append(Button(title, "card.details"))
        room = max(0.0, width - _left(width, style) - style.px(PADDING))
        metrics = QFontMetricsF(style.small_strong_font)
        rows: list[list[tuple[Button, float]]] = []
        left = 0.0
        for button in buttons:
            across = min(room, metrics.horizontalAdvance(button.title) + style.px(24))
            if not rows or left + across > room:
                rows.append([])
                left = 0.0
            rows[-1].append((button, across))
            left += across + style.px(GAP)
        return rows


def _left(width: int, style: Style) -> int:
    """Where lines and buttons begin, px."""
    return style.px(PADDING if width < style.px(NARROW) else PADDING + ICON)


def paint_button(canvas: Canvas, region: HitRegion, *, is_filled: bool) -> None:
    """A button with its title."""
    style, painter = canvas.style, canvas.painter
    is_under = canvas.is_under(region.rect)
    ground = style.colour("accent" if is_filled else "hover" if is_under else "background")
    draw_box(painter, region.rect, 8, ground if is_filled else style.colour("line"), ground)
    painter.setPen(style.colour("on_accent" if is_filled else "text"))
    painter.setFont(style.small_strong_font)
    metrics, room = QFontMetricsF(style.small_strong_font), region.rect.width() - style.px(8)
    title = metrics.elidedText(region.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(region.rect, Qt.AlignmentFlag.AlignCenter, title)


def paint_icon(canvas: Canvas, region: HitRegion, icon: str) -> None:
    """A quiet button that is only an icon."""
    style, painter = canvas.style, canvas.painter
    is_under = canvas.is_under(region.rect)
    if is_under:
        draw_box(painter, region.rect, 6, ground=style.colour("hover"))
    size = style.px(16)
    pixmap = style.theme.pixmap(icon, "text" if is_under else "muted", size)
    centre = region.rect.center()
    painter.drawPixmap(QPointF(centre.x() - size / 2, centre.y() - size / 2), pixmap)
