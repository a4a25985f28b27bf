"""Real habits of models become the tree a reader expects, whole and streamed."""

import pytest

from app.render.markdown.document import read
from app.render.splitting.splitter import Splitter, split
from tests.markdown.cases import HABITS, LAB
from tests.markdown.outline import outline

CASES = [pytest.param(source, expected, id=name) for name, source, expected in (*LAB, *HABITS)]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_the_tree(source, expected):
    assert outline(read(source)) == expected


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_streamed_it_is_the_same_at_every_prefix(source, expected):
    grown, chunks = Splitter(), []
    for end, letter in enumerate(source, 1):
        chunks += grown.feed(letter)
        whole = Splitter()
        assert whole.feed(source[:end]) == chunks
        assert whole.tail() == grown.tail()
    assert chunks + grown.finish() == split(source)


def test_there_are_enough():
    assert len(LAB) == 66
    assert len(HABITS) >= 60
