from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.commands.declared import registry
from app.core.costs.usage import Price
from app.core.models.model import Model
from app.ui.conversation.header import Header, price_text
from app.ui.window.actions import Actions

GEMMA = Model(
    "openrouter",
    "google/gemma-4-26b-a4b-it",
    "Gemma 4 26B A4B",
    context=262_144,
    inputs=("text", "image", "video"),
    price=Price(Decimal("0.06"), Decimal("0.33")),
)


@pytest.fixture
def header(theme, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = Header(theme, Actions(registry(), theme, window))
    made.setParent(window)
    made.resize(764, 52)
    window.resize(764, 52)
    window.show()
    made.kept = window
    return made


def _chips(header):
    return [chip.text() for chip in header._chips if not chip.isHidden()]


def test_it_says_what_the_model_takes_and_costs(header):
    header.set_model(GEMMA, "OpenRouter")
    assert _chips(header) == ["256K", "text · image · video", "$0.06 / $0.33 per 1M"]
    assert header.model_button.accessibleName() == "Model: Gemma 4 26B A4B at OpenRouter"


def test_what_is_not_known_is_left_out(header):
    header.set_model(Model("custom", "llama", "llama"), "My server")
    assert _chips(header) == ["text"]


def test_a_name_is_not_said_twice(header):
    header.set_model(Model("practice", "practice-1", "Practice"), "Practice")
    assert header.model_button.accessibleName() == "Model: Practice"


def test_in_a_narrow_window_the_chips_give_way_from_the_right(header):
    header.set_model(GEMMA, "OpenRouter")
    header.resize(470, 52)
    assert _chips(header) == ["256K"]
    header.resize(300, 52)
    assert _chips(header) == []


def test_the_model_button_asks_for_the_picker_by_mouse_and_key(header, qtbot):
    header.set_model(GEMMA, "OpenRouter")
    with qtbot.waitSignal(header.model_pressed):
        qtbot.mouseClick(header.model_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(header.model_pressed):
        QTest.keyClick(header.model_button, Qt.Key.Key_Space)


def test_it_is_painted_in_the_colours_of_the_theme(header, theme):
    header.set_model(GEMMA, "OpenRouter" * 20)
    light = header.grab().toImage()
    theme.choose("dark")
    assert header.grab().toImage() != light


def test_the_focus_can_be_seen(header, qapp):
    header.set_model(GEMMA, "OpenRouter")
    header.model_button.clearFocus()
    before = header.model_button.grab().toImage()
    header.window().activateWindow()
    header.model_button.setFocus(Qt.FocusReason.TabFocusReason)
    qapp.sendEvent(header.model_button, QEvent(QEvent.Type.UpdateRequest))
    assert header.model_button.hasFocus()
    assert header.model_button.grab().toImage() != before


def test_a_hidden_list_can_be_brought_back(header):
    header.set_sidebar_visible(False)
    assert not header._sidebar.isHidden()
    header.set_sidebar_visible(True)
    assert header._sidebar.isHidden()


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (Price(), ""),
        (Price(Decimal(1)), ""),
        (Price(Decimal(0), Decimal(0)), "free"),
        (Price(Decimal("0.65"), Decimal("0.65")), "$0.65 / $0.65 per 1M"),
        (Price(per_message=Decimal("0.0040")), "$0.0040 per message"),
    ],
)
def test_a_price_is_never_a_zero_for_an_unknown(price, text):
    assert price_text(price) == text


async def test_chips_are_round_at_every_size_of_the_text(desk, theme):
    chip = next(
        label for label in desk.window.view.header.findChildren(QLabel) if label.text() == "free"
    )
    for zoom in (0.5, 1.0, 1.5, 2.0, 3.0):
        desk.services.settings.set("appearance.text_zoom", zoom)
        chip.adjustSize()
        image = chip.grab().toImage()
        line = theme.colour("line")
        corner = [image.pixelColor(x, y) for x in range(3) for y in range(3)]
        assert line not in corner, zoom
