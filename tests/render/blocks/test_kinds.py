"""What every kind of block says of itself, and that a new one needs its own file only."""

import importlib
import pkgutil
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from app.render import blocks
from app.render.node import Block, Node
from app.render.output.clean import clean_code
from app.render.output.cut import kept
from app.render.output.html import html_of
from app.render.output.markdown_writer import markdown_of
from app.render.output.projection import shown_text
from app.render.output.reading_text import text_of
from app.render.output.spoken_line import Kind, Line
from app.render.tree import Item, Listing, Paragraph, Quote, Run

WRITERS = ("as_text", "as_markdown", "as_html", "as_lines")


def kinds():
    """Every kind of block that has a file in the folder."""
    modules = [
        importlib.import_module(f"{blocks.__name__}.{found.name}")
        for found in pkgutil.iter_modules(blocks.__path__)
    ]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Block) and kind.__module__ == module.__name__
    ]


def test_every_file_holds_one_kind():
    assert len(kinds()) == len(list(pkgutil.iter_modules(blocks.__path__)))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_kind_says_how_it_is_written_for_everyone(kind):
    assert [name for name in WRITERS if name not in vars(kind)] == []


@dataclass(frozen=True, slots=True)
class Term(Block):
    """A new kind that holds others: what a word means."""

    holds: ClassVar[str] = "meanings"
    word: str
    meanings: tuple[Block, ...]

    def cleaned(self):
        return replace(self, word=self.word.replace("\u202e", ""))

    def passages(self):
        return (self.word,)

    def as_text(self):
        return f"{self.word}: {text_of(self.meanings)}"

    def as_markdown(self, bullet="-"):
        return f"{self.word}\n: {markdown_of(self.meanings)}"

    def as_html(self):
        return f"<dl><dt>{self.word}</dt><dd>{html_of(self.meanings)}</dd></dl>"

    def as_lines(self, depth=0, lead=""):
        inside = [line for block in self.meanings for line in block.as_lines(depth, lead)]
        return [Line(Kind.TEXT, self.word, depth, "Term:"), *inside]


def said(text):
    return Paragraph((Run(text),))


ONE, TWO = said("high"), said("low")
TERM = Term("ti\u202ede", (ONE, TWO))
TREE = (Quote((Listing((Item((TERM,)),)),)),)


def test_a_new_kind_is_written_wherever_it_stands():
    tree = clean_code(TREE)
    assert text_of(tree) == "> - tide: high\n>\n>   low"
    assert markdown_of(tree) == "> - tide\n>   : high\n>\n>   low"
    assert "<li><dl><dt>tide</dt><dd><p>high</p>\n<p>low</p>\n</dd></dl>\n</li>" in html_of(tree)
    assert [line.whole() for line in tree[0].as_lines()] == ["• ", "Term: tide", "high", "low"]


def test_a_new_kind_is_searched_and_cut():
    assert shown_text(TERM) == "ti\u202ede\u2029high\u2029low\u2029"
    assert kept(TREE, {id(TWO): said("lo")}) == (
        Quote((Listing((Item((Term("ti\u202ede", (said("lo"),)),)),)),)),
    )
    assert kept(TREE, {}) == ()


def test_a_new_kind_moves_with_its_source():
    from app.render.markdown.document import moved

    placed = Term("tide", (replace(ONE, lines=(1, 2)),), lines=(0, 2))
    found = moved(Quote((placed,), lines=(0, 2)), 5)
    assert [node.lines for node in walk(found)] == [(5, 7), (5, 7), (6, 7)]


def walk(node: Node):
    from app.render.node import children

    yield node
    for child in children(node):
        yield from walk(child)
