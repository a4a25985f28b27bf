"""Cards show foreign words as plain text and have room for them."""

from app.ui.transcript.card import Button, Card, breakable, wrapped_height
from app.ui.transcript.style import Style


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


def test_text_without_spaces_is_broken(theme):
    font = theme.font()
    assert wrapped_height("x" * 500, 200, font) > 5 * wrapped_height("x", 200, font)
    assert wrapped_height("", 200, font) == 0


def test_lines_break_between_words_and_inside_very_long_ones():
    assert breakable("a few short words") == "a few short words"
    long = "x" * 40
    assert breakable(f"see {long}.").replace("\u200b", "") == f"see {long}."
    assert max(len(part) for part in breakable(long).split("\u200b")) == 16


def test_a_word_longer_than_the_card_stays_inside_it(theme):
    style = Style(theme)
    one, many = "x" * 20, "x" * 400
    assert wrapped_height(many, 200, style.text_font) > wrapped_height(one, 200, style.text_font)
