"""While an answer grows, what is shown only grows: no mark, half link or half tag flickers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.markdown.document import add, blocks_of, read
from app.render.markdown.parser import definitions
from app.render.splitting.splitter import Splitter
from app.render.tree import Code, Formula, Listing, Note, Quote, Remark, Rule, Table, plain
from tests.markdown.cases import HABITS, LAB

MAY_CHANGE = {
    "table without outer bars": "a line with a bar is only a table when the next line says so",
    "escaped brackets are no formula": r"`\\(op` may become a formula",
    "variables of a shell": "`$H` is a formula more often",
    "variables one behind the other": "`$user` is a formula more often",
    "words between dollars": "`$very` is a formula more often",
    "half a link": "a link that is never finished was shown as its label",
    "low without end": "a tag that is never closed was shown as what it would have done",
    "reference that is missing": "a link without an address was shown as its label",
}
CASES = [pytest.param(s, id=n) for n, s, _ in (*LAB, *HABITS) if n not in MAY_CHANGE]


def visible(blocks):
    """The words a reader sees, without spaces."""
    parts = []
    for block in blocks:
        match block:
            case Code(_, text) | Formula(text) | Remark(text):
                parts.append(text)
            case Listing(items):
                parts += [visible(item.blocks) for item in items]
            case Quote(inner) | Note(_, inner):
                parts.append(visible(inner))
            case Table(header, _, rows):
                parts += [plain(cell) for row in (header, *rows) for cell in row]
            case Rule():
                pass
            case _:
                parts.append(plain(block.runs))
    return re.sub(r"\s+", "", "".join(parts))


def while_growing(text, known):
    """What is shown when this much has arrived."""
    splitter = Splitter()
    found = []
    for chunk in splitter.feed(text):
        add(found, blocks_of(chunk, known), chunk)
    for chunk in splitter.tail():
        add(found, blocks_of(chunk, known, is_open=True), chunk)
    return visible(found)


@pytest.mark.parametrize("source", CASES)
def test_what_is_shown_only_grows(source):
    whole, known = visible(read(source)), definitions(source)
    for end in range(len(source) + 1):
        shown = while_growing(source[:end], known)
        assert whole.startswith(shown), source[:end]


@pytest.mark.parametrize("source", CASES)
def test_and_little_is_held_back(source):
    if (
        "http" in source
        or "```" in source
        or "`" * 4 in source
        or "[^" in source
        or "<details" in source
    ):
        return
    known = definitions(source)
    longest = held = 0
    before = ""
    for end in range(len(source) + 1):
        shown = while_growing(source[:end], known)
        held = 0 if shown != before else held + 1
        longest, before = max(longest, held), shown
    assert longest <= 22


WORDS = ["one", "**two**", "*three*", "`four`", "$x^2$", "[five](https://e.org)", "~~six~~", "\n"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_marks_in_any_order(words):
    source = " ".join(words)
    whole = visible(read(source))
    for end in range(len(source) + 1):
        assert whole.startswith(while_growing(source[:end], {})), source[:end]
