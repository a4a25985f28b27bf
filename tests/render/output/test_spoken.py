"""A message in plain lines."""

import pytest

from app.render import tree
from app.render.output.spoken import reading, spoken
from app.render.output.spoken_line import Kind, Line


def words(source):
    return [line.whole() for line in reading(source)]


def test_headings_lists_and_quotes_say_what_they_are():
    assert words("## Plan\n\nFirst *this*.\n\n> Quoted.\n\n- a\n  - b\n\n3. c\n4. d") == [
        "Heading 2: Plan",
        "First this.",
        "Quote: Quoted.",
        "• a",
        "• b",
        "3. c",
        "4. d",
    ]


def test_nested_entries_know_their_depth():
    assert [line.depth for line in reading("- a\n  - b\n    - c\n\nd")] == [1, 2, 3, 0]


def test_an_entry_that_begins_with_a_list_is_one_line():
    assert words("3. 1. inner\n   2. more\n4. b") == ["3. 1. inner", "2. more", "4. b"]
    assert words("- 1. - deep") == ["• 1. • deep"]


def test_tasks_say_whether_they_are_done():
    assert words("- [x] a\n- [ ] b") == ["• Done: a", "• To do: b"]


def test_code_is_kept_apart_and_exact():
    lines = reading("Do:\n\n```python\nif a:\n\tb = 1\n```\n\nDone.")
    assert [line.kind for line in lines] == [
        Kind.TEXT,
        Kind.NOTE,
        Kind.CODE,
        Kind.NOTE,
        Kind.TEXT,
    ]
    assert lines[1].text == "Code, python, 2 lines"
    assert lines[2].text == "if a:\n\tb = 1"
    assert lines[3].text == "End of code"


def test_code_in_a_list_entry_stays_in_it():
    lines = reading("1. Do this\n\n   ```sh\n   ls\n   ```\n")
    assert [(line.kind, line.text, line.depth) for line in lines] == [
        (Kind.ITEM, "Do this", 1),
        (Kind.NOTE, "Code, sh, 1 line", 1),
        (Kind.CODE, "ls", 1),
        (Kind.NOTE, "End of code", 1),
    ]


def test_long_code_cut_for_drawing_is_one_again():
    code = "\n".join(f"line{number} = {number}" for number in range(900))
    lines = reading(f"```python\n{code}\n```")
    assert [line.kind for line in lines].count(Kind.CODE) == 1
    assert lines[1].text == code


def test_each_cell_of_a_table_names_its_column():
    assert words("| Name | Price |\n|---|---|\n| Tea | 2 |\n| Milk | 1 |") == [
        "Table, 2 columns, 2 rows",
        "Row 1, Name: Tea; Price: 2",
        "Row 2, Name: Milk; Price: 1",
    ]


def test_references_defined_elsewhere_are_links_here():
    assert words("See [this][1].\n\n[1]: https://example.com") == ["See this."]


def test_every_kind_of_block_can_be_read():
    assert words("<details>\n<summary>More</summary>\nText\n</details>") == [
        "Foldable part: More",
        "Text",
    ]
    assert words("$$\nx^2\n$$\n\n---\n\nEnd") == ["Formula: x^2", "Section break", "End"]
    kinds = {kind for kind in vars(tree).values() if isinstance(kind, type)}
    wanted = {kind for kind in kinds if issubclass(kind, tree.Block)} - {tree.Block}
    assert {type(block) for block in ALL_BLOCKS} == wanted
    for block in ALL_BLOCKS:
        assert all(isinstance(line, Line) for line in block.as_lines())


RUNS = (tree.Run("words"),)
ALL_BLOCKS = (
    tree.Paragraph(RUNS),
    tree.Heading(1, RUNS),
    tree.Code("c", "x"),
    tree.Formula("x"),
    tree.Rule(),
    tree.Table((RUNS,), ("",), ((RUNS,),)),
    tree.Listing((tree.Item(()),)),
    tree.Quote((tree.Paragraph(RUNS),)),
    tree.Remark("cut"),
    tree.Summary(RUNS),
    tree.Note("1", (tree.Paragraph(RUNS),)),
    tree.Typed(RUNS),
)


def test_what_a_person_typed_is_said_as_it_stands():
    typed = "2*3*4\n\n# no title\n```sh\nls\n```"
    assert [line.whole() for line in reading(typed, is_typed=True)] == [
        "2*3*4",
        "# no title",
        "Code, sh, 1 line",
        "ls",
        "End of code",
    ]
    assert spoken("self.x = 2*3*4", is_typed=True) == "self.x = 2*3*4"


def test_a_short_text_is_one_line_without_code():
    source = "# Plan\n\nDo **this**\n\n```python\nsecret = 1\n```\n\n| a |\n|---|\n| 1 |\n"
    assert (
        spoken(source) == "Heading 1: Plan. Do this. Code, python, 1 line. Table, 1 column, 1 row"
    )


@pytest.mark.parametrize("source", ["word " * 2000, "word\n\n" * 2000])
def test_a_short_text_is_short(source):
    said = spoken(source, 100)
    assert len(said) <= 101
    assert said.endswith("…")


def test_nothing_is_nothing():
    assert spoken("") == ""
    assert reading("") == []


def test_alerts_and_footnotes_say_what_they_are():
    assert words("> [!WARNING]\n> Hot.\n\nSee[^a].\n\n[^a]: There.") == [
        "Warning: Hot.",
        "See (footnote a).",
        "Footnote a: There.",
    ]
