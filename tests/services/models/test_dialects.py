"""The dialect of a provider is its own unless the user wishes for another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.core.errors import SettingError
from app.providers.catalogue.catalogue import Catalogue, custom_profile
from app.services.models.dialects import DIALECTS, Dialects, offered
from app.services.settings import SettingsService
from app.settings.file import SettingsFile

ALL = ("chat", "responses", "messages")


@pytest.fixture
def settings(tmp_path: Path) -> SettingsService:
    return SettingsService(SettingsFile(tmp_path / "settings.json"))


@pytest.mark.parametrize(
    ("provider_id", "names"),
    [
        ("openrouter", ALL),
        ("empiriolabs", ALL),
        ("aimlapi", ("chat",)),
        ("practice", ("chat",)),
    ],
)
def test_what_a_provider_offers(provider_id: str, names: tuple[str, ...]) -> None:
    catalogue = Catalogue.bundled()
    assert offered(catalogue.profile(provider_id), catalogue.models(provider_id)) == names


def test_an_address_of_ones_own_offers_all() -> None:
    assert offered(custom_profile("http://localhost:1/v1"), []) == ALL


def test_a_wish_is_kept_and_the_providers_own_dialect_is_no_wish(settings: SettingsService) -> None:
    dialects, profile = Dialects(settings), Catalogue.bundled().profile("openrouter")
    assert dialects.applied(profile) is profile
    dialects.choose(profile, "messages")
    assert settings.value(DIALECTS) == {"openrouter": "messages"}
    wished = dialects.applied(profile)
    assert wished.dialect == "messages"
    assert (wished.auth_header, wished.auth_prefix) == ("Authorization", "Bearer ")
    dialects.choose(profile, "chat")
    assert settings.value(DIALECTS) == {}


@pytest.mark.parametrize("wish", ["klingon", 7, None, ["chat"]])
def test_a_wish_nobody_can_grant_changes_nothing(settings: SettingsService, wish: Any) -> None:
    settings.set(DIALECTS, {"openrouter": wish})
    profile = Catalogue.bundled().profile("openrouter")
    assert Dialects(settings).applied(profile) is profile


def test_no_dialect_is_refused_with_those_there_are(settings: SettingsService) -> None:
    with pytest.raises(SettingError, match="klingon") as caught:
        Dialects(settings).choose(Catalogue.bundled().profile("openrouter"), "klingon")
    assert "responses" in caught.value.hint


async def test_the_next_question_goes_in_the_new_dialect(stage: Any, reopen: Any) -> None:
    models = stage.services.models
    assert models.dialects_of("openrouter") == ALL
    models.keys.use_for_this_run("openrouter", "sk-or-v1-0123456789")
    await models.client("openrouter")
    models.speak("openrouter", "responses")
    assert models.profile("openrouter").dialect == "responses"
    assert "responses" in {p.dialect for p in models.profiles()}
    assert "openrouter" not in models._clients
    again = (await reopen(stage)).services.models
    assert again.profile("openrouter").dialect == "responses"


async def test_an_address_of_ones_own_changes_its_dialect_and_how_it_takes_the_key(
    stage: Any, reopen: Any
) -> None:
    models = stage.services.models
    profile = models.add_custom("https://llm.example.org/v1", "Mine", True)
    models.speak(profile.id, "messages")
    changed = (await reopen(stage)).services.models.profile(profile.id)
    assert (changed.dialect, changed.auth_header, changed.name) == ("messages", "x-api-key", "Mine")
    assert changed.needs_key
    assert stage.services.settings.value(DIALECTS) == {}
