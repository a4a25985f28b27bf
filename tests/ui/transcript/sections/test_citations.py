"""The list of sources under an answer."""

from dataclasses import replace

from app.core.conversations.conversation import SourcePart, TextPart
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.citations import MOST, cited

PAGES = (SourcePart("https://www.a.test/x", "Weather\nin Oslo"), SourcePart("https://b.test"))


def answer(words, *sources):
    return replace(words.answer(), parts=(TextPart("Snow."), *sources))


def test_an_answer_without_sources_has_no_list(words):
    assert cited(words.answer()) is None


def test_each_page_has_a_line_that_opens_it(words, theme):
    style = Style(theme)
    strip = cited(answer(words, *PAGES))
    strip.layout(600, style)
    regions = strip.regions(style)
    assert [(r.command, r.argument, r.title) for r in regions] == [
        ("link.open", "https://www.a.test/x", "Open a.test"),
        ("link.open", "https://b.test", "Open b.test"),
    ]
    assert regions[-1].rect.bottom() <= strip.height
    assert all(region.is_action for region in regions)


def test_very_many_pages_are_cut(words, theme):
    style = Style(theme)
    strip = cited(answer(words, *(SourcePart(f"https://{n}.test") for n in range(MOST + 9))))
    strip.layout(600, style)
    assert len(strip.regions(style)) == MOST


def test_a_click_goes_the_way_of_every_link(view, words, driver, qtbot):
    view.set_branch([words.question(), answer(words, *PAGES)], {})
    with qtbot.waitSignal(view.link_opened) as opened:
        driver.press("a", "link.open", 1)
    assert opened.args == ["https://b.test"]
    view.grab()
