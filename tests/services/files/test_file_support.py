import pytest

from app.core.conversations.attachment import Attachment
from app.core.models.model import Model
from app.services.files.file_support import kind_of, left_out_text, misfit_text, misfits, takes


def file(name, media_type):
    return Attachment("ab" * 32, name, media_type, 10)


CAT = file("cat.png", "image/png")
PAPER = file("paper.pdf", "application/pdf")
NOTES = file("notes.txt", "text/plain")
SONG = file("song.mp3", "audio/mpeg")
FILM = file("film.mp4", "video/mp4")
GEMMA_2 = Model("openrouter", "g2", "Gemma 2 27B")
GEMMA_4 = Model("openrouter", "g4", "Gemma 4 26B", inputs=("text", "image", "video"))
TYPED = Model("openrouter", "x", "x", source="typed")


@pytest.mark.parametrize(
    ("attachment", "kind"),
    [(CAT, "image"), (PAPER, "file"), (NOTES, ""), (SONG, "audio"), (FILM, "video")],
)
def test_each_file_needs_one_ability(attachment, kind):
    assert kind_of(attachment) == kind


def test_what_does_not_fit_is_named():
    assert misfits(GEMMA_2, [CAT, NOTES, FILM]) == [CAT, FILM]
    assert misfits(GEMMA_4, [CAT, NOTES, FILM]) == []
    assert misfits(TYPED, [CAT, SONG]) == []
    assert takes(GEMMA_4, [CAT, NOTES])
    assert not takes(GEMMA_4, [SONG])


def test_the_sentence_says_what_and_why():
    assert misfit_text(GEMMA_2, []) == ""
    assert misfit_text(GEMMA_2, [CAT]) == (
        "“cat.png” cannot be sent: Gemma 2 27B does not look at pictures."
    )
    assert misfit_text(GEMMA_2, [CAT, PAPER, FILM]) == (
        "“cat.png”, “paper.pdf” and 1 more cannot be sent: Gemma 2 27B does not look at pictures "
        "or read PDF files or watch."
    )


def test_what_of_earlier_messages_stays_behind_is_told():
    assert left_out_text(GEMMA_2, []) == ""
    assert left_out_text(GEMMA_2, [CAT]) == (
        "“cat.png” of earlier messages will not go along: Gemma 2 27B does not look at pictures."
    )
