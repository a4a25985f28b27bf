import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Fault
from app.services.files.refused_files import refused_files

PICTURE = Attachment("a" * 64, "cat.png", "image/png", 10)
PDF = Attachment("b" * 64, "m.pdf", "application/pdf", 30)
SOUND = Attachment("c" * 64, "voice.wav", "audio/wav", 20)
FILM = Attachment("d" * 64, "trip.mp4", "video/mp4", 90)
TEXT = Attachment("e" * 64, "notes.txt", "text/plain", 99)
ALL = [PICTURE, PDF, SOUND, FILM, TEXT]


def refusal(words: str, **facts: object) -> Fault:
    return Fault("RefusedError", words, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("image input not supported", [PICTURE]),
        ("This model cannot process photos", [PICTURE]),
        ("No endpoints found that support image input", [PICTURE]),
        ("messages.0.content.1.image.source: not allowed", [PICTURE]),
        ("invalid content type: input_audio", [SOUND]),
        ("PDF input is not supported by this model", [PDF]),
        ("Could not read the document", [PDF]),
        ("video understanding is unavailable", [FILM]),
        ("unsupported content part", [PICTURE, PDF, SOUND, FILM]),
        ("temperature is not supported", []),
        ("You are out of luck", []),
    ],
)
def test_the_words_of_a_provider_tell_which_files_it_means(
    words: str, files: list[Attachment]
) -> None:
    assert refused_files(refusal(words), ALL) == files


def test_too_large_a_request_means_the_largest_file() -> None:
    assert refused_files(refusal("too large", status=413), [PICTURE, PDF]) == [PDF]


def test_other_failures_are_about_no_file() -> None:
    assert refused_files(Fault("UnavailableError", "image server away"), ALL) == []
    assert refused_files(refusal("image"), []) == []
