import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton

from app.ui.colours import DARK, HIGH_CONTRAST, LIGHT
from app.ui.stylesheet import palette, style_sheet


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "contrast"])
def test_the_palette_has_the_colours_of_the_theme(colours):
    made = palette(colours)
    assert made.color(QPalette.ColorRole.Text) == QColor(colours.text)
    assert made.color(QPalette.ColorRole.Base) == QColor(colours.background)
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(colours.faint)


def test_the_sheet_is_complete_and_grows_with_the_zoom():
    sheet = style_sheet(LIGHT, 2.0)
    assert sheet.count("{") == sheet.count("}")
    assert not re.search(r"\{[a-z_.]+\}", sheet)
    assert "font-size: 24px" in sheet


def test_a_widget_opts_in_to_a_look(qtbot):
    button = QPushButton("Send")
    button.setProperty("look", "primary")
    button.setStyleSheet(style_sheet(DARK))
    qtbot.addWidget(button)
    button.resize(90, 32)
    button.show()
    assert QColor(button.grab().toImage().pixel(45, 4)) == QColor(DARK.accent)
