"""Lines that say something and offer a way."""

from PySide6.QtCore import Qt

from app.ui.composer.message_bars import SayingBar


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


def test_its_icon_grows_with_the_text(qtbot, theme):
    bar = SayingBar(theme, "eye-off", "warn", ())
    qtbot.addWidget(bar)
    bar.say("x")

    def ink():
        image = bar.grab().toImage()
        ground = image.pixelColor(6, image.height() // 2)
        columns = [
            x
            for x in range(6, bar.layout().contentsMargins().left() - 2)
            if any(image.pixelColor(x, y) != ground for y in range(3, image.height() - 3))
        ]
        return max(columns) - min(columns)

    before = ink()
    theme.zoom(2.0)
    bar.adjustSize()
    assert ink() > 1.6 * before
