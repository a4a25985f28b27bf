"""The files that went with a question."""

from dataclasses import replace

from PySide6.QtGui import QImage, QPainter

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.attachments import made_pictures, sent_files, shown_size
from app.ui.transcript.sections.thumbnails import Pictures


def test_a_message_without_files_has_no_strip(words):
    assert sent_files(words.question()) is None


def strip(words, theme, *files, width=400):
    parts = tuple(AttachmentPart(file) for file in files)
    made = sent_files(replace(words.question(), parts=parts))
    made.layout(width, Style(theme))
    return made


def text(name):
    return Attachment("ab" * 32, name, "text/plain", 10)


def picture(name, width, height, letter="c"):
    return Attachment(letter * 64, name, "image/png", 10, width, height)


def test_each_file_has_a_line_and_the_longest_name_its_room(words, theme):
    one = strip(words, theme, text("a.txt"))
    two = strip(words, theme, text("a.txt"), text("a much longer name.txt"))
    assert two.height == 2 * one.height
    assert two.natural_width > one.natural_width


def test_a_picture_is_shown_small_and_in_its_shape(words, theme):
    style = Style(theme)
    assert shown_size(picture("wide.png", 2200, 220), style) == (220, 24)
    assert shown_size(picture("tall.png", 600, 1320), style) == (60, 132)
    assert shown_size(picture("tiny.png", 40, 30), style) == (40, 30)


def test_pictures_stand_in_rows_that_break(words, theme):
    files = [picture(f"{n}.png", 220, 132, str(n)) for n in range(3)]
    wide, narrow = strip(words, theme, *files, width=800), strip(words, theme, *files, width=300)
    assert narrow.height > 2.5 * (wide.height - 8)
    assert [region.command for region in wide.regions(Style(theme))] == ["message.open_picture"] * 3
    assert wide.regions(Style(theme))[1].argument == "1" * 64


def test_a_picture_keeps_its_shape_in_a_narrow_column(words, theme):
    found = strip(words, theme, picture("wide.png", 2200, 1320), width=110)
    (region,) = found.regions(Style(theme))
    assert (region.rect.width(), region.rect.height()) == (110, 66)
    assert found.natural_width == 110


def test_a_picture_of_unknown_size_is_a_line(words, theme):
    found = strip(words, theme, Attachment("d" * 64, "x.png", "image/png", 10))
    assert found.height == 24
    (region,) = found.regions(Style(theme))
    assert region.command == "message.open_picture"


def test_a_file_is_opened_by_its_line_and_not_beside_it(words, theme):
    files = [
        Attachment("d" * 64, "notes.txt", "text/plain", 10),
        Attachment("e" * 64, "paper.pdf", "application/pdf", 10),
    ]
    found = strip(words, theme, picture("a.png", 400, 264), *files, width=500)
    regions = found.regions(Style(theme))
    assert [region.command for region in regions[1:]] == ["message.open_file"] * 2
    assert [region.argument for region in regions[1:]] == ["d" * 64, "e" * 64]
    assert [region.title for region in regions[1:]] == ["Open notes.txt", "Open paper.pdf"]
    notes, paper = (region.rect for region in regions[1:])
    assert notes.bottom() <= paper.top()
    assert paper.bottom() == found.height
    assert notes.width() < 250
    narrow = strip(words, theme, *files, width=40)
    assert max(region.rect.right() for region in narrow.regions(Style(theme))) <= 40


def test_the_height_is_there_before_the_picture_is(words, theme, qtbot):
    asked = []
    pictures = Pictures()
    style = Style(theme, pictures)
    made = strip(words, theme, picture("a.png", 400, 264))
    before = made.height
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    pictures.source = lambda sha: asked.append(sha) or b"no picture"
    painter = QPainter(image)
    made.paint(Canvas(painter, 0, 300, style), 0, 0)
    qtbot.waitSignal(pictures.ready).wait()
    made.paint(Canvas(painter, 0, 300, style), 0, 0)
    painter.end()
    assert asked == ["c" * 64]
    assert made.height == before


def test_a_picture_in_an_answer_stands_below_the_text_and_larger(words, theme):
    part = AttachmentPart(picture("picture 1.png", 1120, 560))
    answer = words.answer("a", "Here it is.")
    answer = replace(answer, parts=(*answer.parts, part))
    assert made_pictures(words.answer()) is None
    assert sent_files(answer) is None
    made = made_pictures(answer)
    style = Style(theme)
    made.layout(700, style)
    (region,) = made.regions(style)
    assert (region.rect.width(), region.rect.height()) == (560, 280)
    assert region.command == "message.open_picture"
    assert made_pictures(replace(words.question(), parts=(part,))) is None
