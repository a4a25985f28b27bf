from typing import Any


async def test_own_presets_come_after_the_bundled_ones_and_survive(stage: Any, reopen: Any) -> None:
    presets = stage.services.presets
    presets.save("  My   way ", {"temperature": 1.1})
    assert [p.name for p in presets.presets()] == ["Precise", "Balanced", "Creative", "My way"]
    again = await reopen(stage)
    kept = again.services.presets.presets()[-1]
    assert (kept.name, dict(kept.parameters)) == ("My way", {"temperature": 1.1})


async def test_the_same_name_replaces_and_removing_forgets(stage: Any) -> None:
    presets = stage.services.presets
    first = presets.save("Mine", {"seed": 1})
    second = presets.save("Mine", {"seed": 2})
    assert first.id == second.id
    assert [dict(p.parameters) for p in presets.presets() if p.name == "Mine"] == [{"seed": 2}]
    presets.remove(second.id)
    assert presets.preset(second.id) is None


async def test_a_renamed_preset_keeps_its_dials_and_its_id(stage: Any, reopen: Any) -> None:
    presets = stage.services.presets
    mine = presets.save("Mine", {"seed": 1})
    presets.rename(mine.id, "  Our   way ")
    presets.rename(mine.id, " ")
    presets.rename("gone", "Nobody")
    again = await reopen(stage)
    kept = again.services.presets.presets()[-1]
    assert (kept.id, kept.name, dict(kept.parameters)) == (mine.id, "Our way", {"seed": 1})
