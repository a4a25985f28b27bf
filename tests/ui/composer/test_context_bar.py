"""How full the model's view is."""

from app.ui.composer.context_bar import FillBar


def test_parts_are_drawn_and_said(qtbot, theme):
    bar = FillBar(theme)
    qtbot.addWidget(bar)
    bar.resize(300, bar.sizeHint().height())
    empty = bar.grab().toImage()
    bar.set_parts([(0.2, "selection"), (0.0, "accent"), (0.0001, "good")], "44 of 8192 tokens")
    assert bar.parts() == [(0.2, "selection"), (0.0001, "good")]
    assert bar.accessibleDescription() == "44 of 8192 tokens"
    image = bar.grab().toImage()
    assert image != empty
    assert image.pixelColor(61, 2) == theme.colour("good")
    assert image.pixelColor(30, 2) == theme.colour("selection")
    assert image.pixelColor(200, 2) == theme.colour("line")
