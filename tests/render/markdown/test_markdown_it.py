"""The reader is built once and turns bare addresses into links, no further than they go."""

import pytest

from app.render.markdown.markdown_it import reader
from tests.markdown.outline import outline


def test_it_is_built_once():
    assert reader() is reader()


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://e.org/a。然后", "https://e.org/a"),
        ("（https://e.org/a）", "https://e.org/a"),
        ("https://zh.wikipedia.org/wiki/中国", "https://zh.wikipedia.org/wiki/%E4%B8%AD%E5%9B%BD"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("https://e.org/a_(b).", "https://e.org/a_(b)"),
        ("**https://e.org**", "https://e.org"),
        ("https://example.com/docs了解更多", "https://example.com/docs"),
        ("见https://example.com/docs了解更多。", "https://example.com/docs"),
        ("https://example.com了解更多", "https://example.com"),
        ("https://example.com:8080了解", "https://example.com:8080"),
        ("https://example.com/docsを見て", "https://example.com/docs"),
        ("https://example.com/docsカタログ", "https://example.com/docs"),
        ("https://example.com/docs에서 보기", "https://example.com/docs"),
        ("https://example.com/docsที่นี่", "https://example.com/docs"),
        ("https://example.com/a/getting-started_1了解", "https://example.com/a/getting-started_1"),
        ("https://example.com/a.html查看", "https://example.com/a.html"),
        ("https://example.com/?id=12&x=y查看", "https://example.com/?id=12&x=y"),
        ("https://example.com/#top查看", "https://example.com/#top"),
        ("https://example.com/a%20b查看", "https://example.com/a%20b"),
        ("https://e.org/中国A股/b 然后", "https://e.org/%E4%B8%AD%E5%9B%BDA%E8%82%A1/b"),
        ("https://e.org/s?q=東京&b=1", "https://e.org/s?q=%E6%9D%B1%E4%BA%AC&b=1"),
        (
            "https://zh.wikipedia.org/wiki/C语言",
            "https://zh.wikipedia.org/wiki/C%E8%AF%AD%E8%A8%80",
        ),
        ("https://abc日本.jp/x", "https://xn--abc-v08fl0d.jp/x"),
        ("https://e.org/путь", "https://e.org/%D0%BF%D1%83%D1%82%D1%8C"),
        ("<https://e.org/docs中文>", "https://e.org/docs%E4%B8%AD%E6%96%87"),
        ("[x](https://e.org/docs中文)", "https://e.org/docs%E4%B8%AD%E6%96%87"),
    ],
)
def test_bare_addresses(text, link):
    from app.render.markdown.parser import parse

    assert f"<a={link}>" in outline(parse(text))


@pytest.mark.parametrize("text", ["www.example.org", "a@e.org", "ftp://e.org", "//e.org", "x.py"])
def test_these_are_text(text):
    from app.render.markdown.parser import parse

    assert outline(parse(text)) == f"p[{text}]"


@pytest.mark.parametrize(
    "text", ["word", "a (b), c/d 50%; e-f.", "1. x", "| a |\n|---|\n| 5 + 3 |", "# Title", "a  \nb"]
)
def test_bare_words_read_as_any(text):
    from markdown_it import MarkdownIt

    usual = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = [token for token in reader().parse(text) if token.type == "inline"]
    others = [token for token in usual.parse(text) if token.type == "inline"]
    assert [token.children for token in tokens] == [token.children for token in others]


@pytest.mark.parametrize(
    "text", ["a {b} = c + d - e @ f % g # h ^ i > j", "{" * 3_000, "a}*b*{c", "x@y.z"]
)
def test_signs_that_mean_nothing_are_text(text):
    from markdown_it import MarkdownIt

    (token,) = [token for token in reader().parse(text) if token.type == "inline"]
    (other,) = [token for token in MarkdownIt("commonmark").parse(text) if token.type == "inline"]
    assert token.children == other.children
