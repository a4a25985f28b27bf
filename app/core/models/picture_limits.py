"""How large a picture is sent: what is larger than its model looks at costs time and tokens."""

from __future__ import annotations

from app.core.conversations.attachment import Attachment

SIDE = 2048
"""Pixels of the longer side over which a picture is made smaller before it is sent."""

HEAVY = 3_500_000
"""Bytes over which a picture is packed anew: providers refuse more than 5 MB in base64."""

GIF = "image/gif"


def sent_size(attachment: Attachment, side: int = SIDE) -> tuple[int, int] | None:
    """Width and height a picture will be sent at; None for what is sent in its own size.

    `side` is the most pixels the longer side may have, 0 for any. An animation stays as it is.
    """
    width, height = attachment.width, attachment.height
    if not width or not height or not side or attachment.media_type == GIF:
        return None
    longer = max(width, height)
    if longer <= side:
        return None
    return max(1, round(width * side / longer)), max(1, round(height * side / longer))


def is_packed(attachment: Attachment, side: int = SIDE) -> bool:
    """Whether a picture is made smaller before it is sent, in pixels or in bytes."""
    if not attachment.is_image or attachment.media_type == GIF or not side:
        return False
    return sent_size(attachment, side) is not None or attachment.size > HEAVY
