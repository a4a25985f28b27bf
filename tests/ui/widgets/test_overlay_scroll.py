"""A bar that lies over the margin."""

from PySide6.QtWidgets import QWidget

from app.ui.widgets.overlay_scroll import OverlayScroll


def test_the_content_keeps_its_width_and_the_bars_agree(qtbot):
    content = QWidget()
    content.setMinimumHeight(1000)
    area = OverlayScroll(content)
    qtbot.addWidget(area)
    area.resize(200, 300)
    area.show()
    qtbot.waitUntil(lambda: area.bar.maximum() == 700)
    assert content.width() == 200
    assert area.bar.isVisible()
    area.bar.setValue(120)
    assert area.verticalScrollBar().value() == 120
    area.verticalScrollBar().setValue(40)
    assert area.bar.value() == 40
    content.setMinimumHeight(10)
    area.resize(200, 1200)
    qtbot.waitUntil(lambda: not area.bar.isVisible())
