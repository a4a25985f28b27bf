"""The list and the dials beside the transcript: how wide they are, and which one gives way."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.services.settings import SettingsService
from app.ui.conversation.view import ConversationView
from app.ui.theme import Theme

SIDEBAR = (200, 264, 400)
TUNING = (280, 332, 480)
"""Least, usual and greatest width at a text zoom of 100 %, px."""
READING = 420
"""What the transcript keeps before a panel gives way, px at 100 %."""
MOST_READING = 2.0
"""The zoom up to which that grows."""
MOST_SHARE = 0.5
"""Share of the window that a panel may take at most."""
REMEMBER_DELAY = 500


class Panels(QObject):
    """Both panels of one window, left and right of its middle.

    They grow with the text. Where there is no room for both the dials give way; where there is
    none for one it is hidden too, unless the user asks for it. `changed` says that another set is
    shown, `remembering` that it is time to keep the widths.
    """

    changed = Signal()
    remembering = Signal()

    def __init__(
        self,
        window: QWidget,
        parts: tuple[QWidget, ConversationView, QWidget],
        settings: SettingsService,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.sidebar, self.view, self.tuning = parts
        self._settings = settings
        self._theme = theme
        self._insisted: QWidget | None = None
        self._set_for = 0.0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.resize)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in parts:
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REMEMBER_DELAY)
        self._timer.timeout.connect(self.remembering)
        self.splitter.splitterMoved.connect(self._timer.start)

    def restore(self) -> None:
        """As they were when the program was left."""
        self.sidebar.setVisible(self._is_wanted(self.sidebar))
        self.tuning.setVisible(self._is_wanted(self.tuning))
        self.resize()
        self.changed.emit()

    def resize(self) -> None:
        """Gives them their widths at the present size of the text."""
        self._set_for = self._scale
        widths = {panel: self._width(panel) for panel in (self.sidebar, self.tuning)}
        for panel in widths:
            least, _, greatest = self._limits(panel)
            panel.setMinimumWidth(self._scaled(least))
            panel.setMaximumWidth(max(self._scaled(least), self._scaled(greatest)))
        middle = max(READING, self._window.width() - sum(widths.values()))
        self.splitter.setSizes([widths[self.sidebar], middle, widths[self.tuning]])

    def toggle(self, panel: QWidget) -> None:
        """Shows or hides one; where there is no room for both, the other one gives way."""
        is_shown = not panel.isVisible()
        self._settings.set(f"window.{self._name(panel)}_visible", is_shown)
        self._insisted = panel if is_shown else None
        other = self.tuning if panel is self.sidebar else self.sidebar
        if is_shown and not self._has_room_for(panel, other):
            self._show(other, is_shown=False)
        self._show(panel, is_shown=is_shown)
        self.changed.emit()

    def fit(self) -> None:
        """Lets panels give way in a narrow window or under a large text, and brings them back."""
        wanted = [panel for panel in (self.sidebar, self.tuning) if self._is_wanted(panel)]
        if len(wanted) == 2 and not self._has_room_for(*wanted):
            is_left = not self.sidebar.isHidden() or self.tuning.isHidden()
            wanted = [self.sidebar if is_left else self.tuning]
        wanted = [p for p in wanted if p is self._insisted or self._has_room_for(p)]
        for panel in (self.sidebar, self.tuning):
            self._show(panel, is_shown=panel in wanted)
        if self._scale != self._set_for or self._scale > 1:
            self.resize()
            # Once more when what is in them has told its new size to those around it.
            self._again.start()
        self.changed.emit()

    def remember_soon(self) -> None:
        """After a pause."""
        self._timer.start()

    def remember(self) -> None:
        """Keeps the widths, as they would be at 100 %."""
        for panel in (self.sidebar, self.tuning):
            least, _, greatest = self._limits(panel)
            if panel.isVisible() and panel.width() != self._width(panel):
                width = round(panel.width() / self._scale)
                name = f"window.{self._name(panel)}_width"
                self._settings.set(name, max(least, min(width, greatest)))

    @property
    def _scale(self) -> float:
        return max(1.0, self._theme.text_zoom)

    def _scaled(self, width: int) -> int:
        return min(round(width * self._scale), round(self._window.width() * MOST_SHARE))

    def _limits(self, panel: QWidget) -> tuple[int, int, int]:
        return SIDEBAR if panel is self.sidebar else TUNING

    def _name(self, panel: QWidget) -> str:
        return "sidebar" if panel is self.sidebar else "tuning"

    def _is_wanted(self, panel: QWidget) -> bool:
        return bool(self._settings.value(f"window.{self._name(panel)}_visible"))

    def _width(self, panel: QWidget) -> int:
        return self._scaled(int(self._settings.value(f"window.{self._name(panel)}_width")))

    def _has_room_for(self, *panels: QWidget) -> bool:
        """Whether they fit beside the text: both at their width, one alone at its least."""
        reading = READING * min(self._scale, MOST_READING)
        if len(panels) == 1:
            least = self._limits(panels[0])[0] * self._scale
            return self._window.width() - least >= reading
        widths = sum(
            int(self._settings.value(f"window.{self._name(panel)}_width")) for panel in panels
        )
        return self._window.width() - widths * self._scale >= reading

    def _show(self, panel: QWidget, *, is_shown: bool) -> None:
        """Shows or hides a panel; a hidden one gives the keyboard to the middle."""
        focused = self._window.focusWidget()
        if not is_shown and focused is not None and panel.isAncestorOf(focused):
            self.view.composer.focus_text()
        panel.setVisible(is_shown)
