from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.core.text.needle import Needle
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.blocks.documents import code_document
from app.ui.transcript.painting.highlights import (
    Marked,
    cut,
    document_marks,
    mark_line,
    position_in,
    units,
)
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


def painted(theme, text, marks, **more):
    """First and last column with the ground of a find."""
    image = QImage(400, 30, QImage.Format.Format_RGB32)
    image.fill(theme.colour("background"))
    painter = QPainter(image)
    style = Style(theme)
    canvas = Canvas(painter, 0, 30, style, marks={"owner": marks})
    painter.setPen(theme.colour("text"))
    mark_line(canvas, "owner", 0, QRectF(10, 0, 380, 30), text, style.code_font, **more)
    assert painter.pen().color() == theme.colour("text")
    painter.end()
    wanted = {theme.colour("found").rgb(), theme.colour("found_now").rgb()}
    columns = [x for x in range(400) if image.pixel(x, 15) in wanted]
    return (columns[0], columns[-1] + 1) if columns else None


def test_a_line_is_marked_where_the_find_stands(theme, qapp):
    letter = 13 * 0.6
    left, right = painted(theme, "abc def", marked([(4, 7)]))
    assert abs(left - (10 + 4 * letter)) <= 2
    assert abs(right - (10 + 7 * letter)) <= 2
    first, last = painted(theme, "abc def", marked([(4, 7)]), start=4)
    assert first == 10
    assert abs(last - first - (right - left)) <= 2
    assert painted(theme, "abc", marked([(4, 7)])) is None
    assert painted(theme, "other text", [Marked(1, 0, 5, False)]) is None


def test_the_current_find_of_a_line_is_framed_and_its_words_stay_readable(theme, qapp):
    plain = painted(theme, "abc def", marked([(4, 7)]))
    framed = painted(theme, "abc def", marked([(4, 7)], current=0))
    assert framed[0] < plain[0] < plain[1] < framed[1]


def test_a_line_that_stands_for_the_rest_is_marked_whole(theme, qapp):
    found = painted(theme, "… 5 more lines", marked([(900, 904)]), start=100, is_rest=True)
    assert found is not None
    assert found[0] == 10
    assert found[1] > 100


def test_nothing_is_marked_without_a_search(theme, qapp):
    style = Style(theme)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(theme.colour("background"))
    before = image.copy()
    painter = QPainter(image)
    canvas = Canvas(painter, 0, 10, style)
    mark_line(canvas, "owner", 0, QRectF(0, 0, 10, 10), "text", style.code_font)
    painter.end()
    assert image == before


def test_a_place_in_a_document(theme):
    style = Style(theme)
    document = code_document("one two\nthree", style)
    document.setTextWidth(-1)
    first, third = position_in(document, 0), position_in(document, 8)
    assert third.top() - first.top() == style.code_line_height
    assert position_in(document, 4).left() > first.left()


def test_utf16_places():
    assert units("a😀b") == 4
    assert cut("a😀b", 1, 3) == "😀"
    assert cut("abc", 1, 2) == "b"
