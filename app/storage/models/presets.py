"""Presets: the bundled ones and the user's own."""

from __future__ import annotations

import json
from concurrent.futures import Future

import apsw

from app.core.errors import StorageError
from app.core.models.preset import BUNDLED_PRESETS, Preset
from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import rows_of


class PresetRepository:
    """The presets of a database, after the bundled ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def presets(self) -> list[Preset]:
        """The bundled presets, then the user's own by the time they were made."""
        found = rows_of(
            self._database.reader,
            "SELECT id, name, parameters, system, provider_id, model_id FROM preset ORDER BY id",
        )
        own = [Preset(row[0], row[1], json.loads(row[2]), row[3], row[4], row[5]) for row in found]
        return [*BUNDLED_PRESETS, *own]

    def save(self, preset: Preset) -> Future[None]:
        """Stores a preset, new or known; the future raises StorageError for a bundled one."""

        def work(writer: apsw.Connection) -> None:
            _refuse_bundled(preset.id)
            writer.execute(
                "INSERT OR REPLACE INTO preset VALUES (?, ?, ?, ?, ?, ?)",
                (
                    preset.id,
                    rows.plain(preset.name),
                    rows.packed(preset.parameters),
                    rows.plain(preset.system),
                    preset.provider_id,
                    preset.model_id,
                ),
            )

        return self._database.write(work)

    def remove(self, preset_id: str) -> Future[None]:
        """Removes one of the user's own presets."""

        def work(writer: apsw.Connection) -> None:
            _refuse_bundled(preset_id)
            writer.execute("DELETE FROM preset WHERE id = ?", (preset_id,))

        return self._database.write(work)


def _refuse_bundled(preset_id: str) -> None:
    if any(preset.id == preset_id for preset in BUNDLED_PRESETS):
        raise StorageError(
            "The presets that come with Facet cannot be changed.",
            "Save it under a name of your own.",
        )
