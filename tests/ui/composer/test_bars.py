"""Lines that say something and offer a way."""

from PySide6.QtCore import Qt

from app.ui.composer.bars import SayingBar


def test_links_say_which_was_pressed(qtbot, theme):
    bar = SayingBar(theme, "eye-off", "warn", ("remove", "keep"))
    qtbot.addWidget(bar)
    bar.say("3 hidden characters")
    assert bar.isVisible()
    assert bar.accessibleName() == bar.text() == "3 hidden characters"
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(bar.link("keep"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["keep"]
    before = bar.grab().toImage()
    theme.choose("dark")
    assert bar.grab().toImage() != before
    bar.say("")
    assert not bar.isVisible()
