"""What a selection puts on the clipboard."""

import pytest

from app.render.tree import Mark, Run
from app.ui.transcript.interaction.copying import (
    MOST_READ,
    code_copy,
    message_copy,
    selection_copy,
    whole_table,
)
from app.ui.transcript.interaction.selection import END, Place, TextSelection
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style
from tests.ui.transcript.driver import item_in, unfold_all

TEXTS = [
    "First **one**.",
    "- a\n- b\n\n```py\nx = 1\n```\n\nend",
    "Third.",
    "| h | i |\n|---|---|\n| 1 | **2** |\n| 3 | 4 |",
    "# Title\n\nA *b* c `d`\n\n> quoted\n\n1. x\n2. y `z`\n3. w",
]


@pytest.fixture
def layouts(theme, words):
    return [made(theme, words, text, str(index)) for index, text in enumerate(TEXTS)]


def made(theme, words, text, message_id="a"):
    layout = MessageLayout(words.answer(message_id, text), (1, 1), Style(theme))
    layout.settle(600)
    layout.measure(0, 10**6, lambda row: None)
    return layout


def copy(layouts, first, last):
    selection = TextSelection()
    selection.select(first, last)
    return selection_copy(selection, layouts)


def plain(layouts, first, last):
    return copy(layouts, first, last).flavours.plain


def around(layout, text, *, index=0):
    """The places at both ends of some drawn text."""
    for row_number, row in enumerate(layout.rows):
        for number, item in enumerate(row.items or ()):
            cursor = item.document.find(text) if item.document else None
            if cursor and not cursor.isNull():
                start, end = cursor.selectionStart(), cursor.selectionEnd()
                here = Place(index, row_number, number)
                return here._replace(position=start), here._replace(position=end)
    raise AssertionError(text)


def test_nothing_is_nothing(layouts):
    assert selection_copy(TextSelection(), layouts) is None
    assert copy(layouts, Place(1), Place(1)) is None


def test_parts_are_cut_and_whole_messages_are_their_source(layouts):
    found = copy(layouts, Place(0, 0, 0, 6), Place(2, 0, 0, 5)).flavours
    assert found.plain == "one.\n\n- a\n- b\n\nx = 1\n\nend\n\nThird"
    assert found.markdown == f"**one**.\n\n{TEXTS[1]}\n\nThird"
    assert "<p><b>one</b>.</p>" in found.html
    assert "<li>a</li>" in found.html
    assert "<pre><code>x = 1</code></pre>" in found.html


def test_direction_does_not_matter(layouts):
    first, last = Place(0, 0, 0, 6), Place(2, 0, 0, 2)
    assert plain(layouts, first, last) == plain(layouts, last, first)


def test_a_whole_message_is_copied_alike_by_selecting_it(layouts):
    whole = copy(layouts, Place(4), Place(4, END, END, END))
    assert whole == message_copy(layouts[4])
    assert whole.flavours.markdown == TEXTS[4]
    assert whole.flavours.plain.startswith("Title\n\nA b c d\n\n> quoted\n\n1. x\n2. y z")


def test_rows_that_were_let_go_are_still_copied(layouts):
    expected = plain(layouts, Place(1, 0, 0, 1), Place(1, END, END, END))
    for row in layouts[1].rows:
        row.release()
    assert plain(layouts, Place(1, 0, 0, 1), Place(1, END, END, END)) == expected


def test_words_inside_one_block_are_only_words(layouts):
    layout = layouts[4]
    first, last = around(layout, "y z")
    found = copy([layout], first, last).flavours
    assert found.plain == "y z"
    assert found.markdown == "y `z`"
    assert "<li>" not in found.html
    assert copy([layout], *around(layout, "itl")).flavours.markdown == "itl"
    assert copy([layout], *around(layout, "Title")).flavours.markdown == "# Title"


def test_part_of_a_numbered_list_goes_on_counting(layouts):
    layout = layouts[4]
    first, last = around(layout, "y")[0], around(layout, "w")[1]
    found = copy([layout], first, last).flavours
    assert found.plain == "2. y z\n3. w"
    assert '<ol start="2">' in found.html
    assert found.markdown == "2. y `z`\n3. w"


