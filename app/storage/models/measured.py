"""What the user's own answers say of the routes: how soon they began and how fast they came."""

from __future__ import annotations

from app.core.models.host import Measured
from app.storage.database.database import Database
from app.storage.database.reading import rows_of

LATEST = 50
"""Answers of a route that are looked at, the newest ones."""


class Measurements:
    """Reads the times that were noted with the costs of answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_route(self, provider_id: str, model_id: str) -> Measured:
        """The medians of a route's newest answers."""
        from statistics import median

        found = rows_of(
            self._database.reader,
            "SELECT first_text, speed FROM ledger WHERE provider_id = ? AND model_id = ?"
            " AND (first_text IS NOT NULL OR speed IS NOT NULL) ORDER BY at DESC LIMIT ?",
            provider_id,
            model_id,
            LATEST,
        )
        waits = [wait for wait, _ in found if wait is not None]
        speeds = [speed for _, speed in found if speed is not None]
        return Measured(
            len(found), median(waits) if waits else None, median(speeds) if speeds else None
        )
