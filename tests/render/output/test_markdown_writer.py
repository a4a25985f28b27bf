"""Markdown made anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.markdown.parser import parse
from app.render.output.markdown_writer import markdown_of
from app.render.tree import Mark, Note, Paragraph, Quote, Remark, Run, Summary


@pytest.mark.parametrize(
    "source",
    [
        "# A *title*",
        "Some **bold *and slanted* words**, ~~gone~~ and `a ``tick`` here`.",
        "A [link](https://example.org/a) and <https://example.org/>.",
        "snake_case_name and 2 \\* 3 \\_x\\_ [a\\](b) \\# \\<b>",
        "\\# no title\n\\- no list\n1\\. no number\n\\> no quote",
        "- a\n- b\n  1. c\n  2. d\n- e",
        "7. a\n\n8. b",
        "- [x] done\n- [ ] open",
        "> quoted **text**\n>\n> - with\n> - a list",
        "````md\n```py\nx\n```\n````",
        "```sh\n\techo  \n```",
        "| a | b |\n| :--- | ---: |\n| `x` \\| y | **z** |",
        "Cost \\$5 and \\$6, and $a^2$.",
        "---",
        "- a\n\n* b",
        "1. a\n   ```py\n   x = 1\n   ```\n2. b",
        "a\nb",
        "\\&amp; and & and a\\|b",
    ],
)
def test_it_reads_again_as_the_same(source):
    tree = parse(source)
    assert parse(markdown_of(tree)) == tree


def test_plain_words_are_left_alone():
    assert markdown_of(parse("snake_case, a - b (c) 1.5 + 2: yes!")) == (
        "snake_case, a - b (c) 1.5 + 2: yes!"
    )


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1))
def test_a_paragraph_of_anything_keeps_its_words(text):
    text = " ".join(text.split())
    tree = (Paragraph((Run(text),)),) if text else ()
    read = parse(markdown_of(tree))
    assert "".join(run.text for block in read for run in block.runs) == text


def test_the_rarer_kinds():
    inner = (Paragraph((Run("H"), Run("2", Mark.SUBSCRIPT), Run("O"))),)
    assert markdown_of((Quote(inner, "note"),)) == "> [!NOTE]\n> H<sub>2</sub>O"
    assert markdown_of((Note("a", inner),)) == "[^a]: H<sub>2</sub>O"
    assert markdown_of((Paragraph((Run("[1]", Mark.NOTE),)),)) == "[^1]"
    assert markdown_of((Remark("2 rows"),)) == "*2 rows*"
    assert markdown_of((Paragraph((Run("x", Mark.IMAGE, "https://evil.test/"),)),)) == "x"


def test_the_title_of_a_foldable_part():
    assert markdown_of((Summary((Run("Hint"),)), Summary(()))) == "**Hint**\n\n**Details**"
