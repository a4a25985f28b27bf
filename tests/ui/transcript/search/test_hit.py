import pytest

from app.ui.transcript.search.hit import show_hit

FAR = "\n\n".join(f"Paragraph {i}." for i in range(80))


def selected(view):
    first, last = view.selection.span()
    item = view.column.layouts[first.layout].rows[first.row].items[first.item]
    return item.text_between(first.position, last.position)


def test_the_word_is_selected_and_a_third_below_the_top(view, words):
    text = f"{FAR}\n\nHere a **Needle** lies.\n\n{FAR}"
    view.set_branch([*words.many(6), words.answer("a", text), *words.many(3)], {})
    show_hit(view, "a", "needle")
    assert selected(view) == "Needle"
    assert not view.reading.is_following
    first, _ = view.selection.span()
    layout = view.column.layouts[first.layout]
    y = view.column.top(first.layout) + layout.row_top(first.row) - view.verticalScrollBar().value()
    assert y == pytest.approx(view.viewport().height() / 3, abs=12)


def test_without_a_word_the_message_comes_to_the_top(view, words):
    view.set_branch(words.many(20), {})
    show_hit(view, "m4")
    index = view.column.indexes["m4"]
    assert view.column.top(index) - view.verticalScrollBar().value() == 8
    assert view.selection.is_empty


def test_a_word_that_is_not_shown_leaves_the_message(view, words):
    text = "[label](https://example.org/needle)"
    view.set_branch([words.answer("a", text), *words.many(20)], {})
    show_hit(view, "a", "needle")
    assert view.selection.is_empty
    assert view.verticalScrollBar().value() == 0


def test_a_message_that_is_not_there_does_no_harm(view, words):
    view.set_branch(words.many(3), {})
    show_hit(view, "nobody", "word")
    assert view.selection.is_empty
