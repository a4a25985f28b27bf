"""Pills of which one is pressed."""

from PySide6.QtCore import Qt

from app.ui.tuning.choice_pills import ChoicePills


def test_one_pill_is_pressed_at_a_time(qtbot, theme):
    pills = ChoicePills(theme, ["off", "low"], "Thinking")
    qtbot.addWidget(pills)
    pills.show()
    off, low = pills.pills()
    with qtbot.waitSignal(pills.picked) as picked:
        qtbot.mouseClick(low, Qt.MouseButton.LeftButton)
    assert picked.args == ["low"]
    qtbot.keyClick(off, Qt.Key.Key_Space)
    assert (off.isChecked(), low.isChecked()) == (True, False)
    assert off.accessibleName() == "Thinking: off"


def test_delete_unsets_and_other_keys_do_not(qtbot, theme):
    pills = ChoicePills(theme, ["off", "low"])
    qtbot.addWidget(pills)
    pills.show()
    with qtbot.waitSignal(pills.unset):
        qtbot.keyClick(pills.pills()[0], Qt.Key.Key_Backspace)
    with qtbot.assertNotEmitted(pills.unset):
        qtbot.keyClick(pills.pills()[0], Qt.Key.Key_A)


def test_other_choices_replace_these(qtbot, theme):
    pills = ChoicePills(theme, ["off"])
    qtbot.addWidget(pills)
    before = pills.pills()
    pills.set_choices(["off"])
    assert pills.pills() == before
    pills.set_choices(["a", "b"])
    pills.show_choice("b")
    assert [one.isChecked() for one in pills.pills()] == [False, True]
    pills.show_choice("")
    assert not any(one.isChecked() for one in pills.pills())
