"""Text in the theme's colours."""

from PySide6.QtCore import Qt

from app.ui.widgets.label import Label


def test_markup_stays_text(qtbot, theme):
    label = Label(theme, "<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_it_follows_the_theme_and_its_colour(qtbot, theme):
    label = Label(theme, "words", colour="muted")
    qtbot.addWidget(label)
    first = label.grab().toImage()
    label.set_colour("bad")
    second = label.grab().toImage()
    theme.choose("dark")
    assert first != second != label.grab().toImage()


def test_what_does_not_fit_is_shortened_and_not_cut(qtbot, theme):
    label = Label(theme, "a rather long technical name")
    qtbot.addWidget(label)
    label.resize(60, 20)
    narrow = label.grab().toImage()
    label.setText("a rather long beginning with another end")
    assert narrow == label.grab().toImage()
    label.setText("something else")
    assert narrow != label.grab().toImage()
    wrapped = Label(theme, "a rather long technical name", wraps=True)
    qtbot.addWidget(wrapped)
    assert wrapped.heightForWidth(60) > wrapped.heightForWidth(600)
