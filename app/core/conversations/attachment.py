"""A file that goes with a message, known by the hash of its bytes; its name is only a label."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """`sha256` in hex, `media_type` found from the bytes, `size` in bytes; pixels for images.

    `seconds` is how long a sound or film plays and `pages` how many a PDF file has, as far as the
    file tells. Width and height are as it is seen, turned as the file says.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    pages: int | None = None

    @property
    def is_image(self) -> bool:
        """Whether it is a picture Facet draws (PNG, JPEG, WebP, GIF)."""
        return self.media_type.startswith("image/")
