"""The buttons of blocks, through real clicks."""

from PySide6.QtGui import QGuiApplication

from app.ui.transcript.interaction.block_actions import block_item_at
from app.ui.transcript.interaction.copy_actions import left_out
from tests.ui.transcript.driver import layout_of, titles_of


def data():
    return QGuiApplication.clipboard().mimeData()


def test_copied_code_has_its_flavours_and_stays_exact(view, words, driver, qtbot):
    view.set_branch([words.answer("a", "```py\nif a < b:\n\tc  \n```")], {})
    with qtbot.waitSignal(view.copy_done) as caught:
        driver.press("a", "code.copy")
    assert caught.args == ["Code copied"]
    assert data().text() == "if a < b:\n\tc  "
    assert "<pre><code>if a &lt; b:\n\tc  </code></pre>" in data().html()
    assert data().data("text/markdown").data() == b"```py\nif a < b:\n\tc  \n```"


def test_a_copied_table_has_four_flavours(view, words, driver, qtbot):
    view.set_branch([words.answer("a", "| a | b |\n|---|---|\n| 1 | **2** |")], {})
    with qtbot.waitSignal(view.copy_done) as caught:
        driver.press("a", "table.copy")
    assert caught.args == ["Table copied"]
    assert data().text() == "a\tb\n1\t2\n"
    assert data().data("text/tab-separated-values").data() == b"a\tb\n1\t2\n"
    assert "<b>2</b>" in data().html()
    assert data().data("text/markdown").data().startswith(b"| a | b |")
    titles = titles_of(view, 0, "table.copy")
    assert titles == ["Copied"]


def test_a_long_table_is_copied_whole_from_its_last_part(view, words, driver):
    rows = "\n".join(f"| {n} | x |" for n in range(150))
    view.set_branch([words.answer("a", f"| n | m |\n|---|---|\n{rows}")], {})
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    driver.press("a", "table.copy")
    assert data().text().split("\n")[:2] == ["n\tm", "0\tx"]
    assert data().text().count("\n") == 151


def test_wrapping_goes_through_all_parts(view, words, driver):
    code = "\n".join(f"line {n} " + "wide " * 60 for n in range(150))
    view.set_branch([words.answer("a", f"```\n{code}\n```")], {})
    view.interaction.folding.open(0, 0)
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.wrap")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.viewport().grab()
    items = [item for row in layout_of(view).rows for item in row.items or ()]
    assert len(items) > 1
    assert all(item.is_wrapped and not item.state.room for item in items)


def test_what_is_not_there_is_no_piece(view, words):
    view.set_branch([words.answer("a", "x")], {})
    layout = layout_of(view)
    assert block_item_at(layout, 0, 0) is not None
    assert block_item_at(layout, 5, 0) is None
    assert block_item_at(layout, 0, 5) is None


def test_what_was_left_out_is_counted():
    assert left_out(0) == ""
    assert left_out(1) == ", 1 hidden character left out"
    assert left_out(2) == ", 2 hidden characters left out"