def test_cells_are_a_table_and_tab_separated(layouts):
    layout = layouts[3]
    found = copy([layout], around(layout, "1")[0], around(layout, "4")[1]).flavours
    assert found.plain == found.tsv == "1\t2\n3\t4\n"
    assert found.html.count("<tr>") == 2
    assert found.markdown == "| 1 | **2** |\n| --- | --- |\n| 3 | 4 |"
    column = copy([layout], around(layout, "i")[0], around(layout, "4")[1]).flavours
    assert column.plain == "i\n2\n4\n"
    one = copy([layout], *around(layout, "2")).flavours
    assert (one.plain, one.tsv) == ("2", "")


def test_a_whole_table_keeps_its_source(layouts):
    found = copy([layouts[3]], Place(0), Place(0, END, END, END)).flavours
    assert found.plain == found.tsv == "h\ti\n1\t2\n3\t4\n"
    assert found.markdown == TEXTS[3]


def test_part_of_code_is_exact(theme, words):
    layout = made(theme, words, "before\n\n```py\nif x:\n\ty = 1  \n\nz = 2\n```")
    first, last = around(layout, "if x:")[0], around(layout, "z =")[1]
    found = copy([layout], first, last).flavours
    assert found.plain == "if x:\n\ty = 1  \n\nz ="
    assert found.markdown == "```py\nif x:\n\ty = 1  \n\nz =\n```"
    assert copy([layout], *around(layout, "y = 1")).flavours.markdown == "`y = 1`"


def test_long_code_is_joined_as_it_was(theme, words):
    code = "\n".join(f"line {i}" for i in range(400))
    text = f"see\n\n```\n{code}\n```"
    layout = made(theme, words, text)
    assert plain([layout], Place(0, 1), Place(0, END, END, END)) == code
    found = copy([layout], around(layout, "e")[0], Place(0, END, END, END)).flavours
    assert found.markdown == f"ee\n\n```\n{code}\n```"
    (item,) = layout.rows[1].items
    assert code_copy(layout, range(1, len(layout.rows)), item).flavours.plain == code


def test_a_long_table_is_one_table(theme, words):
    rows = "\n".join(f"| {n} | {n * n} |" for n in range(200))
    text = f"see\n\n| n | square |\n|---|---|\n{rows}"
    layout = made(theme, words, text)
    assert len(layout.rows) > 3
    found = copy([layout], Place(0, 1), Place(0, END, END, END)).flavours
    assert found.tsv.split("\n")[:3] == ["n\tsquare", "0\t0", "1\t1"]
    assert found.tsv.count("\n") == 201
    assert found.markdown == text.removeprefix("see\n\n")
    table = whole_table(layout, range(1, len(layout.rows)), item_in(layout, 1))
    assert len(table.rows) == 200
    assert table.rows[199][1] == (Run("39601", Mark.NONE),)


def test_hidden_characters_are_left_out_and_counted(theme, words):
    hidden = "\U000e0041\U000e0042\u200b"
    layout = made(theme, words, f"Say {hidden}this \x1b[8m now.\n\nNext\n\n```\na\u202eb\n```")
    whole = message_copy(layout)
    assert whole.flavours.plain == "Say this  now.\n\nNext\n\nab"
    assert whole.hidden >= 4
    part = copy([layout], around(layout, "Say")[0], around(layout, "Next")[1])
    assert part.flavours.plain == "Say this  now.\n\nNext"
    inside = copy([layout], around(layout, "Say")[0], around(layout, "now")[1])
    assert inside.flavours.plain == "Say this  now"


def test_an_inline_formula_is_its_tex(theme, words):
    layout = made(theme, words, "Area $a^2$ here.\n\n| $x$ | y |\n|---|---|\n| $z$ | w |")
    found = copy([layout], around(layout, "rea")[0], around(layout, "here")[1]).flavours
    assert found.plain == "rea a^2 here"
    assert found.markdown == "rea $a^2$ here"
    cells = copy([layout], Place(0, 1, 0, 1), around(layout, "w")[1]).flavours
    assert cells.plain == "x\ty\nz\tw\n"


