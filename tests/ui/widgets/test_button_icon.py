"""An icon before the words of a button."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from app.ui.widgets.button_icon import GAP, put_icon


def drawn(button):
    """(first, last) column of the icon that has ink."""
    image = button.icon().pixmap(button.iconSize()).toImage()
    columns = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).alpha() for y in range(image.height()))
    ]
    return columns[0], columns[-1], image.width()


def test_there_is_room_between_icon_and_words(qtbot, theme):
    button = QPushButton("Get a key")
    qtbot.addWidget(button)
    put_icon(button, theme, "external-link", "accent", 14)
    _, last, width = drawn(button)
    assert width - last > GAP


def test_it_grows_with_the_text_and_takes_the_colour(qtbot, theme):
    button = QPushButton("Get a key")
    qtbot.addWidget(button)
    put_icon(button, theme, "plus", "accent", 14)
    first, last, _ = drawn(button)
    theme.zoom(2.0)
    put_icon(button, theme, "plus", "accent", 14)
    larger = drawn(button)
    assert larger[1] - larger[0] > 1.7 * (last - first)
    image = button.icon().pixmap(button.iconSize()).toImage()
    accent = theme.colour("accent")
    inked = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert QColor(accent.rgb()) in inked
