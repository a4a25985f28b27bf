"""The column of sheets keeps the place while guesses become true."""

import pytest

from app.ui.transcript.layout.column import Column
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style


@pytest.fixture
def column(theme, words):
    style = Style(theme)
    made = Column(style)
    made.set_viewport_width(764)
    made.show(words.many(50), {}, lambda message, place: MessageLayout(message, place, style))
    return made


def test_only_what_is_seen_is_made(column):
    column.settle(0, 500, is_following=True, anchor=None)
    built = [layout.is_built for layout in column.layouts]
    assert built[-1]
    assert sum(built) < 10


def test_following_goes_to_the_end(column):
    value = column.settle(0, 500, is_following=True, anchor=None)
    assert value == column.total - 500
    assert column.at(value + 499) == 49


def test_an_anchor_stays_at_its_place(column):
    value = column.settle(900, 500, is_following=False, anchor=None)
    anchor = column.anchor(value, 500)
    column.set_viewport_width(500)
    moved = column.settle(column.place_of(anchor), 500, is_following=False, anchor=anchor)
    assert column.place_of(anchor) == moved


def test_widths_have_bounds(column):
    for viewport, width in ((100, 160), (500, 468), (764, 700), (3000, 760)):
        column.set_viewport_width(viewport)
        assert column.width == width


def test_nothing_in_it_is_no_trouble(theme):
    empty = Column(Style(theme))
    assert empty.total == 0
    assert empty.anchor(0, 100) is None
    assert empty.settle(5, 100, is_following=True, anchor=None) == 0


def test_another_conversation_starts_anew(column, words, theme):
    from dataclasses import replace

    style = Style(theme)

    def make(message, place):
        return MessageLayout(message, place, style)

    first = column.layouts[0]
    assert column.show(words.many(3), {}, make)
    assert column.layouts[0] is first
    others = [replace(message, conversation_id="other") for message in words.many(3)]
    assert not column.show(others, {}, make)
    assert column.layouts[0] is not first


def test_what_changes_is_told_to_who_asked(view, words):
    told = []
    view.state.column.on_change = lambda *values: told.append(values)
    view.set_branch(words.many(3), {})
    view.append(words.question("q"))
    view.replace(words.question("q", "Another text"))
    view.state.column.remeasure(3)
    assert told == [("branch", 0), ("added", 3), ("changed", 3)]


def test_what_is_far_shorter_than_guessed_leaves_no_gap_in_a_tall_view(view, words):
    view.resize(764, 2000)
    folded = "<details>\n<summary>Title</summary>\n\n" + "Words. " * 9000 + "\n\n</details>\n"
    view.set_branch([words.answer(f"a{n}", folded) for n in range(60)], {})
    column, value = view.state.column, view.scroll_bar.value()
    first = column.at(value)
    assert len(column.layouts) - first > 15
    for index in range(first, len(column.layouts)):
        layout = column.layouts[index]
        assert layout.width
        assert all(row.width == layout.text_width for row in layout.rows)


@pytest.mark.parametrize("zoom", [0.5, 1, 3])
@pytest.mark.parametrize("width", [320, 560, 900, 1600])
def test_the_column_stands_in_the_middle_of_any_view(view, words, theme, zoom, width):
    theme.zoom(zoom)
    view.resize(width, 600)
    view.set_branch(words.many(2), {})
    port = view.viewport().width()
    left = view.state.column.left(port)
    assert left >= 16
    assert abs(port - left - view.state.column.width - left) <= 1
