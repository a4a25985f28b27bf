"""What each command does in this window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.core.conversations.conversation import Role
from app.core.errors import AppError
from app.core.models.provider import PRACTICE
from app.services.notices import Notice
from app.ui.conversation.focused_message import FocusedMessage
from app.ui.widgets.file_dialog import save_dialog
from app.ui.window.dialogs import Dialogs
from app.ui.window.focus_areas import FocusAreas
from app.ui.window.main_window import MainWindow

ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
EXAMPLE = "What does temperature do?"
EXPORT_FOLDER = "window.export_folder"
PLACES = {", pictures in a folder beside": "beside", ", pictures inside": "embedded"}
"""Where the files of an exported conversation go, as the dialog words it."""


class CommandHandlers(QObject):
    """Binds every declared command to the window and the services."""

    def __init__(self, window: MainWindow, dialogs: Dialogs, areas: FocusAreas) -> None:
        super().__init__(window)
        self._window = window
        self._dialogs = dialogs
        self._areas = areas
        self._services = window.services
        self._deleted: list[str] = []
        self._export_dialog: QFileDialog | None = None
        self._bind_conversation()
        self._bind_message()
        self._bind_view()
        self._bind_tools()
        self._bind_find()
        self._bind_rest()
        self._services.conversations.deleted.connect(self._on_deleted)

    def export(self, conversation_id: str = "") -> None:
        """Asks for a file and writes a conversation to it."""
        from app.transfer import FORMATS

        current = self._services.conversations.current
        wanted = conversation_id or current.id
        title = next(
            (s.title for s in self._services.conversations.summaries() if s.id == wanted), "chat"
        )
        places = PLACES if self._services.conversations.has_files(wanted) else {"": ""}
        filters = {
            f"{form.name}{words} (*{form.suffix})": (key, place)
            for key, form in FORMATS.items()
            for words, place in places.items()
        }
        folder = str(self._services.settings.value(EXPORT_FOLDER))
        name = f"{file_name(title)}.md"
        dialog = save_dialog(
            self._window, "Export conversation", name, folder=folder, filters=tuple(filters)
        )
        dialog.setObjectName("export")
        dialog.filterSelected.connect(partial(self._on_filter_selected, dialog, filters))
        dialog.fileSelected.connect(partial(self._on_file_selected, wanted, dialog, filters))
        if self._export_dialog is not None:
            self._export_dialog.deleteLater()
        self._export_dialog = dialog
        dialog.open()

    def _bind(
        self,
        command_id: str,
        call: Callable[..., object],
        is_enabled: Callable[[], bool] | None = None,
        is_checked: Callable[[], bool] | None = None,
    ) -> None:
        self._window.registry.bind(command_id, call, is_enabled, is_checked)

    def _bind_conversation(self) -> None:
        window = self._window
        self._bind("conversation.new", window.new_conversation)
        self._bind("conversation.export", self.export, self._is_listed)
        self._bind("conversation.rename", window.rename_current, self._is_listed)
        self._bind("conversation.pin", self._toggle_pin, self._is_listed, self._is_pinned)
        self._bind("conversation.next", partial(self._step, 1), self._has_conversations)
        self._bind("conversation.previous", partial(self._step, -1), self._has_conversations)
        self._bind("conversation.delete", self._delete, self._is_listed)
        self._bind("conversation.restore", self._restore, self._has_deleted)
        for number in range(1, 10):
            self._bind(
                f"conversation.open_{number}",
                partial(self._open_place, number),
                partial(self._has_place, number),
            )

    def _bind_message(self) -> None:
        view = self._window.view
        self._bind("message.stop", self._services.conversations.stop, view.can_stop)
        self._bind("message.retry", view.retry_last, partial(self._is_idle_with, Role.ASSISTANT))
        retry_cards = view.retry_cards
        self._bind("message.ask_elsewhere", retry_cards.ask_elsewhere, retry_cards.has_other_route)
        self._bind(
            "message.ask_without_files",
            retry_cards.ask_without_files,
            retry_cards.has_refused_files,
        )
        self._bind("message.ask_capable", retry_cards.ask_capable, retry_cards.has_capable)
        self._bind("message.ask_without", retry_cards.ask_without, retry_cards.has_refused_dial)
        self._bind("message.stop_waiting", retry_cards.stop_waiting, retry_cards.is_waiting)
        self._bind("message.edit_last", view.edit_last, partial(self._is_idle_with, Role.USER))
        self._bind("message.copy_answer", view.copy_last, partial(self._has, Role.ASSISTANT))
        focused = FocusedMessage(view)
        self._bind("message.copy_markdown", focused.copy_markdown, focused.is_there)
        self._bind("message.details", focused.show_details, focused.has_details)
        self._bind("message.as_text", focused.turn_as_text, focused.is_there, focused.is_as_text)
        self._bind("link.open", focused.open_link, focused.is_there)
        self._bind("link.copy_address", focused.copy_address, focused.is_there)
        self._bind("message.open_picture", view.open_picture, self._has_picture)
        self._bind("message.open_file", view.open_file, self._has_file)
        self._bind("message.read", self._dialogs.open_reader, self._has_messages)
        self._bind("message.previous", partial(view.walk, -1), self._has_messages)
        self._bind("message.next", partial(view.walk, 1), self._has_messages)
        self._bind("message.previous_sibling", partial(view.show_sibling, -1), self._has_siblings)
        self._bind("message.next_sibling", partial(view.show_sibling, 1), self._has_siblings)

    def _bind_view(self) -> None:
        window = self._window
        self._bind("view.palette", self._dialogs.open_palette)
        self._bind("view.search", window.search_everywhere)
        self._bind("view.sidebar", window.toggle_sidebar, None, window.sidebar.isVisible)
        self._bind("view.tuning", window.toggle_tuning, None, window.tuning.isVisible)
        self._bind("view.next_region", partial(self._areas.step, 1))
        self._bind("view.previous_region", partial(self._areas.step, -1))
        self._bind("view.menu_bar", window.toggle_menu_bar, None, window.menuBar().isVisible)
        self._bind("view.zoom_in", partial(self._zoom, 1))
        self._bind("view.zoom_out", partial(self._zoom, -1))
        self._bind("view.zoom_reset", partial(self._zoom, 0))

    def _bind_tools(self) -> None:
        answering = self._window.view.answering
        self._bind("tool.list", partial(self._dialogs.open_settings, "tools"))
        self._window.tuning.tools_fold.edit_requested.connect(
            partial(self._window.registry.run, "tool.list")
        )
        self._bind("tool.answer", answering.focus, answering.is_waiting)
        self._bind("tool.decline", answering.decline, answering.is_waiting)

    def _bind_find(self) -> None:
        find = self._window.view.finder
        self._bind("find.open", find.open, self._has_messages)
        self._bind("find.next", find.next, self._has_messages)
        self._bind("find.previous", find.previous, self._has_messages)
        self._bind("find.close", find.close, find.is_open)

    def _bind_rest(self) -> None:
        window = self._window
        self._bind("composer.focus", window.view.composer.focus_text)
        self._bind("composer.attach", window.view.composer.choose_files)
        self._bind("composer.example", self._ask_example)
        self._bind("model.choose", self._dialogs.open_picker)
        self._bind("application.settings", self._dialogs.open_settings)
        self._bind("application.providers", self._dialogs.open_providers)
        self._bind("application.ledger", self._dialogs.open_ledger)
        self._bind("application.quit", window.close)
        self._bind("application.manual", self._dialogs.open_help)
        self._bind("application.shortcuts", partial(self._dialogs.open_help, "shortcuts"))
        self._bind("application.about", self._dialogs.open_about)

    def _is_listed(self) -> bool:
        current = self._services.conversations.current.id
        return self._window.sidebar.model.index_of(current).isValid()

    def _is_pinned(self) -> bool:
        return self._services.conversations.current.is_pinned

    def _has_conversations(self) -> bool:
        return bool(self._window.sidebar.model.ids())

    def _has_place(self, number: int) -> bool:
        return len(self._window.sidebar.model.ids()) >= number

    def _has_deleted(self) -> bool:
        return bool(self._deleted)

    def _has_messages(self) -> bool:
        return bool(self._services.conversations.branch())

    def _has(self, role: Role) -> bool:
        return self._window.view.last_message(role) is not None

    def _is_idle_with(self, role: Role) -> bool:
        return self._has(role) and not self._window.view.is_running()

    def _has_picture(self) -> bool:
        return self._window.view.last_picture() is not None

    def _has_file(self) -> bool:
        return self._window.view.last_file() is not None

    def _has_siblings(self) -> bool:
        conversations = self._services.conversations
        branch = conversations.branch()
        return any(branch.find(name) is not None for name in conversations.sibling_places())

    def _toggle_pin(self) -> None:
        current = self._services.conversations.current
        self._services.conversations.pin(current.id, not current.is_pinned)

    def _delete(self) -> None:
        self._services.conversations.delete(self._services.conversations.current.id)

    def _on_deleted(self, conversation_id: str, _title: str) -> None:
        self._deleted.append(conversation_id)
        self._window.actions_.refresh()

    def _restore(self, conversation_id: str = "") -> None:
        wanted = conversation_id or self._deleted[-1]
        if wanted in self._deleted:
            self._deleted.remove(wanted)
        self._window.view.notices.hide()
        self._services.conversations.restore(wanted)

    def _step(self, step: int) -> None:
        ids = self._window.sidebar.model.ids()
        current = self._services.conversations.current.id
        if current in ids:
            place = (ids.index(current) + step) % len(ids)
        else:
            place = 0 if step > 0 else len(ids) - 1
        self._window.open_conversation(ids[place])

    def _open_place(self, number: int) -> None:
        self._window.open_conversation(self._window.sidebar.model.ids()[number - 1])

    def _zoom(self, step: int) -> None:
        now = self._window.theme.text_zoom
        if step > 0:
            wanted = next((zoom for zoom in ZOOMS if zoom > now + 0.01), ZOOMS[-1])
        elif step < 0:
            wanted = next((zoom for zoom in reversed(ZOOMS) if zoom < now - 0.01), ZOOMS[0])
        else:
            wanted = 1.0
        self._services.settings.set("appearance.text_zoom", wanted)

    def _ask_example(self) -> None:
        conversations = self._services.conversations
        if conversations.branch():
            self._window.new_conversation()
        conversations.choices.choose_here(PRACTICE, "practice-1")
        composer = self._window.view.composer
        if not composer.text().strip():
            composer.field.setPlainText(EXAMPLE)
        composer.focus_text()

    def _on_filter_selected(
        self, dialog: QFileDialog, filters: dict[str, tuple[str, str]], chosen: str
    ) -> None:
        """Gives the name the suffix of the format: by that it is written."""
        from app.transfer import FORMATS

        name = Path(next(iter(dialog.selectedFiles()), ""))
        if name.suffix in {form.suffix for form in FORMATS.values()}:
            dialog.selectFile(name.with_suffix(FORMATS[filters[chosen][0]].suffix).name)

    def _on_file_selected(
        self,
        conversation_id: str,
        dialog: QFileDialog,
        filters: dict[str, tuple[str, str]],
        name: str,
    ) -> None:
        from app.transfer import FORMATS

        format_id, place = filters[dialog.selectedNameFilter()]
        path = Path(name)
        for key, known in FORMATS.items():
            if path.suffix == known.suffix:
                format_id = key
        if not path.suffix:
            path = path.with_name(path.name + FORMATS[format_id].suffix)
        try:
            self._services.conversations.export(conversation_id, format_id, path, place)
        except AppError as error:
            self._services.notices.report(error)
        else:
            self._services.settings.set(EXPORT_FOLDER, str(path.parent))
            self._services.notices.show(Notice(f"Written to {path}"))


def file_name(title: str) -> str:
    """A title as a file name that every system accepts."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:60] or "conversation"
