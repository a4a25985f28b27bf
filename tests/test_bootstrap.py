"""What the composition root makes, and that it leaves nothing open."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import ClientFactory, make_core, opened_database
from app.core.errors import StorageError
from app.paths import folders
from app.providers.catalogue.catalogue import Catalogue
from app.services.settings import SettingsService
from app.settings.file import SettingsFile


@pytest.fixture
def factory(tmp_path: Path) -> ClientFactory:
    return ClientFactory(SettingsService(SettingsFile(tmp_path / "settings.json")), 0)


@pytest.mark.parametrize("provider_id", ["practice", "openrouter", "aimlapi", "empiriolabs"])
async def test_every_bundled_provider_gets_a_client(
    factory: ClientFactory, provider_id: str
) -> None:
    client = factory(Catalogue.bundled().profile(provider_id), None)
    assert client.id == provider_id
    await client.aclose()


async def test_a_database_that_is_not_one_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    places = folders(tmp_path)
    places.database.write_bytes(b"hello" * 2000)
    with pytest.raises(StorageError), opened_database(places):
        pass
    assert places.database.read_bytes() == b"hello" * 2000


async def test_a_damaged_settings_file_is_told_and_kept(tmp_path: Path) -> None:
    places = folders(tmp_path)
    places.settings.write_text("{ not json")
    with opened_database(places) as database:
        core = make_core(places, database, recover=True)
        told: list[str] = []
        core.services.notices.raised.connect(lambda notice: told.append(notice.text))
        core.services.notices.release()
        await core.services.close()
    assert len(told) == 1
    assert any(file.read_text() == "{ not json" for file in places.config.iterdir())
