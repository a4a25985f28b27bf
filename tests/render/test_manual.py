"""The manual as HTML."""

import pytest

from app.render.manual import heading_titles, page, page_from, page_names

COLOURS = {
    "text": "#111111", "muted": "#666666", "accent": "#5b5bd6",
    "line": "#dddddd", "code": "#f6f6f8", "panel": "#fafafb",
}  # fmt: skip

SOURCE = """# Dials

## Variety {#variety}

!!! note "Mind"
    It drifts.

| a | b |
|---|---|
| 1 | 2 |
"""


def test_a_page_has_title_headings_tables_and_notes():
    found = page_from("dials", SOURCE, COLOURS)
    assert found.title == "Dials"
    assert found.headings == ((1, "dials", "Dials"), (2, "variety", "Variety"))
    assert "<table>" in found.html
    assert 'class="admonition note"' in found.html
    assert "#5b5bd6" in found.html


def test_every_page_of_ours_can_be_read():
    for name in page_names():
        assert page(name, COLOURS).title


@pytest.mark.parametrize("name", page_names())
def test_headings_read_as_words_are_those_of_the_page(name):
    colours = dict.fromkeys(("text", "muted", "accent", "line", "code", "panel"), "#000000")
    assert heading_titles(name) == [title for _, _, title in page(name, colours).headings]
