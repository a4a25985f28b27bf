"""The files that went with a question."""

from dataclasses import replace

from app.core.attachment import Attachment
from app.core.conversation import AttachmentPart
from app.ui.transcript.sent_files import sent_files
from app.ui.transcript.style import Style


def test_a_message_without_files_has_no_strip(words):
    assert sent_files(words.question()) is None


def test_each_file_has_a_line_and_the_longest_name_its_room(words, theme):
    def strip(*names):
        files = [Attachment("ab" * 32, name, "image/png", 10) for name in names]
        parts = tuple(AttachmentPart(file) for file in files)
        made = sent_files(replace(words.question(), parts=parts))
        made.layout(400, Style(theme))
        return made

    one, two = strip("a.png"), strip("a.png", "a much longer name.png")
    assert two.height == 2 * one.height
    assert two.natural_width > one.natural_width
