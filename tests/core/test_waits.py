from datetime import datetime

import pytest

from app.core.waits import span_text, wait_text

SINCE = datetime(2026, 11, 21, 2, 30).astimezone()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (1, "1 s"),
        (45.8, "46 s"),
        (89, "89 s"),
        (90, "1 minute 30 seconds"),
        (120, "2 minutes"),
        (3599.9, "1 hour"),
        (5400, "1 hour 30 minutes"),
        (43_200, "12 hours"),
        (43_205, "12 hours"),
        (86_400, "1 day"),
        (90_000, "1 day 1 hour"),
        (3 * 86_400, "3 days"),
        (366 * 86_400, "366 days"),
    ],
)
def test_spans_in_words(seconds: float, text: str) -> None:
    assert span_text(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (45, "45 s"),
        (599, "9 minutes 59 seconds"),
        (600, "10 minutes, until 02:40"),
        (43_200, "12 hours, until 14:30"),
        (2 * 86_400, "2 days, until 23 November 2026, 02:30"),
    ],
)
def test_a_long_wait_names_its_end(seconds: float, text: str) -> None:
    assert wait_text(seconds, SINCE) == text
