"""Takes out of a picture file what tells of its maker: place, camera, time, comments. No decoding.

Only how the picture is turned is kept, so that it is still seen the right way up.
"""

from __future__ import annotations

import struct
import zlib

from app.storage.files.pictures import JPEG, PNG, WEBP, picture_type

_KEPT_APPS = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, colour profile and Adobe's colour transform; all other application data goes."""
_COMMENT = 0xFE
_DROPPED_CHUNKS = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"})
_DROPPED_PARTS = frozenset({b"EXIF", b"XMP "})
_ORIENTATION = 0x0112


def without_metadata(data: bytes) -> bytes:
    """The same picture without its metadata; what cannot be read stays as it is.

    JPEG segments by ITU T.81, PNG chunks by ISO 15948, WebP chunks by its container format.
    """
    strip = {JPEG: _jpeg, PNG: _png, WEBP: _webp}.get(picture_type(data))
    if strip is None:
        return data
    try:
        return strip(data)
    except (struct.error, IndexError):
        return data


def lies_on_its_side(data: bytes) -> bool:
    """Whether a picture whose metadata was taken out is seen with width and height changed.

    Only a JPEG is: nothing that shows a PNG turns it.
    """
    is_said = picture_type(data) == JPEG and data[2:4] == b"\xff\xe1"
    return is_said and data[6:12] == b"Exif\0\0" and _orientation(data[12:100]) >= 5


def _jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    place, turned = 2, 1
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xDA:
            break
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + max(2, length)
        segment = data[place:end]
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        is_app = 0xE0 <= marker <= 0xEF
        if not (marker == _COMMENT or (is_app and marker not in _KEPT_APPS)):
            kept.append(segment)
        place = end
    if turned != 1:
        kept.insert(1, _turned(turned))
    return b"".join([*kept, data[place:]])


def _orientation(tiff: bytes) -> int:
    """How the picture is turned (1 to 8), 1 when nothing is said."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, start + 2 + 12 * entry
            )
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 1
    return 1


def _turned(value: int) -> bytes:
    """An Exif segment that says nothing but how the picture is turned."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> bytes:
    kept = [data[:8]]
    place = 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        end = place + 12 + length
        name = data[place + 4 : place + 8]
        if name == b"eXIf":
            turned = _orientation(data[place + 8 : end - 4])
            if turned != 1:
                body = _turned(turned)[10:]
                check = struct.pack(">I", zlib.crc32(b"eXIf" + body))
                kept.append(struct.pack(">I", len(body)) + b"eXIf" + body + check)
        elif name not in _DROPPED_CHUNKS:
            kept.append(data[place:end])
        place = end
    return b"".join(kept)


def _webp(data: bytes) -> bytes:
    kept = []
    place = 12
    while place + 8 <= len(data):
        name = data[place : place + 4]
        (length,) = struct.unpack_from("<I", data, place + 4)
        end = place + 8 + length + length % 2
        part = data[place:end]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~0x0C]) + part[9:]
        if name not in _DROPPED_PARTS:
            kept.append(part)
        place = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
