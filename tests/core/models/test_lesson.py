from datetime import UTC, datetime

import pytest

from app.core.models.lesson import STREAM_OPTIONS, SYSTEM, Lesson


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (SYSTEM, "takes no separate instructions"),
        (STREAM_OPTIONS, "does not report token counts"),
        ("top_k", "does not take top_k"),
    ],
)
def test_a_lesson_says_what_was_refused(name: str, words: str) -> None:
    assert words in Lesson("p", "m", name, datetime.now(UTC)).text
