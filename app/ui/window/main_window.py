"""The window with its three zones: the list, the transcript and the dials."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow

from app.ui.theme import Theme
from app.ui.window.frame import paint_frame
from app.ui.window.latin_keys import act_as_latin
from app.ui.window.window_size import bound_size

if TYPE_CHECKING:
    from app.commands.registry import Registry
    from app.core.conversations.conversation import Message
    from app.paths import Folders
    from app.services.services import Services
    from app.ui.conversation.view import ConversationView
    from app.ui.sidebar.sidebar import Sidebar
    from app.ui.tuning.conversation_dials import ConversationDials
    from app.ui.tuning.panel import TuningPanel
    from app.ui.window.actions import Actions
    from app.ui.window.panels import Panels
    from app.ui.window.reduced_motion import SystemMotion


class MainWindow(QMainWindow):
    """Facet's window. It shows its frame at once; `furnish` puts everything into it, and `begin`
    shows it once its commands are bound.

    Nothing but Qt is imported for the frame, so that it is there in the time Qt itself needs.
    `painted` tells of its first paint. `close_requested` asks for an orderly end: the first close
    is put off until `close_now` is called. `value` reads a setting.
    """

    painted = Signal()
    close_requested = Signal()

    services: Services
    registry: Registry
    actions_: Actions
    sidebar: Sidebar
    view: ConversationView
    tuning: TuningPanel
    dials: ConversationDials
    panels: Panels
    motion: SystemMotion

    def __init__(
        self, theme: Theme, value: Callable[[str], Any], *, folders: Folders | None = None
    ) -> None:
        super().__init__()
        self.theme = theme
        self.folders = folders
        self._value = value
        self._may_close = False
        self._is_painted = False
        self._is_furnished = False
        self._has_begun = False
        self._is_ready = False
        self._watched: QWindow | None = None
        self.setWindowTitle("Facet")
        self.setMinimumSize(720, 520)
        self.resize(1280, 820)
        geometry = str(value("window.geometry") or "")
        if geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(geometry)))
        bound_size(self)

    def furnish(self, services: Services, registry: Registry) -> None:
        """Puts the list, the transcript and the dials into the frame and starts to listen."""
        from app.ui.conversation.view import ConversationView
        from app.ui.sidebar.sidebar import Sidebar
        from app.ui.tuning.conversation_dials import ConversationDials
        from app.ui.tuning.panel import TuningPanel
        from app.ui.window.actions import Actions
        from app.ui.window.panels import Panels
        from app.ui.window.reduced_motion import SystemMotion

        self.services = services
        self.registry = registry
        self._value = services.settings.value
        # First to hear of a change, so that fonts set by others outlive the style sheet's.
        self.theme.changed.connect(self._on_theme_changed)
        self.theme.choose(str(self._value("appearance.theme")))
        self.theme.zoom(float(self._value("appearance.text_zoom")))
        self.actions_ = Actions(registry, self.theme, self)
        self.sidebar = Sidebar(self.theme, registry, self.actions_)
        self.view = ConversationView(services, registry, self.theme, self.actions_)
        self.tuning = TuningPanel(self.theme)
        self.dials = ConversationDials(services, self.tuning)
        self.view.unfinished = self.tuning.unfinished
        parts = (self.sidebar, self.view, self.tuning)
        self.panels = Panels(self, parts, services.settings, self.theme)
        self.motion = SystemMotion(self)
        self._is_furnished = True
        self._build()
        self._listen()

    def begin(self) -> None:
        """Shows what was chosen and is being read, and lets the user work."""
        self._restore()
        self._on_listed()
        if not self._open_last():
            self._on_opened(self.services.conversations.current.id)
        self._has_begun = True
        if self.isVisible():
            self._make_ready()

    def _open_last(self) -> bool:
        """Opens what was open when the window was closed, where that is wished and still there."""
        settings, conversations = self.services.settings, self.services.conversations
        last = settings.value("window.conversation")
        is_there = any(summary.id == last for summary in conversations.summaries())
        if settings.value("reading.start") != "last" or not is_there:
            return False
        conversations.open(str(last))
        return True

    def toggle_sidebar(self) -> None:
        """Shows or hides the list."""
        self.panels.toggle(self.sidebar)

    def toggle_tuning(self) -> None:
        """Shows or hides the dials."""
        self.panels.toggle(self.tuning)

    def show_dial(self, name: str) -> None:
        """Turns to a dial, bringing the panel back where it is hidden."""
        if not self.tuning.isVisible():
            self.toggle_tuning()
        self.tuning.show_dial(name)

    def toggle_menu_bar(self) -> None:
        """Shows or hides the menu bar."""
        is_shown = not self.menuBar().isVisible()
        self.menuBar().setVisible(is_shown)
        self.services.settings.set("window.menu_bar", is_shown)

    def search_everywhere(self) -> None:
        """Puts the cursor into the search box, bringing the list back where it is hidden."""
        if not self.sidebar.isVisible():
            self.toggle_sidebar()
        self.sidebar.begin_search()

    def rename_current(self) -> None:
        """Opens the title of the conversation for editing in the list."""
        if not self.sidebar.isVisible():
            self.toggle_sidebar()
        self.sidebar.search.clear()
        self.sidebar.list.rename(self.services.conversations.current.id)

    def open_conversation(self, conversation_id: str, message_id: str = "", word: str = "") -> None:
        """Turns to a conversation, at a message and a word in it if named; else the cursor goes to
        the composer."""
        conversations = self.services.conversations
        is_elsewhere = conversation_id != conversations.current.id
        if is_elsewhere or message_id:
            self._flush()
            conversations.open(conversation_id, message_id)
        if message_id:
            self.view.show_hit(message_id, word)
        else:
            self.view.composer.focus_text()

    def new_conversation(self) -> None:
        """Turns to a fresh conversation."""
        self._flush()
        self.services.conversations.new()
        self.view.composer.focus_text()

    def come_forward(self) -> None:
        """Brings the window to the front, as a second start asks."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def close_now(self) -> None:
        """Closes the window without asking again: everything is stored."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if self._is_furnished:
            self._flush()
            self._remember()
        self.close_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.screenChanged.connect(self._on_screen_changed)
        if self._has_begun and not self._is_ready:
            self._make_ready()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the frame: the three zones, as they will be once they are furnished."""
        if self._is_furnished:
            super().paintEvent(event)
            return
        paint_frame(self, self.theme, self._panel_width("sidebar"), self._panel_width("tuning"))
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that nothing else takes go where a question is written."""
        chords = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        is_text = event.text().isprintable() and bool(event.text())
        if self._is_furnished and is_text and not event.modifiers() & chords:
            field = self.view.composer.field
            self.view.composer.focus_text()
            QApplication.sendEvent(field, event)
            return
        if not act_as_latin(event, self.actions()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_ready:
            self.panels.fit()
            self.panels.remember_soon()

    def _on_screen_changed(self, _screen: object) -> None:
        bound_size(self)

    def _panel_width(self, name: str) -> int:
        if not self._value(f"window.{name}_visible"):
            return 0
        return int(self._value(f"window.{name}_width"))

    def _make_ready(self) -> None:
        """Once, when what was built is on the screen."""
        self._is_ready = True
        self.panels.fit()
        self.view.composer.focus_text()
        QTimer.singleShot(0, self._on_first_shown)

    def _build(self) -> None:
        self.setCentralWidget(self.panels.splitter)
        for menu in self.actions_.menus(self):
            self.menuBar().addMenu(menu)
        self.actions_.guard(self.sidebar.search, self.view.composer.field)

    def _listen(self) -> None:
        conversations, generation = self.services.conversations, self.services.generation
        self.theme.changed.connect(self._on_text_zoomed)
        self.panels.changed.connect(self._on_panels_changed)
        self.panels.remembering.connect(self._remember)
        conversations.listed.connect(self._on_listed)
        conversations.opened.connect(self._on_opened)
        conversations.choice_changed.connect(self._on_choice_changed)
        conversations.deleted.connect(self._on_deleted)
        generation.started.connect(self._on_running_changed)
        generation.finished.connect(self._on_finished)
        generation.ended.connect(self._on_running_changed)
        self.services.bills.settled.connect(self._show_month)
        self.services.settings.changed.connect(self._on_setting_changed)
        self.view.state_changed.connect(self.actions_.refresh)
        self.sidebar.opened.connect(self.open_conversation)
        self.sidebar.renamed.connect(conversations.rename)
        self.sidebar.pin_asked.connect(conversations.pin)
        self.sidebar.delete_asked.connect(conversations.delete)
        self.sidebar.searched.connect(self.services.search.find)

    def _restore(self) -> None:
        settings = self.services.settings
        self.menuBar().setVisible(bool(settings.value("window.menu_bar")))
        self.view.composer.set_send_with(str(settings.value("composer.send_with")))
        self.motion.changed.connect(self._on_motion_changed)
        self._on_setting_changed("appearance.reduced_motion")
        self.panels.restore()

    def _flush(self) -> None:
        """Keeps what was typed and still waits for a pause."""
        self.view.bookmarks.keep()
        self.view.composer.flush_draft()
        self.tuning.flush()

    def _remember(self) -> None:
        settings = self.services.settings
        geometry = bytes(self.saveGeometry().data())
        settings.set("window.geometry", base64.b64encode(geometry).decode())
        settings.set("window.conversation", self.services.conversations.current.id)
        self.panels.remember()

    def _on_panels_changed(self) -> None:
        self.view.header.set_sidebar_visible(not self.sidebar.isHidden())
        self.actions_.refresh()

    def _on_first_shown(self) -> None:
        self.services.notices.release()
        self._show_month()

    def _show_month(self) -> None:
        self.sidebar.set_month(self.services.ledger.month_cost())

    def _on_listed(self) -> None:
        self.sidebar.set_summaries(self.services.conversations.summaries())
        self._on_running_changed()

    def _on_opened(self, conversation_id: str) -> None:
        self.view.show_conversation()
        self.dials.show()
        self.sidebar.set_current(conversation_id)
        self._on_choice_changed()
        self.actions_.refresh()

    def _on_choice_changed(self) -> None:
        from app.ui.sidebar.conversation_delegate import one_line

        title = self.services.conversations.current.title
        self.setWindowTitle(f"{one_line(title)} — Facet" if title else "Facet")

    def _on_deleted(self, conversation_id: str, title: str) -> None:
        from app.services.notices import Notice
        from app.ui.sidebar.conversation_delegate import isolated

        self.services.notices.show(
            Notice(
                f"“{isolated(title or 'New conversation')}” is deleted.",
                action_title="Undo",
                command_id="conversation.restore",
                argument=conversation_id,
            )
        )

    def _on_running_changed(self) -> None:
        generation = self.services.generation
        running = [i for i in self.sidebar.model.ids() if generation.is_running(i)]
        self.sidebar.model.set_running(running)

    def _on_finished(self, message: Message) -> None:
        if message.conversation_id != self.services.conversations.current.id:
            self.sidebar.model.mark_unread(message.conversation_id, is_unread=True)
        self._show_month()

    def _on_setting_changed(self, key: str) -> None:
        value = self.services.settings.value(key)
        match key:
            case "appearance.theme":
                self.theme.choose(str(value))
            case "appearance.text_zoom":
                self.theme.zoom(float(value))
            case "appearance.reduced_motion":
                is_reduced = bool(value) or self.motion.is_unwanted
                self.theme.has_motion = not is_reduced
                self.tuning.set_reduced_motion(is_reduced)
            case "composer.send_with":
                self.view.composer.set_send_with(str(value))
        self.actions_.refresh()

    def _on_motion_changed(self) -> None:
        self._on_setting_changed("appearance.reduced_motion")

    def _on_theme_changed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.theme.apply(application)

    def _on_text_zoomed(self) -> None:
        """Last to hear of a change: by now everything in the panels has its new size."""
        if self._is_ready:
            self.panels.fit()
