"""The model picker as it is used."""

import time
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.core.costs.usage import Price
from app.core.models.model import Model
from app.core.models.parameter import ParameterRange
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.live_models import read_models
from app.ui.picker.picker import ModelPicker
from tests.simulator.openrouter import many_rows

GEMMA4 = Model(
    "openrouter",
    "google/gemma-4-26b-a4b-it",
    "Gemma 4",
    group="g4",
    context=262144,
    price=Price(Decimal("0.06"), Decimal("0.33")),
    parameters={"seed": ParameterRange()},
)
GEMMA2 = Model("aimlapi", "google/gemma-2-27b-it", "Gemma 2", group="g2")
PRACTICE = Model("practice", "practice-1", "Practice")
PROFILES = {
    "practice": ("Practice", True),
    "openrouter": ("OpenRouter", True),
    "aimlapi": ("AI/ML API", False),
}
ENTER = Qt.Key.Key_Return


@pytest.fixture
def anchor(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 40)
    made.show()
    return made


@pytest.fixture
def picker(qtbot, theme, anchor):
    made = ModelPicker(theme)
    qtbot.addWidget(made)
    made.set_models([GEMMA2, GEMMA4, PRACTICE], [], [], GEMMA4.key, PROFILES)
    made.popup_below(anchor)
    qtbot.waitUntil(made.isVisible)
    yield made
    made.close()


def current(picker):
    return picker.model.row_at(picker.list.currentIndex())


def test_it_opens_on_the_current_route_inside_the_screen(picker):
    assert current(picker).model is GEMMA4
    assert picker.screen().availableGeometry().contains(picker.geometry())


def test_typing_filters_and_enter_chooses(qtbot, picker):
    qtbot.keyClicks(picker.search, "practice")
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        qtbot.keyClick(picker.search, ENTER)
    assert chosen.args == ["practice", "practice-1"]
    assert not picker.isVisible()


def test_arrows_move(qtbot, picker):
    qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert current(picker).model is GEMMA2
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert current(picker).model is GEMMA4


def test_a_route_without_key_leads_to_connecting(qtbot, picker):
    qtbot.keyClicks(picker.search, "gemma 2")
    with (
        qtbot.assertNotEmitted(picker.model_chosen),
        qtbot.waitSignal(picker.connect_requested) as requested,
    ):
        qtbot.keyClick(picker.search, ENTER)
    assert requested.args == ["aimlapi"]


def test_a_typed_id_is_chosen(qtbot, picker):
    qtbot.keyClicks(picker.search, "acme/new")
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        qtbot.keyClick(picker.search, ENTER)
    assert chosen.args == ["openrouter", "acme/new"]


def test_a_click_chooses(qtbot, picker):
    rect = picker.list.visualRect(picker.list.currentIndex())
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        qtbot.mouseClick(
            picker.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() - QPoint(60, 0)
        )
    assert chosen.args == ["openrouter", GEMMA4.id]


def test_pinning_keeps_the_popup_and_the_place(qtbot, picker):
    with qtbot.waitSignal(picker.pin_toggled) as toggled:
        qtbot.keyClick(picker.search, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert toggled.args == [GEMMA4.key]
    place = picker.list.currentIndex().row()
    rect = picker.list.visualRect(picker.list.currentIndex())
    star = QPoint(rect.right() - 12, rect.center().y())
    with qtbot.waitSignal(picker.pin_toggled):
        qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=star)
    picker.set_models([GEMMA2, GEMMA4, PRACTICE], [], [], GEMMA4.key, PROFILES)
    assert picker.isVisible()
    assert picker.list.currentIndex().row() == place


def test_escape_closes(qtbot, picker):
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_filters_narrow_and_an_empty_list_says_what_to_do(qtbot, picker):
    seed = picker.filters.toggles["seed"]
    qtbot.mouseClick(seed, Qt.MouseButton.LeftButton)
    assert current(picker).model is GEMMA4
    tools = picker.filters.toggles["tools"]
    qtbot.mouseClick(tools, Qt.MouseButton.LeftButton)
    assert "filter" in picker.note.text()
    assert not picker.list.isVisible()
    qtbot.keyClick(picker.search, ENTER)
    assert picker.isVisible()


def test_opening_again_starts_afresh(qtbot, picker, anchor):
    qtbot.keyClicks(picker.search, "gemma")
    picker.filters.toggles["images"].setChecked(True)
    picker.close()
    picker.popup_below(anchor)
    assert picker.search.text() == ""
    assert not picker.filters.toggles["images"].isChecked()
    assert current(picker).model is GEMMA4


def test_nothing_to_choose_from_says_so(qtbot, picker):
    picker.set_models([], [], [], "", {})
    assert "Connect a provider" in picker.note.text()
    qtbot.keyClicks(picker.search, "xyz")
    assert "No model is called so" in picker.note.text()


def test_two_thousand_models_are_searched_at_typing_speed(qtbot, picker):
    many = [
        Model("openrouter", f"maker/model-{n}", f"Model {n}", group=f"g{n // 2}")
        for n in range(2000)
    ]
    picker.set_models(many, [], [], "", PROFILES)
    picker.search.setText("m")
    start = time.perf_counter()
    picker.search.setText("model 19")
    assert time.perf_counter() - start < 0.5
    assert picker.model.rowCount() > 100


def test_it_is_drawn_in_every_theme(theme, picker):
    pictures = []
    for name in ("light", "dark", "contrast"):
        theme.choose(name)
        pictures.append(picker.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def cpu_ms(act):
    """The least CPU time of five runs, in ms: what the work itself takes."""
    found = []
    for number in range(5):
        start = time.process_time()
        act(number)
        found.append((time.process_time() - start) * 1000)
    return min(found)


def test_a_live_list_of_500_is_filtered_and_searched_at_once(qtbot, picker):
    profile = Catalogue.bundled().profile("openrouter")
    live = read_models({"data": many_rows(500)}, profile)
    picker.set_models(live, [], [], "", PROFILES)
    assert cpu_ms(lambda _: picker.filters.toggles["tools"].click()) < 8
    picker.filters.clear()
    assert cpu_ms(lambda n: picker.search.setText("acme 27b"[: n + 3])) < 8
    assert picker.model.rowCount() > 3


def test_routes_can_be_compared_and_lists_fetched(qtbot, picker):
    picker.set_lists("Lists: OpenRouter: 3 hours ago")
    assert picker.lists.text() == "Lists: OpenRouter: 3 hours ago"
    with qtbot.waitSignal(picker.refresh_requested):
        qtbot.mouseClick(picker.newer, Qt.MouseButton.LeftButton)
    assert picker.isVisible()
    with qtbot.waitSignal(picker.compared) as compared:
        qtbot.mouseClick(picker.compare, Qt.MouseButton.LeftButton)
    assert compared.args == [GEMMA4.key]
    assert not picker.isVisible()
