"""What routes were found to refuse, kept between runs."""

from __future__ import annotations

from concurrent.futures import Future

import apsw

from app.core.models.lesson import Lesson
from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import rows_of


class LessonRepository:
    """The lessons of a database, each once for a model at a provider."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lessons(self) -> list[Lesson]:
        """Every lesson, the oldest first."""
        found = rows_of(
            self._database.reader,
            "SELECT provider_id, model_id, name, learnt_at FROM lesson"
            " ORDER BY learnt_at, model_id, name",
        )
        return [
            Lesson(provider_id, model_id, name, rows.doubtful_moment(at))
            for provider_id, model_id, name, at in found
        ]

    def keep(self, lesson: Lesson) -> Future[None]:
        """Keeps a lesson; one that is known already keeps its earlier date."""

        def work(writer: apsw.Connection) -> None:
            writer.execute(
                "INSERT OR IGNORE INTO lesson VALUES (?, ?, ?, ?)",
                (
                    lesson.provider_id,
                    rows.plain(lesson.model_id),
                    lesson.name,
                    rows.moment(lesson.learnt_at),
                ),
            )

        return self._database.write(work)

    def forget(self, lesson: Lesson) -> Future[None]:
        """Forgets one lesson."""

        def work(writer: apsw.Connection) -> None:
            writer.execute(
                "DELETE FROM lesson WHERE provider_id = ? AND model_id = ? AND name = ?",
                (lesson.provider_id, lesson.model_id, lesson.name),
            )

        return self._database.write(work)

    def forget_provider(self, provider_id: str) -> Future[None]:
        """Forgets everything that was learnt of a provider's routes."""

        def work(writer: apsw.Connection) -> None:
            writer.execute("DELETE FROM lesson WHERE provider_id = ?", (provider_id,))

        return self._database.write(work)
