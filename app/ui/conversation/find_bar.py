"""The bar that finds words in the open conversation: a field, a count, the way from one find to
the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from app.ui.theme import Theme
from app.ui.window.actions import Actions, CommandButton

DELAY = 60
"""Milliseconds after the last letter before the search begins."""
WIDEST = 832
"""Px the bar's content takes at most, at 100 %: as wide as the box below."""
NARROW = 480
"""Px below which the bar takes two lines."""
COUNT_WIDTH = 96


class FindField(QLineEdit):
    """The words to find. `stepped(1 or -1)` asks for the next find or the one before."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(-1 if is_back else 1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)


class FindBar(QFrame):
    """Says what to find and shows how much there is.

    `sought(words, whether case counts, whether only whole words)`, `stepped(1 or -1)`, `closed()`.
    """

    sought = Signal(str, bool, bool)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "strip")
        self.setAccessibleName("Find in this conversation")
        self.field = FindField()
        self.field.setPlaceholderText("Find in this conversation")
        self.field.setAccessibleName("Find in this conversation")
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.case = self._toggle("Match case", "Capital and small letters are not the same")
        self.whole = self._toggle("Whole words only", "Finds no word inside another one")
        self.previous = CommandButton(theme, actions.action("find.previous"))
        self.next = CommandButton(theme, actions.action("find.next"))
        self.leave = CommandButton(theme, actions.action("find.close"))
        self.leave.setToolTip("Close (Esc)")
        self._tools, self._inner = QWidget(), QWidget()
        self._grid = QGridLayout(self._inner)
        self._is_narrow: bool | None = None
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.flush)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.stepped.connect(self._on_field_stepped)
        self.case.toggled.connect(self.flush)
        self.whole.toggled.connect(self.flush)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def begin(self, words: str = "") -> None:
        """Puts the cursor into the field, with other words if given, ready to be typed over."""
        if words and words != self.field.text():
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.flush()

    def flush(self) -> None:
        """Begins the search for what stands in the field now."""
        self._timer.stop()
        self.sought.emit(self.field.text(), self.case.isChecked(), self.whole.isChecked())

    def show_count(self, place: int, total: int, is_done: bool) -> None:
        """How many finds there are, which one is current (from 1, 0 for none), and whether all is
        searched."""
        text = ""
        if total:
            text = (
                f"{_grouped(place)} of {_grouped(total)}" if place else f"{_grouped(total)} found"
            )
            text += "" if is_done else "…"
        elif self.field.text().strip():
            text = "Nothing found" if is_done else "Searching…"
        if is_done and text and text != self.count.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))
        self.count.setText(text)
        self.count.setAccessibleName(f"Finds: {text}" if text else "Finds")
        self.field.setAccessibleDescription(text)
        for button in (self.previous, self.next):
            button.setEnabled(total > 0)

    def event(self, event: QEvent) -> bool:
        """Escape means this bar, not the answer that is being written."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; other keys stay here."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is looked for behind one's back."""
        super().hideEvent(event)
        self._timer.stop()

    def _toggle(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(f"{name}\n{tip}")
        return button

    def _build(self) -> None:
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(4)
        for button in (self.previous, self.next, self.case, self.whole):
            tools.addWidget(button)
        self._grid.setContentsMargins(16, 6, 12, 6)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 1)
        outer.addStretch(1)
        outer.addWidget(self._inner, 1000)
        outer.addStretch(1)

    def _arrange(self) -> None:
        """One line, or two where there is no room for one."""
        is_narrow = self.width() < self._theme.px(NARROW)
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        table_layout, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        table_layout.addWidget(self.field, 0, 0, 1, 2 if is_narrow else 1)
        table_layout.addWidget(self.leave, 0, 3 if not is_narrow else 2)
        table_layout.addWidget(self.count, int(is_narrow), 0 if is_narrow else 1)
        side = Qt.AlignmentFlag.AlignRight if is_narrow else middle
        table_layout.addWidget(
            self._tools, int(is_narrow), 1 if is_narrow else 2, 1, 1 + is_narrow, side
        )
        left = Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight
        self.count.setAlignment(left | middle)

    def _on_text_changed(self) -> None:
        self._timer.start()

    def _on_field_stepped(self, step: int) -> None:
        if self._timer.isActive():
            self.flush()
        else:
            self.stepped.emit(step)

    def _on_theme_changed(self) -> None:
        theme = self._theme
        self._inner.setMaximumWidth(theme.px(WIDEST))
        self.count.setMinimumWidth(theme.px(COUNT_WIDTH))
        side = theme.px(18)
        for button, icon in ((self.case, "case-sensitive"), (self.whole, "whole-word")):
            button.setIcon(theme.icon(icon, "muted", side))
            button.setIconSize(QSize(side, side))
            button.setFixedSize(theme.px(30), theme.px(30))
        self._arrange()


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
