"""The words of one cell."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextCursor

from app.ui.transcript.blocks.documents import new_document
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.cell import Cell

LINE = 20


@pytest.fixture
def make(theme):
    kept = []

    def made(text, share=0.0, direction=Qt.LayoutDirection.LeftToRight):
        document = new_document(Style(theme).text_font)
        kept.append(document)
        QTextCursor(document).insertText(text)
        return Cell(document.begin(), LINE, share, direction, has_objects=False)

    return made


def lines(cell):
    return [cell.layout.lineAt(at) for at in range(cell.layout.lineCount())]


def test_free_it_is_one_line_unless_it_has_breaks(make):
    assert make("many words " * 30).tall == LINE
    assert make("one\u2028two").tall == 2 * LINE
    assert make("").natural == 0


def test_it_breaks_where_there_is_no_room_and_joins_where_there_is(make):
    cell = make("some words to be broken")
    tall, _ = cell.fit(60)
    assert tall == LINE * len(lines(cell)) > LINE
    assert all(line.naturalTextWidth() <= 60 for line in lines(cell))
    assert cell.fit(1000) == (LINE, 0)
    assert len(lines(cell)) == 1


def test_words_stand_where_the_column_says(make):
    left, middle, right = (make("word", share) for share in (0.0, 0.5, 1.0))
    offsets = [cell.fit(200)[1] for cell in (left, middle, right)]
    assert offsets[0] == 0
    assert offsets[1] == pytest.approx((200 - middle.natural) / 2, abs=1)
    assert offsets[2] == pytest.approx(200 - right.natural, abs=1)


def test_each_of_several_lines_stands_at_the_right(make):
    cell = make("short\u2028a longer line", 1.0)
    assert cell.fit(300) == (2 * LINE, 0)
    assert [round(line.naturalTextRect().right()) for line in lines(cell)] == [300, 300]


def test_letters_stand_on_one_line_whatever_their_script(make):
    plain, tall = make("abc"), make("ạ̈ 日本 👩‍💻 \u0e17\u0e35\u0e48")
    baselines = [
        cell.layout.lineAt(0).y() + cell.layout.lineAt(0).ascent() for cell in (plain, tall)
    ]
    assert baselines[0] == baselines[1]
    assert plain.tall == tall.tall == LINE


def test_a_place_finds_its_letter(make):
    cell = make("abc def")
    cell.fit(300)
    cell.layout.setPosition(QPointF(50, 10))
    x = cell.layout.lineAt(0).cursorToX(4)
    x = x[0] if isinstance(x, tuple) else x
    assert cell.letter_at(QPointF(50 + x + 2, 20)) == 4
    assert cell.letter_at(QPointF(50 + cell.natural + 5, 20)) == -1
    assert cell.position_in(0, 50 + x - 1) == 4
    assert cell.position_in(0, 5000) == cell.end == 7
    assert cell.rect().topLeft() == QPointF(50, 10)
    assert cell.rect().width() == pytest.approx(cell.natural, abs=1)
