"""Cards show foreign words as plain text and have room for them."""

import itertools

import pytest
from PySide6.QtCore import QRectF

from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.card import Button, Card


def test_a_card_grows_with_what_it_says(theme):
    style = Style(theme)
    small = Card("Short.").height(600, style)
    lines = Card("Short.", ("A line.",)).height(600, style)
    buttons = Card("Short.", ("A line.",), (Button("Retry", "x"),)).height(600, style)
    assert small < lines < buttons
    folded = Card("Short.", details="raw " * 200)
    height = folded.height(600, style)
    folded.is_unfolded = True
    assert folded.height(600, style) > height


def test_buttons_stand_side_by_side_inside_the_card(theme):
    style = Style(theme)
    card = Card("Title", (), (Button("One", "a"), Button("Two", "b", "x")), "details")
    regions = card.regions(600, style)
    assert [r.command for r in regions] == ["a", "b", "card.details"]
    assert regions[1].argument == "x"
    assert regions[0].rect.right() < regions[1].rect.left()
    assert all(r.rect.bottom() < card.height(600, style) for r in regions)


@pytest.mark.parametrize("zoom", [0.5, 1, 3])
@pytest.mark.parametrize("width", [180, 290, 900])
def test_buttons_never_leave_a_narrow_card(theme, width, zoom):
    theme.zoom(zoom)
    style = Style(theme)
    buttons = tuple(Button(title, "x") for title in ("Continue", "Ask again", "Open key settings"))
    card = Card("Title", ("A line that says why.",), buttons, "details")
    regions = card.regions(width, style)
    assert [r.title for r in regions] == ["Continue", "Ask again", "Open key settings", "Details"]
    words = card.text_top(1, 0, width, style)
    edge = QRectF(0, words, width, card.height(width, style) - words).adjusted(0, 0, -1, -1)
    assert all(edge.contains(r.rect) for r in regions)
    assert not any(a.rect.intersects(b.rect) for a, b in itertools.combinations(regions, 2))


def test_in_a_narrow_card_words_go_on_below_the_icon(theme):
    style = Style(theme)
    card = Card("Title", ("A line that says why it was so, in some words.",), (Button("Go", "x"),))
    wide, narrow = (card.regions(width, style)[0].rect.left() for width in (400, 200))
    assert narrow < wide
    theme.zoom(3)
    large = Style(theme)
    assert card.regions(400, large)[0].rect.left() == large.px(14)
    assert card.text_top(1, 0, 400, large) > card.text_top(0, 0, 400, large)


def test_what_it_says_can_be_found_with_its_details_last(theme):
    style = Style(theme)
    card = Card("Title.", ("One line.", "Another."), details="raw\nsecond")
    assert card.texts == ("Title.", "One line.", "Another.", "raw\nsecond")
    card.is_unfolded = True
    tops = [card.text_top(number, 0, 600, style) for number in range(4)]
    assert tops == sorted(set(tops))
    assert tops[3] < card.text_top(3, 5, 600, style) < card.height(600, style)
