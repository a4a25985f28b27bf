"""The model files of this computer, and the engine that answers with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app.engine.built_in import small_model
from app.engine.engine import Engine, missing
from app.engine.model_file import ModelFile


class ModelFileService(QObject):
    """Knows the model files; `engine` starts a child for one when it is first asked.

    `is_guest`: this Facet asks once and shares a child that a window of the profile runs.
    """

    def __init__(
        self, logs: Path, *, is_guest: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        small = small_model()
        self._files = {small.id: small} if small else {}
        self.engine = Engine(logs, self.find, is_guest=is_guest)

    def files(self) -> list[ModelFile]:
        """Every model file, the built-in one first."""
        return list(self._files.values())

    def find(self, model_id: str) -> ModelFile:
        """The file of a model. Raises ProviderError when there is none of this id."""
        if model_id not in self._files:
            raise missing(model_id)
        return self._files[model_id]

    async def close(self) -> None:
        """Ends the children."""
        await self.engine.aclose()
