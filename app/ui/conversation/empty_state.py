"""What an empty conversation shows: one line and a few cards that do something."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.theme import SMALL_SIZE, TEXT_SIZE, Theme
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.sections.wrapped_text import wrapped_height

TITLE = "What would you like to ask?"
TITLE_SIZE = 22
CARD_HEIGHT = 112
GAP = 12
ICON = 20
EDGE = 16
FLAT_EDGE = 12
"""Px between a flat card's border and what stands in it."""
LEAST_ACROSS = 190
WIDEST = 720


class CardButton(QAbstractButton):
    """A card: icon, title, and a line below.

    Where there is little room it `is_flat`, with the icon beside them; where there is less still
    it `is_short`: the title in one line alone, the rest in its tip.
    """

    def __init__(self, theme: Theme, title: str, subtitle: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._subtitle = subtitle
        self._icon = icon
        self.is_flat = False
        self.is_short = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(subtitle)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A card's usual size."""
        return QSize(self._theme.px(220), self._theme.px(CARD_HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lights up."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Goes quiet."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card."""
        theme = self._theme
        with QPainter(self) as painter:
            ground = theme.colour("hover" if self.underMouse() else "panel")
            has_ring = self.hasFocus()
            line = theme.colour("accent" if has_ring else "line")
            draw_box(painter, QRectF(self.rect()), 12, line, ground, thick=2 if has_ring else 1)
            edge, room = self._edge(), self._room(self.width())
            painter.drawPixmap(edge, edge, theme.pixmap(self._icon, "accent", theme.px(ICON)))
            left, top = self._text_corner()
            painter.setPen(theme.colour("text"))
            if self.is_short:
                metrics = QFontMetricsF(self._title_font())
                title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
                self._write(painter, title, self._title_font(), QPoint(left, top), room)
            else:
                top += self._write(
                    painter, self.text(), self._title_font(), QPoint(left, top), room
                )
                painter.setPen(theme.colour("muted"))
                top += theme.px(2)
                font = theme.font(SMALL_SIZE)
                self._write(painter, self._subtitle, font, QPoint(left, top), room)

    def wanted_height(self, width: int) -> int:
        """Px for a width."""
        room, theme = self._room(width), self._theme
        title = self.text().split()[0] if self.is_short else self.text()
        tall = self._text_corner()[1] + wrapped_height(title, room, self._title_font())
        if not self.is_short:
            tall += theme.px(2) + wrapped_height(self._subtitle, room, theme.font(SMALL_SIZE))
        least = theme.px(ICON) + 2 * self._edge() if self.is_flat else theme.px(CARD_HEIGHT)
        return max(least, tall + self._edge())

    def title_width(self) -> int:
        """What the title takes in one line, px."""
        return ceil(QFontMetricsF(self._title_font()).horizontalAdvance(self.text())) + 2

    def _title_font(self) -> QFont:
        return self._theme.font(TEXT_SIZE, QFont.Weight.DemiBold)

    def _edge(self) -> int:
        return self._theme.px(FLAT_EDGE if self.is_flat else EDGE)

    def _text_corner(self) -> tuple[int, int]:
        edge = self._edge()
        beside = edge + self._theme.px(ICON) + self._theme.px(GAP)
        return (beside, edge) if self.is_flat else (edge, beside)

    def _room(self, width: int) -> int:
        return max(40, width - self._text_corner()[0] - self._edge())

    @staticmethod
    def _write(painter: QPainter, text: str, font: QFont, corner: QPoint, room: int) -> int:
        painter.setFont(font)
        tall = wrapped_height(text, room, font)
        box = QRectF(corner.x(), corner.y(), room, tall + 2)
        painter.drawText(box, Qt.TextFlag.TextWordWrap, text)
        return tall


class EmptyState(QWidget):
    """The line and the cards, in the middle of an empty transcript."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[tuple[CardButton, str]] = []
        self._top = 0
        theme.changed.connect(self._place)

    @property
    def has_cards(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._cards)

    def set_cards(self, cards: Sequence[tuple[str, str, str, str]]) -> None:
        """(title, subtitle, icon, command id) of each card."""
        for button, _ in self._cards:
            button.setParent(None)
            button.deleteLater()
        self._cards = []
        for title, subtitle, icon, command_id in cards:
            button = CardButton(self._theme, title, subtitle, icon, self)
            button.clicked.connect(self._on_clicked)
            self._cards.append((button, command_id))
            button.show()
        self._place()

    def _on_clicked(self) -> None:
        for button, command_id in self._cards:
            if button is self.sender():
                self.chosen.emit(command_id, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the cards."""
        self._place()

    def _place(self) -> None:
        if not self._cards:
            return
        theme, buttons = self._theme, [button for button, _ in self._cards]
        count = len(buttons)
        gap, head = theme.px(GAP), theme.px(64)
        across = min(theme.px(WIDEST), self.width() - theme.px(48))
        abreast = (across - gap * (count - 1)) // count
        widest = max(button.title_width() for button in buttons) + 2 * theme.px(EDGE)
        columns = count if abreast >= max(widest, theme.px(LEAST_ACROSS)) else 1
        width = max(theme.px(120), abreast if columns > 1 else across)
        rows = count // columns
        for is_flat, is_short in ((columns == 1, False), (columns == 1, True)):
            for button in buttons:
                button.is_flat, button.is_short = is_flat, is_short
                button.setToolTip(f"{button.text()}. {button.accessibleDescription()}")
            height = max(button.wanted_height(width) for button in buttons)
            tall = rows * (height + gap)
            if head + tall <= self.height():
                break
        left = (self.width() - across) // 2
        self._top = max(head, (self.height() - tall) // 2)
        if self._top + tall > self.height():
            self._top = max(0, self.height() - tall)
        for index, button in enumerate(buttons):
            row, column = divmod(index, columns)
            x, y = left + column * (width + gap), self._top + row * (height + gap)
            button.setGeometry(x, y, width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line above the cards."""
        with QPainter(self) as painter:
            theme = self._theme
            painter.fillRect(self.rect(), theme.colour("background"))
            if not self._cards:
                return
            room = self.width() - theme.px(24)
            font = theme.font(TITLE_SIZE, QFont.Weight.DemiBold)
            if QFontMetricsF(font).horizontalAdvance(TITLE) > room:
                font = theme.font(TEXT_SIZE, QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(theme.colour("text"))
            rect = QRectF(0, self._top - theme.px(60), self.width(), theme.px(44))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, TITLE)
