import pytest

from app.core.conversations.attachment import Attachment
from app.core.models.model import Model
from app.services.files.file_tokens import file_tokens, files_tokens

ALL = ("text", "image", "file", "audio", "video")
GEMMA = Model("openrouter", "google/gemma-4-26b", "Gemma 4", inputs=ALL, video_seconds=60)
OTHER = Model("x", "some/model", "Some", inputs=ALL)
BLIND = Model("x", "some/reader", "Reader")
TYPED = Model("x", "typed", "typed", source="typed")


def file(media_type, size=1000, **more):
    return Attachment("ab" * 32, "a", media_type, size, **more)


PICTURE = file("image/png", width=600, height=400)


@pytest.mark.parametrize(
    ("model", "attachment", "tokens"),
    [
        (GEMMA, PICTURE, 256),
        (OTHER, PICTURE, 320),
        (OTHER, file("image/png", width=6000, height=4000), 1600),
        (OTHER, file("image/png"), 1600),
        (None, PICTURE, 256),
        (BLIND, PICTURE, 0),
        (TYPED, PICTURE, 320),
        (OTHER, file("application/pdf", pages=12), 9600),
        (OTHER, file("application/pdf", 150_000), 2400),
        (OTHER, file("audio/wav", seconds=10.0), 320),
        (OTHER, file("audio/mpeg", 160_000), 320),
        (BLIND, file("audio/wav", seconds=10.0), 0),
        (GEMMA, file("video/mp4", seconds=10.2), 11 * 256),
        (GEMMA, file("video/mp4", seconds=600.0), 60 * 256),
        (OTHER, file("video/webm", 2_500_000), 2560),
        (BLIND, file("text/plain", 401), 101),
    ],
)
def test_each_kind_of_file_has_its_estimate(model, attachment, tokens):
    assert file_tokens(attachment, model) == tokens


def test_all_files_together():
    assert files_tokens([PICTURE, file("text/plain", 400)], GEMMA) == 356
    assert files_tokens([]) == 0
