"""Cards and buttons drawn inside the transcript; all their words are drawn as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter

from app.ui.transcript.pieces import Canvas, Region
from app.ui.transcript.style import Style

PADDING = 14
BUTTON = 30
GAP = 8
WRAPPED = Qt.TextFlag.TextWordWrap
LONGEST = 4_000
_LONG_WORD = re.compile(r"\S{32,}")


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

    def height(self, width: int, style: Style) -> int:
        """Px for a width."""
        return self._parts(width, style)[-1][1]

    def _parts(self, width: int, style: Style) -> list[tuple[str, int]]:
        """Names of the parts with the place where each ends."""
        inner = width - style.px(2 * PADDING + 28)
        y = style.px(PADDING)
        parts: list[tuple[str, int]] = []
        y += wrapped_height(self.title, inner, style.strong_font)
        parts.append(("title", y))
        for line in self.lines:
            y += style.px(4) + wrapped_height(line, inner, style.text_font)
            parts.append(("line", y))
        if self.details and self.is_unfolded:
            y += style.px(GAP) + wrapped_height(self.details[:LONGEST], inner, style.code_font)
            parts.append(("details", y))
        if self.buttons or self.details:
            y += style.px(10 + BUTTON)
        parts.append(("end", y + style.px(PADDING)))
        return parts

    def paint(self, canvas: Canvas, x: int, y: int, width: int) -> None:
        """Draws the card."""
        style, painter = canvas.style, canvas.painter
        parts = self._parts(width, style)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("line"))
        painter.setBrush(style.colour("panel"))
        painter.drawRoundedRect(QRectF(x + 0.5, y + 0.5, width - 1, parts[-1][1] - 1), 10, 10)
        size = style.px(18)
        icon = style.theme.pixmap(self.icon, self.colour, size)
        painter.drawPixmap(QPointF(x + style.px(PADDING), y + style.px(PADDING + 1)), icon)
        left = x + style.px(PADDING + 28)
        inner = width - style.px(2 * PADDING + 28)
        top = style.px(PADDING)
        texts = [("text", style.strong_font, self.title)]
        texts += [("muted", style.text_font, line) for line in self.lines]
        if self.details and self.is_unfolded:
            texts.append(("muted", style.code_font, self.details[:LONGEST]))
        for (_, end), (colour, font, text) in zip(parts, texts, strict=False):
            above = 0 if text is self.title else style.px(GAP if font is style.code_font else 4)
            painter.setPen(style.colour(colour))
            painter.setFont(font)
            rect = QRectF(left, y + top + above, inner, end - top - above)
            painter.drawText(rect, WRAPPED, breakable(text))
            top = end
        for index, region in enumerate(self.regions(width, style)):
            is_first = index == 0 and region.command != "card.details"
            paint_button(canvas, region.moved(x, y), is_filled=is_first)

    def regions(self, width: int, style: Style) -> list[Region]:
        """The buttons, in the card's coordinates."""
        buttons = list(self.buttons)
        if self.details:
            buttons.append(
                Button("Hide details" if self.is_unfolded else "Details", "card.details")
            )
        bottom = self._parts(width, style)[-1][1] - style.px(PADDING + BUTTON)
        left = float(style.px(PADDING + 28))
        found = []
        metrics = QFontMetricsF(style.small_strong_font)
        for button in buttons:
            across = metrics.horizontalAdvance(button.title) + style.px(24)
            rect = QRectF(left, bottom, across, style.px(BUTTON))
            found.append(Region(rect, button.command, button.argument, button.title, True))
            left += across + style.px(GAP)
        return found


def paint_button(canvas: Canvas, region: Region, *, is_filled: bool) -> None:
    """A button with its title."""
    style, painter = canvas.style, canvas.painter
    is_under = canvas.is_under(region.rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if is_filled else style.colour("line"))
    ground = "accent" if is_filled else "hover" if is_under else "background"
    painter.setBrush(style.colour(ground))
    painter.drawRoundedRect(region.rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setPen(style.colour("on_accent" if is_filled else "text"))
    painter.setFont(style.small_strong_font)
    painter.drawText(region.rect, Qt.AlignmentFlag.AlignCenter, region.title)


def paint_icon(canvas: Canvas, region: Region, icon: str) -> None:
    """A quiet button that is only an icon."""
    style, painter = canvas.style, canvas.painter
    is_under = canvas.is_under(region.rect)
    if is_under:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("hover"))
        painter.drawRoundedRect(region.rect, 6, 6)
    size = style.px(16)
    pixmap = style.theme.pixmap(icon, "text" if is_under else "muted", size)
    centre = region.rect.center()
    painter.drawPixmap(QPointF(centre.x() - size / 2, centre.y() - size / 2), pixmap)


def wrapped_height(text: str, width: int, font: QFont) -> int:
    """The height of plain text broken to a width, px."""
    if not text:
        return 0
    box = QRect(0, 0, max(40, width), 1_000_000)
    shown = breakable(text[:LONGEST])
    return QFontMetrics(font).boundingRect(box, int(WRAPPED.value), shown).height()


def breakable(text: str) -> str:
    """Plain text whose very long words may be broken too: lines break at words, so far they can."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_pieces(word.group())), text)


def _pieces(word: str) -> list[str]:
    return [word[start : start + 16] for start in range(0, len(word), 16)]
