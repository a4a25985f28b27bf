from dataclasses import replace

import pytest

from app.core.conversations.conversation import SourcePart, TextPart
from app.core.text.needle import Needle
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style
from app.ui.transcript.search.searcher import ABOVE, FEED, REASONING, ROWS, Searchable, Searcher
from tests.ui.transcript.driver import item_in


@pytest.fixture
def layout_of(theme):
    def made(message, *, is_drawn=False):
        layout = MessageLayout(message, (1, 1), Style(theme))
        if is_drawn:
            layout.settle(700)
            layout.measure(0, 100_000, lambda row: None)
        return layout

    return made


def counts(layout, query):
    return [count for _, count in Searcher(Needle(query)).counts(layout.message, layout)]


def test_the_parts_come_in_reading_order(words, layout_of):
    message = words.answer("a", "First.\n\nA word, a word.", reasoning="word")
    message = replace(message, parts=(*message.parts, SourcePart("https://example.org", "word")))
    assert [n for _, n in Searcher(Needle("word")).counts(message, None)] == [1, 0, 0, 2, 1]
    assert counts(layout_of(message), "word") == [1, 0, 0, 2, 1]
    assert counts(layout_of(message, is_drawn=True), "word") == [1, 0, 0, 2, 1]


def test_a_message_without_it_is_not_cut_into_rows(words, layout_of):
    message = words.answer("a", "First.\n\nA word.")
    assert counts(layout_of(message), "zebra") == [0, 0, 0]


def test_a_long_message_is_counted_row_by_row(words, layout_of):
    text = "\n\n".join(f"Paragraph {i}, word." for i in range(FEED // 10))
    layout = layout_of(words.answer("a", text))
    found = Searcher(Needle("word")).counts(layout.message, layout)
    assert [next(found)[1] for _ in range(4)] == [0, 0, 1, 1]
    assert sum(count for _, count in found) == FEED // 10 - 2


def test_what_is_drawn_is_found_at_its_place(words, layout_of):
    layout = layout_of(words.answer("a", "A **word**\n\n- 😀 word"), is_drawn=True)
    searcher = Searcher(Needle("word"))
    [first] = searcher.matches(layout, ROWS)
    [second] = searcher.matches(layout, ROWS + 1)
    assert (first.first, first.last) == (2, 6)
    assert (second.first, second.last) == (3, 7)
    assert first.owner is item_in(layout)
    assert searcher.matches(layout, REASONING) == searcher.matches(layout, ABOVE) == []


def test_a_thought_that_grows_is_searched_again(words, layout_of):
    layout = layout_of(words.answer("a", "x", reasoning="word"), is_drawn=True)
    searcher = Searcher(Needle("word"))
    assert len(searcher.matches(layout, REASONING)) == 1
    layout.think("\nand word")
    assert [find.first for find in searcher.matches(layout, REASONING)] == [0, 9]


def test_an_open_row_has_the_words_it_will_have(words, layout_of):
    from app.core.conversations.conversation import MessageState

    layout = layout_of(words.answer("a", "", MessageState.WRITING))
    layout.build()
    layout.feed("Some **wo")
    assert Searcher(Needle("wo")).row_count(layout.rows[0]) == 1


def test_a_section_with_words_is_searchable(words, layout_of):
    message = words.answer("a", "x")
    message = replace(message, parts=(TextPart("x"), SourcePart("https://example.org/p", "T")))
    [section] = layout_of(message, is_drawn=True).below.sections
    assert isinstance(section, Searchable)
    assert list(section.texts) == ["T", "example.org"]
    assert section.text_top(1, 0) == section.text_top(0, 0) > 0
