"""Trees become documents; Qt never reads anything of a model as HTML, and loads nothing."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from app.render.markdown.parser import parse
from app.render.tree import Mark
from app.ui.transcript.blocks.documents import (
    code_document,
    colour_lines,
    text_document,
)
from app.ui.transcript.blocks.formula_object import FormulaDocument
from app.ui.transcript.layout.flow import flow
from app.ui.transcript.painting.style import Style


def document(theme, text):
    return text_document(flow(parse(text)), Style(theme))


def test_a_block_for_each_leaf(theme):
    made = document(theme, "# T\n\npara **bold**\n\n- a\n- b")
    assert made.toPlainText() == "T\npara bold\na\nb"


def test_html_stays_text(theme):
    text = "<img src='file:///etc/passwd'> <b>x</b> <a href='file:///x'>y</a>"
    made = document(theme, text)
    assert made.toPlainText() == text
    assert "<img" not in made.toHtml()


def test_nothing_is_ever_asked_for(theme, tmp_path):
    picture = tmp_path / "x.css"
    picture.write_text("p { color: red }")
    made = FormulaDocument()
    for kind in (
        QTextDocument.ResourceType.ImageResource,
        QTextDocument.ResourceType.StyleSheetResource,
    ):
        assert not made.resource(kind.value, QUrl.fromLocalFile(str(picture)))


def test_links_carry_their_address_and_tip(theme):
    made = document(theme, "[w](https://example.org/)")
    fragment = made.begin().begin().fragment()
    assert fragment.charFormat().anchorHref() == "https://example.org/"
    assert fragment.charFormat().toolTip() == "https://example.org/"


def test_images_have_a_label_and_no_object(theme):
    made = document(theme, "![a](https://e.test/x.png)")
    assert made.toPlainText() == "a [image: e.test (not loaded)]"
    assert "\ufffc" not in made.toRawText()


def test_lines_have_one_height_whatever_stands_in_them(theme):
    plain = document(theme, "a")
    stacked = document(theme, "a" + "\u0301" * 500 + " 👩‍💻 日本")
    for each in (plain, stacked):
        each.setTextWidth(600)
    assert stacked.size().height() == plain.size().height()


def test_code_is_coloured_by_layout(theme):
    style = Style(theme)
    made = code_document("x = 1\ny", style)
    colour_lines(made, [[(4, 1, "number")], []], style)
    (span,) = made.begin().layout().formats()
    assert (span.start, span.length) == (4, 1)
    assert span.format.foreground().color().name() == theme.colours.code_number


def test_a_formula_that_is_not_drawn_is_code_with_its_dollars(theme):
    made = document(theme, "so $\\foo{x}$ it\n\n$$\n\\foo{y}\n$$")
    assert made.toPlainText() == "so $\\foo{x}$ it\n$$\\foo{y}$$"
    style = Style(theme)
    for block in (made.firstBlock(), made.lastBlock()):
        code = [
            piece.charFormat()
            for piece in _fragments(block)
            if piece.text().startswith("$") and piece.text().endswith("$")
        ]
        assert [form.fontItalic() for form in code] == [False]
        assert code[0].font().families() == style.char_format(Mark.CODE).font().families()


def _fragments(block):
    at = block.begin()
    while not at.atEnd():
        yield at.fragment()
        at += 1
