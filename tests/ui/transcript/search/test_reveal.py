import pytest

from app.core.conversations.conversation import SourcePart
from app.core.text.needle import Needle
from app.ui.transcript.search.reveal import EDGE, find_top, land, make
from app.ui.transcript.search.searcher import ROWS, THOUGHT, Searcher

FAR = "\n\n".join(f"Paragraph {i}." for i in range(80))


def land_at(view, index, part, query="needle", number=0):
    """Lands at a find and says where it stands then, px below the top of the view."""
    layout = view.column.layouts[index]
    make(view, index, part)
    find = Searcher(Needle(query)).matches(layout, part)[number]
    land(view, index, part, find)
    y = view.column.top(index) + find_top(layout, part, find)
    return y - view.verticalScrollBar().value()


@pytest.mark.parametrize("place", [0, 1])
def test_a_paragraph_far_away(view, words, place):
    text = f"{FAR}\n\nA needle.\n\n{FAR}"
    view.set_branch([words.answer("a", text), words.answer("b", text)], {})
    y = land_at(view, place, ROWS + 80)
    assert y == pytest.approx(view.viewport().height() / 3, abs=3)
    assert not view.reading.is_following


def test_the_reading_place_stays_where_it_landed_when_text_comes(view, words):
    from app.core.conversations.conversation import MessageState

    view.set_branch([words.answer("a", f"{FAR}\n\nA needle.\n\n{FAR}")], {})
    view.append(words.answer("b", "", MessageState.WRITING))
    before = land_at(view, 0, ROWS + 80)
    view.add_text("b", FAR)
    view.take_arrived()
    layout = view.column.layouts[0]
    find = Searcher(Needle("needle")).matches(layout, ROWS + 80)[0]
    y = view.column.top(0) + find_top(layout, ROWS + 80, find)
    assert y - view.verticalScrollBar().value() == before


def test_a_long_thought_opens_at_the_find(view, words):
    message = words.answer("a", FAR, reasoning=f"{FAR}\nneedle\n{FAR}")
    view.set_branch([words.question(), message], {})
    y = land_at(view, 1, THOUGHT)
    assert view.column.layouts[1].reasoning.is_open
    assert EDGE <= y <= view.viewport().height() - EDGE


def test_a_source_below_a_long_answer(view, words):
    from dataclasses import replace

    message = words.answer("a", FAR)
    message = replace(message, parts=(*message.parts, SourcePart("https://needle.example", "")))
    view.set_branch([message, words.answer("b", FAR)], {})
    layout = view.column.layouts[0]
    layout.build()
    y = land_at(view, 0, ROWS + len(layout.rows))
    assert EDGE <= y <= view.viewport().height() - EDGE


def test_a_cell_of_a_table(view, words):
    table = "| a | b |\n|---|---|\n" + "\n".join(f"| {i} | needle {i} |" for i in range(30))
    view.set_branch([words.answer("a", f"{FAR}\n\n{table}\n\n{FAR}")], {})
    tops = [land_at(view, 0, ROWS + 80, number=number) for number in (0, 25)]
    assert all(EDGE <= y <= view.viewport().height() - EDGE for y in tops)
