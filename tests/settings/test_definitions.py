import re

import pytest

from app.settings.definitions import SETTINGS
from app.settings.setting import Choice

PROMISED = {
    "appearance.theme", "appearance.text_zoom", "appearance.reduced_motion", "composer.send_with",
    "window.geometry", "window.sidebar_width", "window.tuning_width", "window.sidebar_visible",
    "window.tuning_visible", "models.last", "models.pinned", "models.recent", "providers.custom",
    "providers.key_hints", "privacy.attribution", "chat.default_parameters",
}  # fmt: skip


def test_every_promised_setting_is_there():
    assert set(SETTINGS) >= PROMISED


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.key)
def test_a_setting_is_whole(setting):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", setting.key)
    assert setting.kind.check(setting.default) == setting.default
    if setting.is_shown:
        assert setting.title
        assert setting.help.endswith(".")
    if isinstance(setting.kind, Choice) and setting.is_shown:
        assert len(setting.kind.titles) == len(setting.kind.options)


def test_no_key_is_used_twice_nor_an_old_one_anew():
    old = [name for setting in SETTINGS.values() for name in setting.renamed_from]
    assert not set(old) & set(SETTINGS)
    assert len(old) == len(set(old))
