from app.core.models.preset import BUNDLED_PRESETS, Preset


def test_bundled_presets_turn_one_dial_each_and_have_ids_of_their_own():
    assert [preset.name for preset in BUNDLED_PRESETS] == ["Precise", "Balanced", "Creative"]
    assert len({preset.id for preset in BUNDLED_PRESETS}) == 3
    assert all(len(preset.parameters) == 1 and preset.is_bundled for preset in BUNDLED_PRESETS)


def test_bundled_presets_leave_model_and_system_text_alone():
    for preset in BUNDLED_PRESETS:
        assert (preset.provider_id, preset.model_id, preset.system) == ("", "", "")


def test_a_preset_of_ones_own_is_not_bundled_and_sets_nothing_by_itself():
    preset = Preset("1", "Mine")
    assert not preset.is_bundled
    assert dict(preset.parameters) == {}
