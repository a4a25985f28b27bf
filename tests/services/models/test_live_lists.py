"""Lists that stay after a restart, age, and are not lost when a fetch fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import UnavailableError
from app.core.models.model import Model
from app.services.models.live_lists import age_text

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def test_a_fetched_list_is_there_after_a_restart(stage: Any, reopen: Any) -> None:
    lists = stage.services.models.live
    assert lists.fetched_at("openrouter") is None
    lists.put("openrouter", [Model("openrouter", "new/model", "New", context=7, source="live")])
    again = (await reopen(stage)).services.models
    assert again.model("openrouter", "new/model").context == 7
    assert again.live.fetched_at("openrouter") is not None
    assert not again.live.is_old("openrouter")
    gone = again.model("openrouter", "google/gemma-2-27b-it")
    assert (gone.is_removed, gone.context) == (True, 8192)


async def test_a_list_is_old_after_a_day(stage: Any) -> None:
    lists = stage.services.models.live
    assert lists.is_old("aimlapi")
    lists.put("aimlapi", [])
    now = datetime.now(UTC)
    assert not lists.is_old("aimlapi", now + timedelta(hours=23))
    assert lists.is_old("aimlapi", now + timedelta(hours=25))


async def test_what_left_a_list_is_marked_and_what_came_back_is_not(stage: Any) -> None:
    lists = stage.services.models.live
    first, second = (Model("aimlapi", name, name, source="live") for name in "ab")
    lists.put("aimlapi", [first, second])
    lists.put("aimlapi", [second])
    assert lists.model("aimlapi", "a").is_removed
    lists.put("aimlapi", [first])
    assert not lists.model("aimlapi", "a").is_removed
    assert lists.model("aimlapi", "b").is_removed


async def test_a_failing_fetch_keeps_the_list_and_says_so(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = stage.services.models
    models.refresh("practice")
    await stage.until(models.listed)
    at = models.live.fetched_at("practice")

    async def fail() -> list[Model]:
        raise UnavailableError("The server is away.", provider="practice")

    monkeypatch.setattr(stage.provider, "models", fail)
    models.refresh("practice")
    await stage.until(models.listed)
    assert models.live.troubles == {"practice": "The server is away."}
    assert models.live.fetched_at("practice") == at
    assert models.model("practice", "live-1").name == "Live"


async def test_only_old_lists_of_providers_that_can_be_asked_are_fetched(stage: Any) -> None:
    models = stage.services.models
    asked: list[str] = []
    models.fetch_models = _noting(asked)
    models.keys.use_for_this_run("aimlapi", "simulator-0123456789")
    models.keys.use_for_this_run("openrouter", "sk-or-v1-0123456789")
    models.live.put("openrouter", [])
    models.refresh_old()
    await stage.until(models.listed)
    assert asked == ["aimlapi"]


def _noting(asked: list[str]) -> Any:
    async def fetch(provider_id: str) -> list[Model]:
        asked.append(provider_id)
        return []

    return fetch


@pytest.mark.parametrize(
    ("back", "text"),
    [
        (None, "never fetched"),
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=-5), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=3, minutes=59), "3 hours ago"),
        (timedelta(days=12), "12 days ago"),
    ],
)
def test_ages_in_words(back: timedelta | None, text: str) -> None:
    assert age_text(None if back is None else NOW - back, NOW) == text


async def test_a_list_the_disk_does_not_take_is_told(stage: Any) -> None:
    notices = stage.services.notices
    notices.release()
    stage.fill_disk()
    many = [Model("aimlapi", f"model-{number}", "x" * 200) for number in range(2000)]
    stage.services.models.live.put("aimlapi", many)
    (notice,) = await stage.until(notices.raised)
    assert notice.text.startswith("The disk is full: this was not saved.")
