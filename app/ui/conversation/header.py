"""The line above the transcript: the model, what it takes and costs, and two panels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.core.costs.usage import Price, dollars
from app.core.models.model import Model, context_text
from app.ui.sidebar.conversation_delegate import one_line
from app.ui.theme import Theme
from app.ui.window.actions import Actions, CommandButton

HEIGHT = 52


class ModelButton(QAbstractButton):
    """The chosen model and its provider; a click opens the picker."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._provider = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_model(self, name: str, provider: str) -> None:
        """Shows another model."""
        self._provider = one_line(provider)
        self.setText(one_line(name))
        where = f" at {self._provider}" if self._provider else ""
        self.setAccessibleName(f"Model: {self.text()}{where}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = 21 + self._theme.px(17) + self._width(self._name_font(), self.text()) + 30
        if self._provider:
            width += 8 + self._width(self._small_font(), self._provider)
        return QSize(width, self._theme.px(33))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._theme.px(33))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = self.rect().adjusted(0, 0, -1, -1)
            is_focused = self.hasFocus()
            painter.setPen(QPen(theme.colour("accent" if is_focused else "line"), 1))
            painter.setBrush(theme.colour("hover" if self.underMouse() else "background"))
            painter.drawRoundedRect(frame.toRectF().translated(0.5, 0.5), 9, 9)
            size = theme.px(17)
            gem = theme.pixmap("gem", "accent", size)
            painter.drawPixmap(11, (self.height() - size) // 2, gem)
            left = 20 + size
            right = self.width() - 30
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            font = self._name_font()
            name = QFontMetrics(font).elidedText(
                self.text(), Qt.TextElideMode.ElideMiddle, max(40, right - left)
            )
            painter.setFont(font)
            painter.setPen(theme.colour("text"))
            painter.drawText(QRect(left, 0, right - left, self.height()), middle, name)
            left += self._width(font, name) + 8
            if right - left > 24:
                small = self._small_font()
                painter.setFont(small)
                painter.setPen(theme.colour("muted"))
                text = QFontMetrics(small).elidedText(
                    self._provider, Qt.TextElideMode.ElideRight, right - left
                )
                painter.drawText(QRect(left, 0, right - left, self.height()), middle, text)
            centre = QPointF(self.width() - 15, self.height() / 2 + 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("faint"))
            painter.drawPolygon(
                [centre + QPointF(-4, -2.5), centre + QPointF(4, -2.5), centre + QPointF(0, 4)]
            )

    def _name_font(self) -> QFont:
        return self._theme.font(14, QFont.Weight.DemiBold)

    def _small_font(self) -> QFont:
        return self._theme.font(12)

    @staticmethod
    def _width(font: QFont, text: str) -> int:
        return QFontMetrics(font).horizontalAdvance(text)


class Header(QWidget):
    """Shows what answers; `model_pressed` asks for the picker."""

    model_pressed = Signal()

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self.setAutoFillBackground(True)
        self.model_button = ModelButton(theme)
        self.model_button.clicked.connect(self.model_pressed)
        self.model_button.setToolTip(actions.action("model.choose").toolTip())
        self._chips = [QLabel(self) for _ in range(3)]
        self._sidebar = CommandButton(theme, actions.action("view.sidebar"))
        self._new = CommandButton(theme, actions.action("conversation.new"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 10, 1)
        row.setSpacing(10)
        row.addWidget(self._sidebar)
        row.addWidget(self._new)
        row.addWidget(self.model_button)
        for chip, name in zip(self._chips, ("Context", "Takes", "Price"), strict=True):
            chip.setProperty("look", "pill")
            chip.setTextFormat(Qt.TextFormat.PlainText)
            chip.setAccessibleName(name)
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        end = QHBoxLayout()
        end.setSpacing(1)
        end.addWidget(CommandButton(theme, actions.action("view.search")))
        end.addWidget(CommandButton(theme, actions.action("view.tuning")))
        row.addLayout(end)
        self.set_sidebar_visible(True)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_model(self, model: Model, provider: str) -> None:
        """Shows another model with what is known about it."""
        self.model_button.set_model(model.name, provider if provider != model.name else "")
        context, takes, price = self._chips
        context.setText("" if model.context is None else context_text(model.context))
        context.setToolTip(
            "" if model.context is None else f"Reads up to {model.context:,} tokens at once"
        )
        takes.setText(" · ".join(model.inputs))
        takes.setToolTip("What a question may hold: " + ", ".join(model.inputs))
        price.setText(price_text(model.price))
        price.setToolTip("Price of what is sent / of what is answered, in US dollars")
        self._fit()

    def set_sidebar_visible(self, is_visible: bool) -> None:
        """Offers to bring the list back while it is hidden."""
        self._sidebar.setVisible(not is_visible)
        self._new.setVisible(not is_visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("background"))
            line = QRect(0, self.height() - 1, self.width(), 1)
            painter.fillRect(line, self._theme.colour("line"))

    def _fit(self) -> None:
        """Shows as many chips as there is room for, the first ones first."""
        room = self.width() - 48 - self._theme.px(62) - self.model_button.sizeHint().width()
        if not self._sidebar.isHidden():
            room -= 20 + self._theme.px(60)
        for chip in self._chips:
            room -= chip.sizeHint().width() + 10
            chip.setVisible(bool(chip.text()) and room >= 0)

    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()


def price_text(price: Price) -> str:
    """A price for a chip; nothing when it is not known, never a zero for an unknown."""
    if price.is_free:
        return "free"
    if price.is_per_message and price.per_message is not None:
        return f"{dollars(price.per_message)} per message"
    if price.input_per_million is None or price.output_per_million is None:
        return ""
    low, high = _short(price.input_per_million), _short(price.output_per_million)
    return f"{low} / {high} per 1M"


def _short(amount: object) -> str:
    return f"${float(str(amount)):.2f}"
