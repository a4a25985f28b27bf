"""The quiet bar for messages that belong to no answer: one line, at most one button, never in the
way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.services.notices import Notice
from app.ui.theme import Theme

SHOWN_FOR = {"info": 8000, "warn": 15000, "error": 0}
"""Milliseconds a notice stays by its kind; 0 stays until it is closed or followed by another."""


class NoticeBar(QFrame):
    """Shows one notice at a time; `acted(command_id, argument)` when its button is pressed."""

    acted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notice = Notice("")
        self._is_held = False
        self.setProperty("look", "card")
        self.setAccessibleName("Notice")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._action = QPushButton()
        self._action.setProperty("look", "quiet")
        self._action.setAccessibleName("Nothing to do")
        self._close = QToolButton()
        self._close.setAccessibleName("Close the notice")
        self._close.setToolTip("Close")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.hide)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Shows this one instead of what was there."""
        self._notice = notice
        self._text.setText(notice.text)
        self._action.setText(notice.action_title)
        self._action.setVisible(bool(notice.action_title))
        self._action.setAccessibleName(notice.action_title or "Nothing to do")
        self._on_theme_changed()
        self.show()
        self._restart()
        event = QAccessibleAnnouncementEvent(self, notice.text)
        QAccessible.updateAccessibility(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_held = True
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._is_held = False
        self._restart()
        super().leaveEvent(event)

    def _restart(self) -> None:
        duration = SHOWN_FOR.get(self._notice.kind, 0)
        if duration and not self._is_held:
            self._timer.start(duration)
        else:
            self._timer.stop()

    def _on_action_clicked(self) -> None:
        notice = self._notice
        self.hide()
        self.acted.emit(notice.command_id, notice.argument)

    def _on_theme_changed(self) -> None:
        icons = {"info": ("info", "accent"), "warn": ("triangle-alert", "warn")}
        name, colour = icons.get(self._notice.kind, ("circle-alert", "bad"))
        self._icon.setPixmap(self._theme.pixmap(name, colour, self._theme.px(16)))
        side = self._theme.px(14)
        self._close.setIcon(self._theme.icon("x", "muted", side))
        self._close.setIconSize(QSize(side, side))
        self._text.setFont(self._theme.font(13))
