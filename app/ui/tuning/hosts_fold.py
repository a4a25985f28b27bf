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

    routing_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Hosts and privacy")
        self.setParent(parent)
        self.form: RoutingForm | None = None
        self._own: Mapping[str, Any] = {}
        self._general: Mapping[str, Any] = {}
        self.opened.connect(self._on_opened)
        self.show_routing({}, {})

    def show_routing(self, own: object, general: object) -> None:
        """The wishes of the conversation, and those of the settings that they stand over."""
        self._own = own if isinstance(own, Mapping) else {}
        self._general = general if isinstance(general, Mapping) else {}
        if self.form is not None and self.form.routing_choices() != dict(self._own):
            self.form.show_routing(self._own, self._general)
        count = len(self._own)
        note = f"{count} changed" if count else ("as in settings" if self._general else "")
        self.row.set_note(note, is_accented=bool(count))

    def finish(self) -> None:
        """Takes what is typed and valid, as leaving its field does."""
        if self.form is not None:
            self.form.finish()

    def forget(self) -> None:
        """Forgets what is typed and was not taken."""
        if self.form is not None:
            self.form.show_routing(self._own, self._general)

    def _on_opened(self, is_open: bool) -> None:
        if not is_open or self.form is not None:
            return
        self.form = RoutingForm(self._theme)
        self.form.show_routing(self._own, self._general)
        self.form.changed.connect(self._on_changed)
        self.content_layout.addWidget(self.form)

    def _on_changed(self, routing_choices: object) -> None:
        self._own = routing_choices if isinstance(routing_choices, Mapping) else {}
        self.show_routing(self._own, self._general)
        self.routing_changed.emit(dict(self._own))
