import pytest

from app.core.conversations.conversation import SourcePart
from app.core.text.needle import Needle
from app.ui.transcript.search.reveal import EDGE, match_top
from app.ui.transcript.search.searcher import REASONING, ROWS, Searcher
from tests.ui.transcript.driver import layout_of, reasoning_of, selected_text, top_of

FAR = "\n\n".join(f"Paragraph {i}." for i in range(80))


@pytest.fixture
def shown(view, reveal):
    def shown(index, part, query="needle", number=0):
        """Shows a match and says where it stands then, px below the top of the view."""
        layout = layout_of(view, index)
        reveal.lay_out(index, part)
        match = Searcher(Needle(query)).matches(layout, part)[number]
        reveal.show(index, part, match)
        return top_of(view, index) + match_top(layout, part, match)

    return shown


@pytest.mark.parametrize("place", [0, 1])
def test_a_paragraph_far_away(view, words, shown, place):
    text = f"{FAR}\n\nA needle.\n\n{FAR}"
    view.set_branch([words.answer("a", text), words.answer("b", text)], {})
    y = shown(place, ROWS + 80)
    assert y == pytest.approx(view.viewport().height() / 3, abs=3)
    assert not view.position.is_following


def test_the_reading_place_stays_where_it_landed_when_text_comes(view, words, shown):
    from app.core.conversations.conversation import MessageState

    view.set_branch([words.answer("a", f"{FAR}\n\nA needle.\n\n{FAR}")], {})
    view.append(words.answer("b", "", MessageState.WRITING))
    before = shown(0, ROWS + 80)
    view.add_text("b", FAR)
    view.take_arrived()
    layout = layout_of(view)
    find = Searcher(Needle("needle")).matches(layout, ROWS + 80)[0]
    assert top_of(view, 0) + match_top(layout, ROWS + 80, find) == before


def test_a_long_thought_opens_at_the_find(view, words, shown):
    message = words.answer("a", FAR, reasoning=f"{FAR}\nneedle\n{FAR}")
    view.set_branch([words.question(), message], {})
    y = shown(1, REASONING)
    assert reasoning_of(view, 1).is_open
    assert EDGE <= y <= view.viewport().height() - EDGE


def test_a_source_below_a_long_answer(view, words, shown):
    from dataclasses import replace

    message = words.answer("a", FAR)
    message = replace(message, parts=(*message.parts, SourcePart("https://needle.example", "")))
    view.set_branch([message, words.answer("b", FAR)], {})
    layout = layout_of(view)
    layout.build()
    y = shown(0, ROWS + len(layout.rows))
    assert EDGE <= y <= view.viewport().height() - EDGE


def test_a_cell_of_a_table(view, words, shown):
    table = "| a | b |\n|---|---|\n" + "\n".join(f"| {i} | needle {i} |" for i in range(30))
    view.set_branch([words.answer("a", f"{FAR}\n\n{table}\n\n{FAR}")], {})
    tops = [shown(0, ROWS + 80, number=number) for number in (0, 25)]
    assert all(EDGE <= y <= view.viewport().height() - EDGE for y in tops)


def test_the_word_is_selected_and_a_third_below_the_top(view, words, reveal):
    text = f"{FAR}\n\nHere a **Needle** lies.\n\n{FAR}"
    view.set_branch([*words.many(6), words.answer("a", text), *words.many(3)], {})
    reveal.show_word("a", "needle")
    assert selected_text(view) == "Needle"
    assert not view.position.is_following
    first, _ = view.state.selection.span()
    layout = layout_of(view, first.layout)
    y = top_of(view, first.layout) + layout.row_top(first.row)
    assert y == pytest.approx(view.viewport().height() / 3, abs=12)


def test_a_word_that_is_not_shown_leaves_the_message(view, words, reveal):
    text = "[label](https://example.org/needle)"
    view.set_branch([words.answer("a", text), *words.many(20)], {})
    view.show_message("a")
    reveal.show_word("a", "needle")
    assert view.state.selection.is_empty
    assert view.verticalScrollBar().value() == 0


def test_a_message_that_is_not_there_does_no_harm(view, words, reveal):
    view.set_branch(words.many(3), {})
    reveal.show_word("nobody", "word")
    assert view.state.selection.is_empty
