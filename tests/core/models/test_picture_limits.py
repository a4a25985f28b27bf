import pytest

from app.core.conversations.attachment import Attachment
from app.core.models.picture_limits import HEAVY, is_packed, sent_size


def picture(width, height, *, media_type="image/jpeg", size=1000):
    return Attachment("ab" * 32, "a.jpg", media_type, size, width, height)


@pytest.mark.parametrize(
    ("width", "height", "side", "sent"),
    [
        (4032, 3024, 2048, (2048, 1536)),
        (3024, 4032, 2048, (1536, 2048)),
        (6000, 4000, 2048, (2048, 1365)),
        (2048, 1365, 2048, None),
        (100, 100, 2048, None),
        (40_000, 10, 2048, (2048, 1)),
        (40_000, 1, 2048, (2048, 1)),
        (6000, 4000, 0, None),
    ],
)
def test_the_longer_side_is_cut_to_the_cap_and_the_shape_kept(width, height, side, sent):
    assert sent_size(picture(width, height), side) == sent


def test_animations_and_other_files_are_left_as_they_are():
    assert sent_size(picture(5000, 5000, media_type="image/gif")) is None
    assert not is_packed(picture(5000, 5000, media_type="image/gif", size=HEAVY + 1))
    assert not is_packed(Attachment("ab" * 32, "a.pdf", "application/pdf", HEAVY + 1))


def test_a_heavy_picture_is_packed_anew_in_its_own_size():
    assert is_packed(picture(1000, 1000, size=HEAVY + 1))
    assert not is_packed(picture(1000, 1000, size=HEAVY))
    assert not is_packed(picture(1000, 1000, size=HEAVY + 1), 0)
