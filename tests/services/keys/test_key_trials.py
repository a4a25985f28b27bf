"""A new key takes the place of one in use only once it was found to work."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.core.errors import SettingError
from app.services.keys import keys as key_service

BAD = "sk-or-v1-wrong-0123456789-0bad"
OTHER = "sk-or-v1-another-9876543210"


def used(stage: Any) -> str:
    key = stage.services.models.keys.used("openrouter")
    return key.last4 if key else ""


async def test_a_refused_key_leaves_the_one_in_use_as_it_was(wired: Any) -> None:
    stage, _ = wired
    models = stage.services.models
    good = used(stage)
    models.trials.offer("openrouter", BAD)
    (provider_id, words) = await stage.until(models.trials.doubted)
    assert provider_id == "openrouter"
    assert "…0bad was refused" in words
    assert "The key in use is as it was" in words
    assert used(stage) == good
    stage.services.conversations.send("Hello")
    (answer,) = await stage.until(stage.services.generation.finished)
    assert answer.state is MessageState.DONE


async def test_it_is_used_all_the_same_when_the_user_says_so(wired: Any) -> None:
    stage, _ = wired
    models = stage.services.models
    models.trials.offer("openrouter", BAD)
    await stage.until(models.trials.doubted)
    models.trials.take_doubted("openrouter")
    await stage.until(models.keys.changed)
    assert used(stage) == BAD[-4:]


async def test_a_dropped_key_cannot_be_taken_any_more(wired: Any) -> None:
    stage, _ = wired
    models = stage.services.models
    good = used(stage)
    models.trials.offer("openrouter", BAD)
    await stage.until(models.trials.doubted)
    models.trials.drop("openrouter")
    models.trials.take_doubted("openrouter")
    await stage.at_rest()
    assert used(stage) == good


async def test_a_key_that_works_takes_the_place(wired: Any) -> None:
    stage, _ = wired
    models = stage.services.models
    models.trials.offer("openrouter", OTHER)
    await stage.until(models.keys.changed)
    assert used(stage) == OTHER[-4:]


async def test_a_further_key_that_is_refused_is_not_added(wired: Any) -> None:
    stage, _ = wired
    models = stage.services.models
    models.trials.offer_further("openrouter", "Work", BAD)
    await stage.until(models.trials.doubted)
    assert len(models.keys.keys("openrouter")) == 1
    models.trials.take_doubted("openrouter")
    await stage.until(models.keys.changed)
    assert [key.name for key in models.keys.keys("openrouter")] == ["", "Work"]


async def test_without_a_network_the_key_in_use_stays_and_the_reason_is_said(wired: Any) -> None:
    stage, simulator = wired
    models = stage.services.models
    good = used(stage)
    await simulator.stop()
    models.trials.offer("openrouter", BAD)
    (_, words) = await stage.until(models.trials.doubted)
    assert "could not be tested" in words
    assert used(stage) == good


async def test_the_first_key_is_kept_at_once_and_tested_after(stage: Any) -> None:
    models = stage.services.models
    models.trials.offer("openrouter", BAD)
    await stage.until(models.keys.changed)
    assert used(stage) == BAD[-4:]


async def test_a_malformed_key_is_told_at_once(stage: Any) -> None:
    with pytest.raises(SettingError):
        stage.services.models.trials.offer("openrouter", "sk-a b")


async def test_a_removed_key_comes_back(wired: Any) -> None:
    stage, _ = wired
    keys = stage.services.models.keys
    good = used(stage)
    keys.remove("openrouter")
    await stage.until(keys.changed)
    assert used(stage) == ""
    assert keys.removed("openrouter").last4 == good
    keys.undo_removal("openrouter")
    await stage.until(keys.changed)
    assert used(stage) == good
    assert keys.removed("openrouter") is None
    stage.services.conversations.send("Hello")
    (answer,) = await stage.until(stage.services.generation.finished)
    assert answer.state is MessageState.DONE


async def test_after_its_time_a_removed_key_is_gone(
    wired: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, _ = wired
    keys = stage.services.models.keys
    monkeypatch.setattr(key_service, "UNDO_SECONDS", 0.0)
    keys.remove("openrouter")
    await stage.until(keys.removal_over)
    keys.undo_removal("openrouter")
    await stage.at_rest()
    assert used(stage) == ""
