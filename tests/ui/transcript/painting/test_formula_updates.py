"""A formula that is drawn takes the place of its source, without moving what is read."""

import pytest

from app.ui.transcript.blocks.drawn_formulas import formulas
from app.ui.transcript.blocks.formula_object import PICTURE
from tests.ui.transcript.driver import layout_of, row_of


def texts(view, index):
    rows = layout_of(view, index).rows
    return [item.document.toPlainText() for row in rows for item in row.items or ()]


def test_the_source_stands_there_until_the_drawing_does(view, words, qtbot):
    tex = "q_{17} + \\sqrt{3}"
    view.set_branch([words.answer("a", f"so ${tex}$ is")], {})
    assert texts(view, 0) == [f"so ${tex}$ is"]
    assert row_of(view).is_waiting
    qtbot.waitUntil(lambda: texts(view, 0) == [f"so {PICTURE} is"])
    assert not row_of(view).is_waiting


def test_a_bubble_fits_the_drawing(view, words, qtbot):
    tex = "r_{\\mathrm{abcdefghij}} \\mathrm{klmnopqrstuv}"
    view.set_reads_questions(True)
    view.set_branch([words.question("q", f"${tex}$")], {})
    before = layout_of(view).text_left
    qtbot.waitUntil(lambda: texts(view, 0) == [PICTURE])
    assert layout_of(view).text_left > before


def test_the_line_being_read_stays(view, words, qtbot):
    tall = "\\begin{matrix} 1 \\\\ 2 \\\\ 3 \\\\ 4 \\end{matrix}"
    text = "\n\n".join(f"words {n} ${tall}_{{{n}}}$" for n in range(40))
    view.set_branch([words.answer("a", text)], {})
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    layout = layout_of(view)
    value, height = view.verticalScrollBar().value(), view.viewport().height()
    anchor = view.state.column.anchor(value, height)

    def is_drawn():
        return not any(row.is_waiting for row in layout.rows)

    qtbot.waitUntil(is_drawn, timeout=8000)
    now = view.state.column.place_of(anchor)
    assert abs(now - view.verticalScrollBar().value()) <= 1


@pytest.mark.parametrize("tex", ["\\foo{x}", "\\frac{a"])
def test_what_cannot_be_drawn_stays_its_source(view, words, qtbot, tex):
    view.set_branch([words.answer("a", f"$$\n{tex}\n$$")], {})
    qtbot.waitUntil(lambda: not row_of(view).is_waiting)
    assert texts(view, 0) == [f"$${tex}$$"]


def test_a_formula_that_is_being_written_is_not_drawn(view, words, qtbot):
    from app.core.conversations.conversation import MessageState

    view.set_branch([words.answer("a", "", MessageState.WRITING)], {})
    view.add_text("a", "$$\nunique_{23} + 1")
    view.take_arrived()
    assert texts(view, 0) == ["$$unique_{23} + 1$$"]
    assert not formulas().has("unique_{23} + 1", is_display=True)
    assert not row_of(view).is_waiting