def test_the_title_of_an_alert_is_only_words(theme, words):
    layout = made(theme, words, "> [!TIP]\n> mind this")
    assert copy([layout], *around(layout, "Tip")).flavours.plain == "Tip"
    part = copy([layout], around(layout, "Tip")[0], around(layout, "mind")[1]).flavours
    assert part.markdown == "> [!TIP]\n> mind"


def test_what_is_very_long_is_not_read(theme, words):
    layout = MessageLayout(words.answer("a", "**b** " * MOST_READ), (1, 1), Style(theme))
    found = message_copy(layout)
    assert found.is_long
    assert found.flavours.html == found.flavours.markdown == ""
    assert found.flavours.plain == ("**b** " * MOST_READ)
    assert not layout.is_built


def test_every_leaf_of_a_rich_answer_is_found_again(theme, words):
    text = (
        "# A\n\n> [!WARNING]\n> mind **this**\n\n- [x] one\n  - two\n\n    ```sh\n    ls\n    ```\n"
        "- three\n\nH<sub>2</sub>O[^1] and $a^2$\n\n$$\nb^2\n$$\n\n---\n\n[^1]: a note\n\nlast word"
    )
    layout = made(theme, words, text)
    found = copy([layout], Place(0, 0, 0, 0), around(layout, "last")[1]).flavours
    for word in ("A", "mind", "one", "two", "ls", "three", "a^2", "b^2", "a note", "last"):
        assert word in found.plain, word
    assert "<sub>2</sub>" in found.html
    assert "[!WARNING]" in found.markdown
    last_row = len(layout.rows) - 1
    for row in range(last_row):
        part = copy([layout], Place(0, row), Place(0, row, END, END))
        assert part is None or part.flavours.plain.strip()


PARTS = """Before.

<details>
<summary>Hint</summary>

One.

<details>
<summary>Inner</summary>

Two.

</details>

Three.

</details>

After.
"""


@pytest.mark.parametrize(
    ("first", "last", "markdown"),
    [
        ("Before", "After", PARTS.strip().removesuffix(".")),
        ("Hint", "Two", PARTS[PARTS.index("<details>") : PARTS.index(".\n\n</")]),
        ("One", "Two", "One.\n\n<details>\n<summary>Inner</summary>\n\nTwo"),
        ("One", "Inner", "One.\n\n**Inner**"),
        ("Two", "After", "Two.\n\nThree.\n\nAfter"),
    ],
)
def test_foldable_parts_that_are_copied_end(view, words, driver, first, last, markdown):
    view.resize(764, 900)
    view.set_branch([words.answer("a", PARTS)], {})
    unfold_all(view)
    ends = driver.text("a", first), driver.text("a", last, after=True)
    driver.drag(*(ends if first != "Hint" else reversed(ends)))  # a press on a title folds
    found = selection_copy(view.state.selection, view.state.column.layouts).flavours.markdown
    without_end = markdown.count("<details>") - markdown.count("</details>")
    assert found == markdown + "\n\n</details>" * without_end


def test_of_a_long_stretch_only_the_markdown_is_made_at_once(view, words, driver):
    text = (
        "First one.\n\n"
        + PARTS
        + "\n\n- *an* entry\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nLast one."
    )
    view.resize(764, 900)
    view.set_branch([words.answer("a", text)], {})
    unfold_all(view)
    driver.drag(driver.text("a", "First", after=True), driver.text("a", "Last", after=True))
    whole = selection_copy(view.state.selection, view.state.column.layouts)
    quick = selection_copy(view.state.selection, view.state.column.layouts, 30)
    assert not whole.is_long
    assert quick.is_long
    assert quick.flavours.plain == whole.flavours.markdown
    assert "- *an* entry" in quick.flavours.plain
