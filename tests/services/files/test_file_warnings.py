import pytest

from app.core.conversations.attachment import Attachment
from app.core.models.model import Model
from app.services.files.file_warnings import cautions, duration_text

GEMMA_4 = Model("openrouter", "g4", "Gemma 4 26B", inputs=("text", "video"), video_seconds=60)
OTHER = Model("x", "y", "Some", inputs=("text", "video"))


def file(name, media_type, size=1000, **more):
    return Attachment("ab" * 32, name, media_type, size, **more)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(4.4, "4 s"), (60, "1 min"), (125, "2 min 5 s"), (3600, "1 h"), (3790, "1 h 3 min")],
)
def test_lengths_read_as_a_person_says_them(seconds, text):
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("model", "attachment", "said"),
    [
        (
            GEMMA_4,
            file("trip.mp4", "video/mp4", seconds=75.0),
            ["“trip.mp4” plays 1 min 15 s; Gemma 4 26B looks at 1 min at most."],
        ),
        (GEMMA_4, file("trip.mp4", "video/mp4", seconds=60.2), []),
        (OTHER, file("trip.mp4", "video/mp4", seconds=7500.0), []),
        (
            GEMMA_4,
            file("trip.webm", "video/webm"),
            ["How long “trip.webm” plays cannot be told; Gemma 4 26B looks at 1 min at most."],
        ),
        (
            OTHER,
            file("talk.wav", "audio/wav", 18_240_000, seconds=100.0),
            ["“talk.wav” has 18.2 MB: sending it takes a while, and some providers refuse it."],
        ),
        (OTHER, file("talk.wav", "audio/wav", 9_000_000), []),
        (
            OTHER,
            file("party.gif", "image/gif", 5_200_000),
            ["“party.gif” is an animation of 5.2 MB, sent as it is; many providers refuse it."],
        ),
        (OTHER, file("small.gif", "image/gif", 520_000), []),
        (OTHER, file("photo.jpg", "image/jpeg", 15_000_000), []),
    ],
)
def test_what_may_not_arrive_whole_is_told(model, attachment, said):
    assert cautions(model, [attachment]) == said
