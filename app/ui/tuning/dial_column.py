"""A column of dials for one set of parameters."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.models.model import Model
from app.core.models.parameter import Parameters
from app.providers.parameters.declarations import DIALS
from app.ui.theme import Theme
from app.ui.tuning.dial import Dial
from app.ui.tuning.text_dials import dial_for

_GAP = 14


class DialColumn(QWidget):
    """Dials under each other. `changed` and `dragged` carry name and value of the one turned."""

    changed = Signal(str, object)
    dragged = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: Model | None = None
        self._parameters: Parameters = {}
        self._dials: dict[str, Dial] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)

    def add(self, names: Iterable[str]) -> None:
        """Adds the dials of these parameters at the end."""
        for name in names:
            dial = dial_for(self._theme, DIALS[name])
            dial.set_route(self._model)
            dial.set_value(self._parameters.get(name))
            dial.changed.connect(self.changed)
            dial.dragged.connect(self.dragged)
            self._dials[name] = dial
            self._layout.addWidget(dial)

    def dial(self, name: str) -> Dial | None:
        """The dial of a parameter, None when it is not in this column."""
        return self._dials.get(name)

    def dials(self) -> list[Dial]:
        """Every dial, from top to bottom."""
        return list(self._dials.values())

    def show_only(self, names: Iterable[str]) -> None:
        """Shows the dials of these parameters and hides the others."""
        wanted = set(names)
        for name, dial in self._dials.items():
            dial.setVisible(name in wanted)

    def finish(self) -> None:
        """Takes what is typed in any dial and valid, as leaving its field does."""
        for dial in self._dials.values():
            dial.finish()

    def unfinished(self) -> str:
        """What is wrong with the first text that is not taken, or nothing."""
        said = (dial.unfinished() for dial in self._dials.values() if not dial.isHidden())
        return next((text for text in said if text), "")

    def forget(self) -> None:
        """Forgets what is typed in any dial and was not taken."""
        for dial in self._dials.values():
            dial.forget()

    def set_model(self, model: Model | None) -> None:
        """The route the dials speak of."""
        self._model = model
        for dial in self._dials.values():
            dial.set_route(model)

    def set_parameters(self, parameters: Parameters) -> None:
        """The values that are set."""
        self._parameters = parameters
        for name, dial in self._dials.items():
            if dial.value() != parameters.get(name):
                dial.set_value(parameters.get(name))
