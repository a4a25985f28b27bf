import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor

from app.core.text.needle import Needle
from app.ui.transcript.blocks.documents import new_document
from app.ui.transcript.blocks.formula_object import insert_formula
from app.ui.transcript.blocks.formula_path import Outline
from app.ui.transcript.painting.style import Style
from app.ui.transcript.search.document_text import document_spans


@pytest.fixture
def document(theme):
    """Two formulas among words: `😀 x ▢ y ▢ z`."""
    made = new_document(Style(theme).text_font)
    cursor = QTextCursor(made)
    outline = Outline(1.0, 1.0, 0.2, ())
    for words, tex in (("😀 x ", r"\alpha + b"), (" y ", "c^2"), (" z", "")):
        cursor.insertText(words, QTextCharFormat())
        if tex:
            insert_formula(cursor, outline, tex, QTextCharFormat(), sign="$")
    return made


def found(document, query):
    return document_spans(document, Needle(query))


def test_words_stand_where_they_stand(document):
    assert found(document, "x") == [(3, 4)]
    assert found(document, "y") == [(7, 8)]
    assert found(document, "z") == [(11, 12)]


def test_a_formula_is_found_by_its_tex_and_whole(document):
    assert found(document, "alpha") == [(5, 6)]
    assert found(document, "c^2") == [(9, 10)]
    assert found(document, "b y c") == [(5, 10)]


def test_without_formulas_it_is_the_plain_text(theme):
    made = new_document(Style(theme).text_font)
    QTextCursor(made).insertText("one two")
    assert found(made, "two") == [(4, 7)]
