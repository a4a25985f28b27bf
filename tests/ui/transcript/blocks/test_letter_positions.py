from app.ui.transcript.blocks.documents import code_document
from app.ui.transcript.blocks.letter_positions import position_in
from app.ui.transcript.painting.style import Style


def test_a_place_in_a_document(theme):
    style = Style(theme)
    document = code_document("one two\nthree", style)
    document.setTextWidth(-1)
    first, third = position_in(document, 0), position_in(document, 8)
    assert third.top() - first.top() == style.code_line_height
    assert position_in(document, 4).left() > first.left()
