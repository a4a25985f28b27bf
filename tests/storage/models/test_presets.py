import pytest

from app.core.errors import StorageError
from app.core.models.preset import BUNDLED_PRESETS, Preset
from app.storage.models.presets import PresetRepository


@pytest.fixture
def presets(database):
    return PresetRepository(database)


def test_the_bundled_presets_are_always_there(presets):
    assert presets.presets() == list(BUNDLED_PRESETS)


def test_an_own_preset_comes_back_and_can_be_changed_and_removed(presets):
    own = Preset("01", "Mine", {"temperature": 0.3, "stop": ["x"]}, "Be brief", "openrouter", "m")
    presets.save(own).result()
    presets.save(Preset("00", "Older")).result()
    assert presets.presets()[len(BUNDLED_PRESETS) :] == [Preset("00", "Older"), own]
    presets.save(Preset("01", "Renamed")).result()
    presets.remove("00").result()
    assert presets.presets()[len(BUNDLED_PRESETS) :] == [Preset("01", "Renamed")]


def test_a_bundled_preset_is_neither_changed_nor_removed(presets):
    with pytest.raises(StorageError, match="come with Facet"):
        presets.save(Preset("precise", "Other")).result()
    with pytest.raises(StorageError, match="come with Facet"):
        presets.remove("precise").result()
    assert presets.presets() == list(BUNDLED_PRESETS)
