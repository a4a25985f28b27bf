import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette, QTextLayout

from app.ui.colours import DARK, HIGH_CONTRAST, LIGHT
from app.ui.theme import Theme, _tinted


def _luminance(colour):
    parts = QColor(colour).getRgbF()[:3]
    parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("background", "list", "panel", "bubble", "code", "hover", "accent_quiet")
WRITTEN = ("text", "muted", "accent", "good", "warn", "bad")
CODE = ("code_keyword", "code_name", "code_text", "code_number", "code_comment")
THEMES = [
    pytest.param(LIGHT, 4.5, id="light"),
    pytest.param(DARK, 4.5, id="dark"),
    pytest.param(HIGH_CONTRAST, 7.0, id="contrast"),
]


@pytest.mark.parametrize(("colours", "least"), THEMES)
def test_text_can_be_read_on_every_ground(colours, least):
    for name, ground in itertools.product((*WRITTEN, *CODE), GROUNDS):
        found = _contrast(getattr(colours, name), getattr(colours, ground))
        assert found >= least, (name, ground, found)
    assert _contrast(colours.on_accent, colours.accent) >= least
    assert _contrast(colours.text, colours.selection) >= least
    assert _contrast(colours.text, colours.found) >= least
    assert _contrast(colours.on_found_now, colours.found_now) >= least


@pytest.mark.parametrize(("colours", "_least"), THEMES)
def test_lines_and_icons_that_mean_something_can_be_seen(colours, _least):
    for ground in GROUNDS:
        assert _contrast(colours.faint, getattr(colours, ground)) >= 3, ground
    for ground in ("background", "list", "panel"):
        assert _contrast(colours.scroll, getattr(colours, ground)) >= 3, ground
        assert _contrast(colours.accent, getattr(colours, ground)) >= 3, ground


def test_high_contrast_parts_everything_by_lines():
    for ground in GROUNDS:
        assert _contrast(HIGH_CONTRAST.line, getattr(HIGH_CONTRAST, ground)) >= 3, ground


def test_a_choice_holds_whatever_the_system_says(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.is_dark
    assert theme.colour("background") == QColor(DARK.background)
    theme.choose("contrast")
    assert theme.colours is HIGH_CONTRAST


def test_the_same_choice_again_changes_nothing(theme, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("light")
        theme.zoom(1.0)


def test_it_follows_the_system(qtbot):
    theme = Theme()
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(Qt.ColorScheme.Dark)
    theme._on_scheme_changed()
    is_dark = theme.is_dark
    hints.unsetColorScheme()
    assert is_dark is (hints.colorScheme() is Qt.ColorScheme.Dark) or is_dark


def test_zoom_reaches_fonts_and_lengths_within_bounds(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.zoom(1.5)
    assert theme.font(14).pixelSize() == 21
    assert theme.mono(13).pixelSize() == 20
    assert theme.px(36) == 54
    theme.zoom(9)
    assert theme.text_zoom == 3.0
    theme.zoom(0)
    assert theme.text_zoom == 0.5


def test_icons_take_the_colour_of_the_theme(theme):
    light = theme.pixmap("gem", "text").toImage()
    theme.choose("dark")
    assert theme.pixmap("gem", "text").toImage() != light
    assert not theme.icon("pin").isNull()


@pytest.fixture
def plain_application(qapp):
    """The application, given back without a style sheet."""
    font, colours = qapp.font(), qapp.palette()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(colours)


def test_standard_widgets_take_the_colours(theme, plain_application):
    theme.choose("dark")
    application = plain_application
    theme.apply(application)
    assert application.palette().color(QPalette.ColorRole.Window) == QColor(DARK.background)
    assert DARK.accent in application.styleSheet()
    theme.choose("light")
    theme.apply(application)
    assert LIGHT.accent in application.styleSheet()


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_icons_are_whole_and_sharp_on_fine_screens(qapp, ratio):
    fine = _tinted("search", "#000000", 20, ratio).toImage()
    large = _tinted("search", "#000000", round(20 * ratio), 1.0).toImage()
    fine.setDevicePixelRatio(1)
    assert fine == large


def glyphs(font, text):
    """The glyphs a text is drawn with."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine().setLineWidth(1000)
    layout.endLayout()
    return [index for run in layout.glyphRuns() for index in run.glyphIndexes()]


@pytest.mark.parametrize("signs", ["->", "=>", "<-", "-->", ">=", "!=", "fi"])
def test_what_was_written_is_drawn_sign_by_sign(theme, signs):
    for font in (theme.written(), theme.mono()):
        apart = [index for sign in signs for index in glyphs(font, sign)]
        assert glyphs(font, signs) == apart


def test_the_fonts_are_added_once(theme, monkeypatch):
    theme.font()
    added = []
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", added.append)
    for _ in range(3):
        theme.font()
        theme.written()
        theme.mono()
    assert added == []
