"""`<details>` as models write it: its title and what stands inside are chunks that know it."""

import random

import pytest

from app.render.output.projection import projected
from app.render.splitting.chunk import Kind
from app.render.splitting.details_lines import DEEPEST
from app.render.splitting.splitter import Splitter, split

WHOLE = """Before
<details>
<summary>Hint</summary>

A *word*.

```py
</details>
```
- entry
</details>

<details open><summary>Solution</summary>
It is 42.
</details>
After
"""


def told(text):
    return [(str(c.kind), c.source, c.inside) for c in split(text)]


def test_the_title_and_what_stands_inside():
    assert told(WHOLE) == [
        ("text", "Before", 0),
        ("fold", "Hint", 0),
        ("text", "A *word*.", 1),
        ("code", "</details>", 1),
        ("text", "- entry", 1),
        ("text", "", 1),
        ("fold", "Solution", 0),
        ("text", "It is 42.", 1),
        ("text", "", 1),
        ("text", "After", 0),
    ]


def test_words_behind_a_title_are_of_its_line():
    parted = "<details><summary>\nT</summary> rest"
    for text in ("<details>\n<summary>T</summary> rest\nmore", parted):
        chunk = split(text)[-1]
        assert chunk.source.strip().startswith("rest")
        assert chunk.line == 1


def test_which_are_open_at_first_and_where_they_end():
    chunks = split(WHOLE)
    assert [c.is_unfolded for c in chunks if c.kind is Kind.FOLD] == [False, True]
    assert [at for at, c in enumerate(chunks) if c.is_end] == [5, 8]


def test_nothing_of_the_source_is_lost():
    joined = "\n".join(chunk.original for chunk in split(WHOLE))
    assert "".join(joined.split()) == "".join(WHOLE.split())
    lines = WHOLE.split("\n")
    for chunk in split(WHOLE):
        assert chunk.kind is Kind.CODE or lines[chunk.line] == chunk.original.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<details><summary>T</summary>all of it</details>", ["T", "all of it", ""]),
        ("<DETAILS class='x'>\n\n<Summary>T\nt</Summary>\nx</DETAILS>", ["T t", "x", ""]),
        ("<details>\nno title\n</details>", ["", "no title", ""]),
        ("<details>\n<summary>never ended\n" + "word\n" * 9, None),
        ("<details>", [""]),
        ("> quote\n<details>\nx", ["> quote", "", "x"]),
        ("- entry\n<details>\nx", ["- entry", "", "x"]),
        ("</details>\nx", ["</details>\nx"]),
        ("The <details> tag", ["The <details> tag"]),
        ("<details> is a tag", ["<details> is a tag"]),
        ("    <details>\n    x", ["    <details>\n    x"]),
        ("- a\n  <details>\n  x\n  </details>", ["- a\n  <details>\n  x\n  </details>"]),
    ],
)
def test_where_it_begins(text, expected):
    found = [source for _, source, _ in told(text)]
    if expected is None:
        assert found[0].startswith("never ended")
        assert found[1].startswith("word")
    else:
        assert found == expected


def test_very_deep_ones_are_not_folded():
    text = "<details>\n" * (DEEPEST + 2) + "x"
    assert sum(kind == "fold" for kind, _, _ in told(text)) == DEEPEST
    assert told(text)[-1][2] == DEEPEST


@pytest.mark.parametrize("seed", range(30))
def test_streamed_it_is_the_same(seed):
    chance = random.Random(seed)
    pieces = [
        "<details>",
        "<details open>",
        "<summary>A *b*</summary>",
        "</details>",
        "text",
        "- x",
        "",
        "```",
        "> q",
        "  <summary>t",
        "word " * 500,
        "<details><summary>" + "y" * 2_500,
    ]
    text = "\n".join(chance.choice(pieces) for _ in range(40))
    splitter, found, at = Splitter(), [], 0
    while at < len(text):
        size = chance.choice((1, 3, 40, 900))
        found += splitter.feed(text[at : at + size])
        splitter.tail()
        at += size
    assert found + splitter.finish() == split(text)


def test_half_a_tag_is_never_shown():
    splitter = Splitter()
    shown = set()
    for letter in "a\n\n<details open>\n<summary>Title</summary>\n\nb\n</details>\n":
        splitter.feed(letter)
        shown |= {(chunk.kind, chunk.source) for chunk in splitter.tail()}
    assert {source for kind, source in shown if kind is Kind.TEXT} <= {"a", "b", ""}
    titles = {source for kind, source in shown if kind is Kind.FOLD}
    assert all("Title".startswith(title) and title for title in titles)


def test_a_search_sees_the_title():
    assert [projected(chunk) for chunk in split(WHOLE)[1:3]] == ["Hint", "A word."]
    assert projected(split("<details>\nx")[0]) == "Details"
