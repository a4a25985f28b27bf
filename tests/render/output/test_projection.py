import re

import pytest

from app.render.characters import LINE, PARAGRAPH
from app.render.output.projection import projected
from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.splitter import split
from app.render.tree import plain


def paragraphs(source):
    text = "".join(projected(chunk) + PARAGRAPH for chunk in split(source))
    return [part for part in text.split(PARAGRAPH) if part]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Some **bold** and *soft* words.", ["Some bold and soft words."]),
        ("# A title\n\nText", ["A title", "Text"]),
        ("# A title\nText", ["A title", "Text"]),
        ("one\ntwo", [f"one{LINE}two"]),
        ("- one\n- two\n  more\n  1. three", ["one", f"two{LINE}more", "three"]),
        ("> quoted\n> on\n>\n> again", [f"quoted{LINE}on", "again"]),
        ("un**do**ing", ["undoing"]),
        ("2 * 3 * 4 and snake_case", ["2 * 3 * 4 and snake_case"]),
        ("`*args` and `x`", ["*args and x"]),
        ("[label](https://example.org/hidden) after", ["label after"]),
        (r"\*stars\* &amp; signs", ["*stars* & signs"]),
        ("- [x] done\n- [ ] open", ["done", "open"]),
        ("| a | b |\n|---|---|\n| **c** | d |", ["a", "b", "c", "d"]),
        ("```python\nx = 1\n\ny = 2\n```", ["x = 1", "y = 2"]),
        ("Title\n=====\n\nText", ["Title", "Text"]),
        ("    indented = 1", ["indented = 1"]),
        ("- text\n\n  ```\n  code\n  ```", ["text", "code"]),
        ("~~gone~~ word", ["gone word"]),
        ("a\u200bb \x07", ["ab \u2407"]),
        ("***\n\nrest", ["rest"]),
    ],
)
def test_the_words_are_those_that_are_shown(source, words):
    assert [part.strip() for part in paragraphs(source)] == words


@pytest.mark.parametrize(
    "source",
    [
        "Some **bold** words, *soft* ones and `code`.",
        "1. One **two**:\n   three\n2. Four\n   - five\n     six",
        "> said\n> - a thing\n>\n> more",
        "Title text\n\n## Next `one`\nand *more*\nlines",
        "*A* **B** ***C*** _d_ __e__ ~~f~~",
        'She said: "*never*", (**or** once).',
        "5 > 3 and 2 ~ 3 -- a - b # c",
        'See [the **page**](https://example.org/a) and [one](http://a.example "title"), *too*.',
        "- [x] done **now**\n- [ ] open [here](https://example.org)\n  - deep\n    deeper",
        "1. one\n\n   two\n   - three\n      and four",
        "a | b without a table",
        "Call `snake_case(*args)` or **`bold_code`**, `a*b*c` and my_own_name.",
        "*`x`* and `**y**`, 'quoted `z`'s'",
        "no `end of code and *marks*",
        "size 260* and 320* px, frequency_/presence_ too",
        "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
        "| a | b |\n|---|---|\n| `x \\| y` | 2 |",
        "| a | **b** |\n|---|:-:|\n| [c](https://example.org) | d e |\n| `f` | |",
        "a | b\n--- | ---\nc | d | dropped",
        "[not a link] and ![picture](https://example.org/x.png)",
    ],
)
def test_the_quick_way_says_what_the_slow_one_says(source):
    from app.render.output.projection import _read

    for chunk in split(source):
        blank = re.compile(r"\s+")
        quick, slow = projected(chunk), _read(chunk)
        assert blank.sub(" ", quick).strip() == blank.sub(" ", slow).strip()


def test_a_formula_is_its_source():
    assert projected(Chunk(Kind.FORMULA, "a + b")) == "a + b"


def test_a_table_that_goes_on_says_nothing_of_what_was_left_out():
    rows = "\n".join(f"| r{n} | s{n} |" for n in range(200))
    chunks = split(f"| a | b |\n|---|---|\n{rows}")
    assert len(chunks) > 2
    words = [word for chunk in chunks for word in projected(chunk).split(PARAGRAPH)]
    assert [word for word in words if word.startswith("r")] == [f"r{n}" for n in range(200)]
    assert words.count("a") == words.count("b") == 1


def test_the_tree_has_no_words_beside_runs():
    from app.render.markdown.parser import parse

    [block] = parse("plain *words*")
    assert plain(block.runs) == projected(split("plain *words*")[0])
