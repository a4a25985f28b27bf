"""Formulas in a document: one character each, on the baseline, in the text's colour and size."""

import pytest
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor

from app.render.formulas.formula import draw
from app.ui.transcript.blocks.documents import new_document
from app.ui.transcript.blocks.formula_object import (
    AIR,
    EM,
    KIND,
    NARROWEST,
    PICTURE,
    formula_object,
    insert_formula,
    is_tall,
    text_of,
)
from app.ui.transcript.blocks.formula_path import formula_path
from app.ui.transcript.painting.style import Style


@pytest.fixture
def written(theme):
    style = Style(theme)

    def write(tex, sign="$", before="so 😀 "):
        document = new_document(style.text_font)
        cursor = QTextCursor(document)
        look = QTextCharFormat()
        look.setFont(style.text_font)
        look.setForeground(QColor("#ff0000"))
        cursor.insertText(before, look)
        outline = formula_path(draw(tex, is_display=sign == "$$"))
        insert_formula(cursor, outline, tex, look, sign=sign)
        cursor.insertText(" it is", look)
        document.setTextWidth(400)
        return document

    return write


def size_of(document):
    found = document.find(PICTURE)
    form = found.charFormat()
    assert form.objectType() == KIND
    return formula_object().intrinsicSize(document, found.selectionStart(), form)


def test_its_text_is_its_tex(written):
    document = written("x^2")
    assert document.toPlainText().count(PICTURE) == 1
    whole = text_of(document, 0, document.characterCount() - 1)
    assert whole == "so 😀 $x^2$ it is"
    assert text_of(document, 6, 7) == "$x^2$"
    assert text_of(document, 0, 5) == "so 😀"


def test_a_sign_that_only_looks_like_one_stays(written):
    document = written("x", before=f"a{PICTURE} ")
    assert text_of(document, 0, 4) == f"a{PICTURE} $x$"


def test_it_is_as_large_as_the_text(written, theme):
    document = written("x")
    outline = document.outlines[0]
    em = Style(theme).text_font.pixelSize() * EM
    assert size_of(document).width() == pytest.approx(outline.width * em)
    assert size_of(document).height() == pytest.approx(outline.ascent * em)


def test_a_displayed_one_has_air(written, theme):
    document = written("\\frac{a}{b}", "$$")
    outline = document.outlines[0]
    em = Style(theme).text_font.pixelSize() * EM
    tall = (outline.ascent + outline.descent) * em + 2 * AIR
    assert size_of(document).height() == pytest.approx(tall)


def test_one_too_wide_becomes_smaller_but_not_too_small(written):
    document = written("+".join("abcdefghijklmnopqrstuvwxyz"), before="")
    document.setTextWidth(5_000)
    wide = size_of(document).width()
    document.setTextWidth(wide * 0.8)
    assert size_of(document).width() == pytest.approx(wide * 0.8 - 2, abs=1)
    document.setTextWidth(wide * 0.1)
    assert size_of(document).width() == pytest.approx(wide * NARROWEST)


def test_what_fits_between_the_lines_is_not_tall():
    def tall(tex):
        return is_tall(formula_path(draw(tex, is_display=False)))

    assert not tall("x_i^2")
    assert not tall("\\frac{a}{b}")
    assert tall("\\begin{pmatrix}a\\\\b\\end{pmatrix}")


def test_it_is_drawn_in_the_colour_of_the_text(written):
    from PySide6.QtGui import QAbstractTextDocumentLayout, QImage, QPainter

    document = written("\\blacksquare", before="")
    image = QImage(120, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    context = QAbstractTextDocumentLayout.PaintContext()
    document.documentLayout().draw(painter, context)
    painter.end()
    reds = [
        (x, y) for x in range(14) for y in range(40) if image.pixelColor(x, y).name() == "#ff0000"
    ]
    assert len(reds) > 30
