from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.core.models.lesson import Lesson
from app.storage.database.database import Database
from app.storage.models.lessons import LessonRepository

AT = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
FIRST = Lesson("aimlapi", "google/gemma-3-4b-it", "system", AT)
SECOND = Lesson("aimlapi", "google/gemma-3-4b-it", "stream_options", AT + timedelta(days=1))
OTHER = Lesson("custom-1", "ein/modell ☀", "system", AT + timedelta(days=2))


def test_lessons_are_kept_over_a_restart_and_forgotten_one_by_one(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "facet.db")
    lessons = LessonRepository(database)
    for lesson in (SECOND, OTHER, FIRST):
        lessons.keep(lesson).result()
    database.close()
    database = Database.open(tmp_path / "facet.db")
    lessons = LessonRepository(database)
    assert lessons.lessons() == [FIRST, SECOND, OTHER]
    lessons.forget(FIRST).result()
    assert lessons.lessons() == [SECOND, OTHER]
    lessons.forget_provider("aimlapi").result()
    assert lessons.lessons() == [OTHER]
    database.close()


def test_what_is_known_keeps_the_day_it_was_learnt(database: Database) -> None:
    lessons = LessonRepository(database)
    lessons.keep(FIRST).result()
    lessons.keep(Lesson(FIRST.provider_id, FIRST.model_id, FIRST.name, AT + timedelta(1))).result()
    assert lessons.lessons() == [FIRST]
