from datetime import UTC, datetime

import httpx
import pytest

from app.providers.errors.retry_after import LONGEST, retry_after, span_of, wait_in, wait_said

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "3"}, 3),
        ({"Retry-After": " 2.5 "}, 2.5),
        ({"retry-after-ms": "1500", "Retry-After": "9"}, 1.5),
        ({"Retry-After": "Sat, 21 Nov 2026 12:00:20 GMT"}, 20),
        ({"Retry-After": "Sat, 21 Nov 2026 12:00:20 -0000"}, 20),
        ({"Retry-After": "Sat, 21 Nov 2026 11:00:00 GMT"}, 0),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "43200"}, 43_200),
        ({"Retry-After": "45.8s"}, 45.8),
        ({"Retry-After": "1m30s"}, 90),
        ({"Retry-After": "1000000000"}, LONGEST),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, LONGEST),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": ""}, None),
        ({}, None),
    ],
)
def test_every_form_of_waiting(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(httpx.Headers(headers), NOW) == seconds


def test_the_clock_is_the_default() -> None:
    assert retry_after(httpx.Headers({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"})) == LONGEST


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("45.8s", 45.8),
        ("1m30s", 90),
        ("6m0.5s", 360.5),
        ("2 hours", 7200),
        ("1 hour and 5 minutes", 3900),
        ("3d", 3 * 86_400),
        ("250ms", 0.25),
        ("20", 20),
        (20, 20),
        (1.5, 1.5),
        ("5 apples", None),
        ("", None),
        (True, None),
        (None, None),
    ],
)
def test_spans_of_time(value: object, seconds: float | None) -> None:
    assert span_of(value) == seconds


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ({"error": {"details": [{"@type": "x"}, {"retryDelay": "45.8s"}]}}, 45.8),
        ([{"error": {"details": [{"retryDelay": "7s"}]}}], 7),
        ({"error": {"retry_after": 900}}, 900),
        ({"error": {"metadata": {"headers": {"Retry-After": "30"}}}}, 30),
        ({"retry_after_ms": 1500}, 1.5),
        ({"retryAfterMs": "1500"}, 1.5),
        ({"error": {"resets_in_seconds": 43200}}, 43_200),
        ({"error": {"message": "busy"}}, None),
        ({"retry_after": None}, None),
        ({"retry_after": "soon"}, None),
        ("text", None),
    ],
)
def test_waits_in_bodies(body: object, seconds: float | None) -> None:
    assert wait_in(body) == seconds


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Rate limit reached. Please try again in 1m30.5s. Visit a page.", 90.5),
        ("Please retry after 20 seconds.", 20),
        ("Please retry in 45.8s", 45.8),
        ("Wait 2 hours", 7200),
        ("Your quota resets in 3 hours and 10 minutes.", 11_400),
        ("Try again in 250ms", 0.25),
        ("Limit 30000, used 500. Try again later.", None),
        ("Try again. The limit is 40 min per day", None),
    ],
)
def test_waits_in_sentences(words: str, seconds: float | None) -> None:
    assert wait_said(words) == seconds
