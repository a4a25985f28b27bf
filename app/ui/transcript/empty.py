"""What an empty conversation shows: one line and a few cards that do something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.theme import SMALL_SIZE, TEXT_SIZE, Theme
from app.ui.transcript.card import wrapped_height

TITLE = "What would you like to ask?"
CARD_HEIGHT = 112
GAP = 12


class CardButton(QAbstractButton):
    """A card: icon, title, and a line below."""

    def __init__(self, theme: Theme, title: str, subtitle: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._subtitle = subtitle
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(subtitle)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A card's usual size."""
        return QSize(220, CARD_HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lights up."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Goes quiet."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("hover" if self.underMouse() else "panel"))
        has_ring = self.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if has_ring else "line"), 1.5 if has_ring else 1))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, 12, 12)
        painter.drawPixmap(16, 16, theme.pixmap(self._icon, "accent", 20))
        font = theme.font(TEXT_SIZE)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        room = self.width() - 32
        title = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(16, 44, room, 22), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(theme.font(SMALL_SIZE))
        painter.setPen(theme.colour("muted"))
        rect = QRectF(16, 68, room, self.height() - 74)
        painter.drawText(rect, Qt.TextFlag.TextWordWrap, self._subtitle)

    def wanted_height(self, width: int) -> int:
        """Px for a width."""
        text = wrapped_height(self._subtitle, width - 32, self._theme.font(SMALL_SIZE))
        return max(CARD_HEIGHT, 68 + text + 16)


class EmptyState(QWidget):
    """The line and the cards, in the middle of an empty transcript."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: list[tuple[CardButton, str]] = []
        theme.changed.connect(self.update)

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
        count = len(self._cards)
        across = min(720, self.width() - 48)
        columns = count if across >= 190 * count else 1
        width = max(120, (across - GAP * (columns - 1)) // columns)
        height = max(button.wanted_height(width) for button, _ in self._cards)
        rows = (count + columns - 1) // columns
        left = (self.width() - across) // 2
        top = max(64, (self.height() - rows * (height + GAP)) // 2)
        for index, (button, _) in enumerate(self._cards):
            row, column = divmod(index, columns)
            x, y = left + column * (width + GAP), top + row * (height + GAP)
            button.setGeometry(x, y, width, height)
        self._top = top
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line above the cards."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("background"))
        if not self._cards:
            return
        font = theme.font(22)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        rect = QRectF(0, self._top - 60, self.width(), 40)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, TITLE)
