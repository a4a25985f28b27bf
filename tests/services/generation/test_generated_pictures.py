"""Pictures in answers: kept like attached files; what is no sound picture is told, not kept."""

import base64

import pytest

from app.core.conversations.events import ImageAdded
from app.services.generation.generated_pictures import LONGEST, MOST, MadePictures
from app.storage.files.attachments import AttachmentStore
from tests.ui.composer.test_picture_shrinking import drawing, packed


def url(data, kind="png"):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


PNG = packed(drawing(40, 30))


@pytest.fixture
def pictures(tmp_path):
    return MadePictures(AttachmentStore(tmp_path))


async def test_a_picture_is_kept_by_its_hash_and_once(pictures, tmp_path):
    taken = await pictures.take_in([url(PNG), url(PNG), url(PNG, "jpeg")])
    (kept,) = taken.pictures
    assert (kept.name, kept.media_type, kept.width, kept.height) == (
        "picture 1.png",
        "image/png",
        40,
        30,
    )
    assert AttachmentStore(tmp_path).read(kept.sha256) == PNG
    assert taken.notices == ()


HUGE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"


@pytest.mark.parametrize(
    ("data_url", "reason"),
    [
        ("data:image/svg+xml;base64,PHN2Zy8+", "it is no PNG, JPEG, WebP or GIF picture"),
        ("data:image/png;base64,????", "it is no PNG, JPEG, WebP or GIF picture"),
        ("data:image/png,plain", "it is no PNG, JPEG, WebP or GIF picture"),
        ("file:///etc/passwd", "it is no PNG, JPEG, WebP or GIF picture"),
        (url(b"Just words"), "it is no PNG, JPEG, WebP or GIF picture"),
        (url(b"\x89PNG\r\n\x1a\n"), "picture 1.png is not a whole picture"),
        (
            url(HUGE),
            "picture 1.png has 30000 × 30000 pixels; at most 40 million can be attached",
        ),
        ("data:image/png;base64," + "A" * LONGEST, "it is larger than 25 MiB"),
    ],
)
async def test_hostile_data_is_refused_and_told(pictures, data_url, reason, tmp_path):
    taken = await pictures.take_in([data_url])
    assert taken.pictures == ()
    (notice,) = taken.notices
    assert notice.text == f"Picture 1 of the answer was not kept: {reason}."
    assert list(tmp_path.iterdir()) == []


async def test_no_more_than_some_are_kept(pictures):
    many = [url(packed(drawing(10 + number, 30))) for number in range(MOST + 3)]
    taken = await pictures.take_in(many)
    assert len(taken.pictures) == MOST
    assert [notice.text for notice in taken.notices] == [
        f"The answer has {MOST + 3} pictures; the first {MOST} were kept."
    ]


async def test_an_answer_has_its_pictures_also_when_it_is_opened_again(stage, reopen):
    stage.services.conversations.send("Draw a square")
    stage.provider.tell(ImageAdded(url(PNG)))
    stage.provider.tell(ImageAdded("data:image/svg+xml;base64,PHN2Zy8+"))
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    (kept,) = answer.attachments
    assert any("Picture 2" in notice for notice in answer.provenance.notices)
    stage = await reopen(stage)
    conversations = stage.services.conversations
    conversations.open(answer.conversation_id)
    assert conversations.message(answer.id).attachments == (kept,)
    assert conversations.file_bytes(kept.sha256) == PNG
