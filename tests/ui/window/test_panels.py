"""The list and the dials make room for each other and for large text."""

import pytest


@pytest.fixture
def panels(desk):
    return desk.window.panels


def shown(desk):
    window = desk.window
    return window.sidebar.isVisible(), window.tuning.isVisible()


@pytest.mark.parametrize(
    ("zoom", "expected"),
    [(0.5, (True, True)), (1.0, (True, True)), (1.25, (True, True)), (2.0, (True, False))],
)
async def test_they_grow_with_the_text_while_there_is_room(desk, panels, zoom, expected):
    desk.services.settings.set("appearance.text_zoom", zoom)
    assert shown(desk) == expected
    assert desk.window.sidebar.width() == pytest.approx(264 * max(1, zoom), abs=90)
    assert desk.window.sidebar.width() >= 200 * max(1, zoom)


async def test_very_large_text_hides_both_and_less_brings_them_back(desk, panels, qtbot):
    settings = desk.services.settings
    settings.set("appearance.text_zoom", 3.0)
    assert shown(desk) == (False, False)
    assert settings.value("window.sidebar_visible")
    assert desk.window.view.composer.field.hasFocus()
    settings.set("appearance.text_zoom", 1.0)
    assert shown(desk) == (True, True)
    qtbot.waitUntil(lambda: desk.window.sidebar.width() == 264)
    assert desk.window.tuning.width() == 332


@pytest.mark.parametrize("command", ["view.sidebar", "view.tuning"])
async def test_one_that_is_asked_for_is_shown_whatever_the_size(desk, panels, command):
    desk.services.settings.set("appearance.text_zoom", 3.0)
    desk.window.registry.run(command)
    assert sum(shown(desk)) == 1
    panel = desk.window.sidebar if command == "view.sidebar" else desk.window.tuning
    assert panel.isVisible()
    assert panel.width() <= desk.window.width() * 0.5 + 1
    desk.window.resize(1200, 800)
    assert panel.isVisible()


async def test_widths_are_kept_as_they_would_be_at_full_size(desk, panels, qtbot):
    settings = desk.services.settings
    settings.set("appearance.text_zoom", 1.25)
    qtbot.waitUntil(lambda: desk.window.sidebar.width() == 330)
    panels.remember()
    assert settings.value("window.sidebar_width") == 264
    panels.splitter.setSizes([425, 500, 400])
    panels.remember()
    assert settings.value("window.sidebar_width") == pytest.approx(340, abs=2)
    settings.set("appearance.text_zoom", 1.0)
    qtbot.waitUntil(lambda: abs(desk.window.sidebar.width() - 340) <= 2)


async def test_the_dials_give_way_in_a_narrow_window(desk, panels):
    desk.window.resize(760, 640)
    assert shown(desk) == (True, False)
    desk.window.resize(1280, 820)
    assert shown(desk) == (True, True)


async def test_the_list_gives_way_to_dials_that_are_asked_for(desk, panels):
    desk.window.resize(760, 640)
    panels.toggle(desk.window.tuning)
    assert shown(desk) == (False, True)
