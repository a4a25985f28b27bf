"""HTML that comes without text is pasted as its words."""

from time import perf_counter

import pytest
from PySide6.QtCore import QMimeData

from app.ui.composer.field import WritingField
from app.ui.composer.pasted_html import MOST, words_of

PAGES = [
    ("<p>Hello <b>you</b></p>", "Hello you"),
    ("<html><head><title>t</title><style>p{}</style></head><body>a &amp; b</body></html>", "a & b"),
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("<div>one</div>\n<div>two</div>", "one\ntwo"),
    ("one<br>two", "one\ntwo"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a\tb\nc\td"),
    ("<pre>def f():\n    x = 2*3</pre>", "def f():\n    x = 2*3"),
    ("<script>alert(1)</script>x<img src='file:///etc/passwd' onerror=y>", "x"),
    ("a  \n  b &lt;c&gt; 5 < 6", "a b <c> 5 < 6"),
    ("<!--StartFragment--><span>word</span><!--EndFragment-->", "word"),
    ("<h1>T</h1>text", "T\n\ntext"),
]


@pytest.mark.parametrize(("html", "wanted"), PAGES)
def test_its_words(qtbot, theme, html, wanted):
    assert words_of(html) == wanted
    field = WritingField(theme)
    qtbot.addWidget(field)
    data = QMimeData()
    data.setData("text/html", html.encode())
    assert field.canInsertFromMimeData(data)
    field.insertFromMimeData(data)
    assert field.toPlainText() == wanted


def test_text_wins_over_html(qtbot, theme):
    field = WritingField(theme)
    qtbot.addWidget(field)
    data = QMimeData()
    data.setHtml("<p>from html</p>")
    data.setText("**text**")
    field.insertFromMimeData(data)
    assert field.toPlainText() == "**text**"


@pytest.mark.parametrize("piece", ["<table><tr><td>", "<", "<p>x", "&amp;", "<li>"])
def test_hostile_pages_take_no_time(piece):
    began = perf_counter()
    words_of(piece * (100_000 // len(piece)))
    words_of(piece * (MOST * 4 // len(piece)))
    assert perf_counter() - began < 5
