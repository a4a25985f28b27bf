"""Every example of the CommonMark specification that is not raw HTML has the specification's
structure; those with raw HTML show it as the text it is."""

import json
import re
from pathlib import Path

import pytest

from app.render.markdown.document import read
from app.render.splitting.splitter import Splitter, split
from app.render.tree import Code, Listing, Note, Quote, Remark, Table, plain
from tests.markdown.shapes import of_blocks, of_html

EXAMPLES = json.loads(
    (Path(__file__).parents[1] / "data/commonmark/spec-0.31.2.json").read_text("utf-8")
)

RAW_HTML = {
    21, 31, *range(148, 192), 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536,
    *range(613, 618), 623, *range(625, 632), 642, 643,
}  # fmt: skip
"""Raw HTML is shown as text on purpose: nothing a model writes is ever HTML."""

OTHERWISE = {
    484: "a link without a label draws nothing: there is no empty paragraph for it",
    487: "a link without a label draws nothing: there is no empty paragraph for it",
    602: "bare addresses are links, as GitHub has it",
    608: "bare addresses are links, as GitHub has it",
    611: "bare addresses are links, as GitHub has it",
}


def of(number):
    (example,) = (entry for entry in EXAMPLES if entry["example"] == number)
    return example


@pytest.mark.parametrize(
    "number",
    [e["example"] for e in EXAMPLES if e["example"] not in RAW_HTML | OTHERWISE.keys()],
)
def test_the_structure_of(number):
    example = of(number)
    assert of_blocks(read(example["markdown"])) == of_html(example["html"])


@pytest.mark.parametrize("number", sorted(RAW_HTML))
def test_raw_html_is_text_in(number):
    source = of(number)["markdown"]
    shown = re.sub(r"\s", "", text_of(read(source)))
    for tag in re.findall(r"</?[A-Za-z][A-Za-z0-9-]*(?=[\s>])", source):
        assert tag in shown


@pytest.mark.parametrize("number", [e["example"] for e in EXAMPLES])
def test_letter_by_letter_it_is_the_same(number):
    source = of(number)["markdown"]
    grown = Splitter()
    chunks = [chunk for letter in source for chunk in grown.feed(letter)]
    assert chunks + grown.finish() == split(source)


def test_the_specification_is_whole():
    assert len(EXAMPLES) == 652
    assert len(RAW_HTML) == 72


def text_of(blocks):
    """All words of a tree, in order."""
    parts = []
    for block in blocks:
        match block:
            case Code(_, text) | Remark(text):
                parts.append(text)
            case Listing(items):
                parts += [text_of(item.blocks) for item in items]
            case Quote(inner) | Note(_, inner):
                parts.append(text_of(inner))
            case Table(header, _, rows):
                parts += [plain(cell) for row in (header, *rows) for cell in row]
            case _:
                parts.append(plain(getattr(block, "runs", ())))
    return "\n".join(parts)
