"""The model files of this computer, and the engine that answers with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from app.engine.engine import Engine
    from app.engine.model_file import ModelFile


class ModelFileService(QObject):
    """Knows the model files, and has an engine that starts a child for one when it is first asked.

    Nothing of the engine's is imported before then: the window starts without it. `is_guest`: this
    Facet asks once and shares a child that a window of the profile runs.
    """

    def __init__(
        self, logs: Path, *, is_guest: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._logs = logs
        self._is_guest = is_guest
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """Holds the children; made when first asked for."""
        from app.engine.engine import Engine

        if self._engine is None:
            self._engine = Engine(self._logs, self.find, is_guest=self._is_guest)
        return self._engine

    def files(self) -> list[ModelFile]:
        """Every model file, the built-in one first."""
        from app.engine.built_in import small_model

        small = small_model()
        return [small] if small is not None else []

    def find(self, model_id: str) -> ModelFile:
        """The file of a model. Raises ProviderError when there is none of this id."""
        from app.engine.engine import missing

        for file in self.files():
            if file.id == model_id:
                return file
        raise missing(model_id)

    async def close(self) -> None:
        """Ends the children."""
        if self._engine is not None:
            await self._engine.aclose()
