"""The fold of the tuning panel that says which hosts may answer in this conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.tuning.fold import Fold
from app.ui.tuning.routing_form import RoutingForm


class HostsFold(Fold):
    """Made when it is first opened. `wishes_changed` carries the conversation's own wishes."""

    wishes_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Hosts and privacy")
        self.setParent(parent)
        self.form: RoutingForm | None = None
        self._own: Mapping[str, Any] = {}
        self._general: Mapping[str, Any] = {}
        self.opened.connect(self._on_opened)
        self.show_wishes({}, {})

    def show_wishes(self, own: object, general: object) -> None:
        """The wishes of the conversation, and those of the settings that they stand over."""
        self._own = own if isinstance(own, Mapping) else {}
        self._general = general if isinstance(general, Mapping) else {}
        if self.form is not None and self.form.wishes() != dict(self._own):
            self.form.show_wishes(self._own, self._general)
        count = len(self._own)
        note = f"{count} changed" if count else ("as in settings" if self._general else "")
        self.row.set_note(note, is_accented=bool(count))

    def _on_opened(self, is_open: bool) -> None:
        if not is_open or self.form is not None:
            return
        self.form = RoutingForm(self._theme)
        self.form.show_wishes(self._own, self._general)
        self.form.changed.connect(self._on_changed)
        self.content_layout.addWidget(self.form)

    def _on_changed(self, wishes: object) -> None:
        self._own = wishes if isinstance(wishes, Mapping) else {}
        self.show_wishes(self._own, self._general)
        self.wishes_changed.emit(dict(self._own))
