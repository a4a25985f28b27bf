"""The ground of the composer."""

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.composer.card import Card


def test_the_shadow_lies_around_the_card(qtbot, theme):
    outer = QWidget()
    qtbot.addWidget(outer)
    card = Card(theme, outer)
    card.setGeometry(20, 20, 100, 60)
    image = QImage(140, 100, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    card.paint_shadow(painter)
    painter.end()
    assert image.pixelColor(70, 82).lightness() < 255
    assert image.pixelColor(70, 99).lightness() == 255
    light = card.grab().toImage()
    theme.choose("dark")
    assert card.grab().toImage() != light
