"""How many tokens Facet took questions for, beside how many the provider counted."""

from __future__ import annotations

from concurrent.futures import Future

import apsw

from app.storage.database.database import Database
from app.storage.database.reading import rows_of


class EstimateRepository:
    """The estimates noted with the costs of answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, message_id: str, tokens: int) -> Future[None]:
        """Notes for how many tokens the question of an answer was taken."""

        def work(writer: apsw.Connection) -> None:
            writer.execute(
                "UPDATE ledger SET estimated_input = ? WHERE message_id = ?", (tokens, message_id)
            )

        return self._database.write(work, durable=False)

    def of_route(
        self, provider_id: str, model_id: str, smallest: int, limit: int
    ) -> list[tuple[int, int]]:
        """(estimated, counted) of the newest questions to a route, searches left out."""
        found = rows_of(
            self._database.reader,
            "SELECT estimated_input, input_tokens FROM ledger"
            " WHERE provider_id = ? AND model_id = ? AND estimated_input >= ?"
            " AND input_tokens > 0 AND coalesce(searches, 0) = 0 ORDER BY at DESC LIMIT ?",
            provider_id,
            model_id,
            smallest,
            limit,
        )
        return [(estimated, counted) for estimated, counted in found]
