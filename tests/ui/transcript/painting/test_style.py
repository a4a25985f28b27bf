"""Formats follow the theme."""

from PySide6.QtGui import QFont

from app.render.tree import Mark
from app.ui.transcript.painting.style import Style


def test_marks_become_formats(theme):
    style = Style(theme)
    both = style.char_format(Mark.STRONG | Mark.EMPHASIS)
    assert both.fontWeight() == QFont.Weight.DemiBold
    assert both.fontItalic()
    assert style.char_format(Mark.STRIKE).fontStrikeOut()
    link = style.char_format(Mark.NONE, is_link=True)
    assert link.foreground().color().name() == theme.colours.accent
    code = style.char_format(Mark.CODE)
    assert code.font().family() == "JetBrains Mono"
    assert code.background().color().name() == theme.colours.code
    assert style.char_format(Mark.IMAGE).foreground().color().name() == theme.colours.muted


def test_formats_are_made_once(theme):
    style = Style(theme)
    assert style.char_format(Mark.STRONG) is style.char_format(Mark.STRONG)


def test_code_shows_the_characters_that_are_there(theme):
    font = Style(theme).code_font
    assert all(font.featureValue(tag) == 0 for tag in font.featureTags())
    assert font.featureTags()


def test_lengths_follow_the_zoom(theme):
    theme.zoom(2.0)
    assert Style(theme).px(10) == 20
    assert Style(theme).line_height == 42
