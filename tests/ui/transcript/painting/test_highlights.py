from PySide6.QtCore import QRectF

from app.core.text.needle import Needle
from app.ui.transcript.blocks.documents import code_document
from app.ui.transcript.painting.highlights import Marked, document_marks
from app.ui.transcript.painting.style import Style

WHOLE = QRectF(0, 0, 1000, 100_000)


def marked(spans, current=-1):
    return [Marked(0, *span, number == current) for number, span in enumerate(spans)]


def test_finds_are_selections_with_their_look(theme):
    style = Style(theme)
    document = code_document("one two\none", style)
    marks = marked(Needle("one").spans(document.toRawText()), current=1)
    first, second = document_marks(document, marks, style, WHOLE)
    assert first.cursor.selectedText() == second.cursor.selectedText() == "one"
    assert first.format.background().color() == theme.colour("found")
    assert second.format.background().color() == theme.colour("found_now")
    assert second.format.fontUnderline()


def test_of_many_only_those_in_view_are_handed_on(theme):
    style = Style(theme)
    document = code_document("\n".join("one" for _ in range(200)), style)
    document.setTextWidth(-1)
    marks = marked(Needle("one").spans(document.toRawText()))
    assert len(marks) == 200
    tall = style.code_line_height
    some = document_marks(document, marks, style, QRectF(0, 50 * tall, 500, 10 * tall))
    lines = [selection.cursor.blockNumber() for selection in some]
    assert 10 <= len(lines) <= 14
    assert set(range(50, 60)) <= set(lines)


def test_a_find_beyond_the_end_of_a_document_does_no_harm(theme):
    style = Style(theme)
    document = code_document("one", style)
    [mark] = document_marks(document, marked([(2, 90)]), style, WHOLE)
    assert mark.cursor.selectedText() == "e"
