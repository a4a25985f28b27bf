"""Dials with numbers and switches, turned as a user turns them."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.core.models.model import Model
from app.core.models.parameter import ParameterRange, Support
from app.providers.parameters.declarations import PARAMETERS
from app.ui.tuning.dial import FlagDial, NumberDial, SeedDial, as_number


def route(**parameters):
    return Model("p", "m", "M", max_output=8192, parameters=parameters, unlisted=Support.IGNORED)


@pytest.fixture
def shown(qtbot, theme):
    def show(kind, name):
        dial = kind(theme, PARAMETERS[name])
        qtbot.addWidget(dial)
        dial.resize(303, 160)
        dial.show()
        qtbot.waitExposed(dial)
        return dial

    return show


@pytest.fixture
def variety(shown):
    dial = shown(NumberDial, "temperature")
    dial.set_route(route(temperature=ParameterRange(0, 2, 1.0)))
    return dial


def test_an_unset_dial_says_so(variety):
    assert variety.box.text() == ""
    assert variety.box.placeholderText() == "default 1"
    assert variety.slider.number() is None
    assert variety.slider.resting() == 1
    variety.slider.setFocus()
    assert variety.sentence.isVisible()
    variety.slider.clearFocus()
    assert variety.sentence.isHidden()
    assert variety.box.width() == variety.box.sizeHint().width()
    assert PARAMETERS["temperature"].says in variety.toolTip()
    assert variety.reset.isHidden()


def test_a_drag_changes_the_sentence_at_once_and_the_value_at_the_end(qtbot, variety):
    changed, dragged = [], []
    variety.changed.connect(lambda name, value: changed.append((name, value)))
    variety.dragged.connect(lambda name, value: dragged.append(value))
    qtbot.mousePress(variety.slider, Qt.MouseButton.LeftButton, pos=QPoint(8, 9))
    assert variety.sentence.text() == "Always the likeliest word."
    assert variety.box.text() == "0.00"
    qtbot.mouseMove(variety.slider, QPoint(400, 9))
    assert variety.sentence.text() == "Mostly noise."
    assert changed == []
    qtbot.mouseRelease(variety.slider, Qt.MouseButton.LeftButton, pos=QPoint(400, 9))
    assert changed == [("temperature", 2.0)]
    assert dragged == [0.0, 2.0]
    assert not variety.reset.isHidden()


def test_a_typed_value_is_taken(qtbot, variety):
    variety.box.setFocus()
    qtbot.keyClicks(variety.box, "0,9")
    with qtbot.waitSignal(variety.changed) as changed:
        qtbot.keyClick(variety.box, Qt.Key.Key_Return)
    assert changed.args == ["temperature", 0.9]
    assert variety.box.text() == "0.90"
    assert variety.slider.number() == 0.9


def test_nonsense_is_refused_with_a_sentence_and_changes_nothing(qtbot, variety):
    variety.set_value(0.9)
    variety.box.setFocus()
    variety.box.selectAll()
    qtbot.keyClicks(variety.box, "warm")
    with qtbot.assertNotEmitted(variety.changed):
        qtbot.keyClick(variety.box, Qt.Key.Key_Return)
    assert "warm" in variety.trouble.text()
    assert variety.value() == 0.9


def test_a_value_outside_the_route_is_marked_with_the_range(qtbot, variety):
    variety.set_value(2.5)
    assert "from 0 to 2" in variety.trouble.text()
    assert not variety.trouble.isHidden()
    variety.set_value(1.5)
    assert variety.trouble.isHidden()


def test_reset_is_one_click(qtbot, variety):
    variety.set_value(0.9)
    with qtbot.waitSignal(variety.changed) as changed:
        qtbot.mouseClick(variety.reset, Qt.MouseButton.LeftButton)
    assert changed.args == ["temperature", None]
    assert variety.slider.number() is None


def test_delete_on_the_slider_and_an_emptied_box_unset(qtbot, variety):
    variety.set_value(0.9)
    with qtbot.waitSignal(variety.changed) as changed:
        qtbot.keyClick(variety.slider, Qt.Key.Key_Delete)
    assert changed.args == ["temperature", None]
    variety.set_value(0.9)
    variety.box.setFocus()
    variety.box.selectAll()
    qtbot.keyClick(variety.box, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(variety.changed) as changed:
        qtbot.keyClick(variety.box, Qt.Key.Key_Return)
    assert changed.args == ["temperature", None]


@pytest.mark.parametrize(
    ("support", "words"),
    [(Support.IGNORED, "ignored here"), (Support.REFUSED, "refused here")],
)
def test_what_the_route_does_not_take_is_marked_before_sending(shown, support, words):
    dial = shown(NumberDial, "top_k")
    dial.set_route(Model("p", "m", "M", unlisted=support))
    assert dial.badge.text() == words
    assert dial.trouble.isHidden()
    dial.set_value(40)
    assert dial.trouble.text()
    dial.set_route(Model("p", "m", "M", unlisted=Support.UNKNOWN))
    assert dial.badge.text() == ""
    assert dial.trouble.isHidden()


def test_a_length_limit_goes_up_to_what_the_model_can_write(qtbot, shown):
    dial = shown(NumberDial, "max_tokens")
    dial.set_route(route(max_tokens=ParameterRange(1)))
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClick(dial.slider, Qt.Key.Key_End)
    assert changed.args == ["max_tokens", 8192]
    dial.set_value(2048)
    assert dial.box.text() == "2\u202f048"
    assert "1\u202f500 words" in dial.sentence.text()
    dial.box.setFocus()
    dial.box.selectAll()
    qtbot.keyClicks(dial.box, "4 096")
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClick(dial.box, Qt.Key.Key_Return)
    assert changed.args == ["max_tokens", 4096]


def test_dice_throw_a_number(qtbot, shown):
    dial = shown(SeedDial, "seed")
    assert dial.slider is None
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.mouseClick(dial.dice, Qt.MouseButton.LeftButton)
    assert changed.args[0] == "seed"
    assert 1 <= changed.args[1] < 1_000_000


def test_a_switch_goes_on_off_and_unset(qtbot, shown):
    dial = shown(FlagDial, "logprobs")
    values = []
    dial.changed.connect(lambda _, value: values.append(value))
    assert not dial.switch.is_set
    qtbot.mouseClick(dial.switch, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dial.switch, Qt.Key.Key_Space)
    qtbot.mouseClick(dial.reset, Qt.MouseButton.LeftButton)
    assert values == [True, False, None]
    assert not dial.switch.is_set


def test_only_numbers_are_numbers():
    assert as_number(1) == 1.0
    assert as_number(True) is None
    assert as_number("1") is None


def enter(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    if text:
        qtbot.keyClicks(box, text)
    else:
        qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClick(box, Qt.Key.Key_Return)


@pytest.mark.parametrize("name", ["temperature", "top_p", "max_tokens", "seed", "top_k"])
@pytest.mark.parametrize("text", ["-5", "1e30", "9" * 23, "abc", "-0.5"])
def test_a_wrong_number_is_told_and_gone_with_its_text(qtbot, shown, name, text):
    """Whichever dial, set or not: emptied it is unset and quiet, and nothing was taken before."""
    if (name, text) == ("seed", "-5"):
        text = "-5.5"
    kind = SeedDial if name == "seed" else NumberDial
    for start in (None, 1):
        dial = shown(kind, name)
        dial.set_value(start)
        quiet = dial.sentence.text()
        changed = []
        dial.changed.connect(lambda _name, value, changed=changed: changed.append(value))
        enter(qtbot, dial.box, text)
        assert dial.trouble.text().startswith(dial.parameter.title)
        assert changed == []
        qtbot.keyClick(dial.box, Qt.Key.Key_Return)
        assert dial.box.text() == text
        assert dial.unfinished() == dial.trouble.text()
        dial.box.selectAll()
        qtbot.keyClick(dial.box, Qt.Key.Key_Delete)
        assert dial.trouble.isHidden()
        assert dial.unfinished() == ""
        qtbot.keyClick(dial.box, Qt.Key.Key_Return)
        assert dial.value() is None
        assert changed == ([] if start is None else [None])
        assert dial.trouble.isHidden()
        if start is None:
            assert dial.sentence.text() == quiet


def test_escape_takes_a_wrong_number_back_with_its_words(qtbot, variety):
    variety.set_value(0.7)
    enter(qtbot, variety.box, "-5")
    assert not variety.trouble.isHidden()
    qtbot.keyClick(variety.box, Qt.Key.Key_Escape)
    assert variety.box.text() == "0.70"
    assert variety.trouble.isHidden()
    assert variety.unfinished() == ""


@pytest.mark.parametrize(("name", "value"), [("temperature", -5), ("top_p", 3.0), ("top_k", -40)])
def test_an_impossible_value_from_elsewhere_is_not_explained_as_a_possible_one(shown, name, value):
    dial = shown(NumberDial, name)
    dial.set_value(value)
    assert dial.sentence.text() == ""
    assert "from" in dial.trouble.text()


@pytest.mark.parametrize(("most", "context"), [(8192, None), (None, 8192), (8192, 100_000)])
def test_more_than_the_model_can_write_is_told(shown, most, context):
    dial = shown(NumberDial, "max_tokens")
    dial.set_route(Model("p", "m", "M", max_output=most, context=context))
    dial.set_value(8192)
    assert dial.trouble.isHidden()
    dial.set_value(8193)
    assert "at most 8\u202f192" in dial.trouble.text()
