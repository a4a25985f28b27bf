"""The page about hosts: what is chosen is kept at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.settings.routing_page import KEY, RoutingPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk, qtbot):
    made = RoutingPage(desk.services.settings, desk.theme)
    qtbot.addWidget(made)
    made.resize(640, 600)
    made.show()
    return made


async def test_a_choice_is_kept_at_once(page, desk):
    QTest.mouseClick(page.form.editors["data_collection"].pills["deny"], LEFT)
    assert desk.services.settings.value(KEY) == {"data_collection": "deny"}
    QTest.mouseClick(page.form.editors["data_collection"].pills[None], LEFT)
    assert desk.services.settings.value(KEY) == {}


async def test_what_is_set_elsewhere_is_shown(page, desk):
    desk.services.settings.set(KEY, {"zdr": True, "unheard of": 7})
    assert page.form.editors["zdr"].value() is True


async def test_its_words_are_found_by_the_search(page):
    for word in ("retention", "Precision", "cheaper", "fallback"):
        assert word in page.words
