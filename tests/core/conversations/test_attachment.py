import pytest

from app.core.conversations.attachment import Attachment


@pytest.mark.parametrize(
    ("media_type", "is_image"),
    [("image/png", True), ("image/webp", True), ("application/pdf", False), ("text/plain", False)],
)
def test_images_are_told_by_media_type_not_by_name(media_type, is_image):
    assert Attachment("00", "photo.png", media_type, 3).is_image is is_image
