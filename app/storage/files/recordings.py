"""What a sound or a film is, and how long it plays, told from its container's own header."""

from __future__ import annotations

import struct

WAV, MP3, FLAC, OGG, M4A = "audio/wav", "audio/mpeg", "audio/flac", "audio/ogg", "audio/mp4"
MP4, MOV, WEBM, MPEG = "video/mp4", "video/quicktime", "video/webm", "video/mpeg"
_BOXES = 2000
"""Boxes of an MP4 that are looked at."""


def recording_type(data: bytes) -> str:
    """The media type of a sound or film by its magic bytes; empty for anything else."""
    head = data[:12]
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE0)):
        return MP3
    if head[:4] == b"fLaC":
        return FLAC
    if head[:4] == b"OggS":
        return OGG
    if head[4:8] == b"ftyp":
        brand = data[8:12]
        return M4A if brand == b"M4A " else MOV if brand == b"qt  " else MP4
    if head[:4] == b"\x1aE\xdf\xa3":
        return WEBM
    if head[:4] in (b"\0\0\1\xba", b"\0\0\1\xb3"):
        return MPEG
    return ""


def seconds_of(data: bytes) -> float | None:
    """How long it plays, None where the header does not say or is not understood."""
    kind = recording_type(data)
    try:
        if kind == WAV:
            return _wav(data)
        if kind in (MP4, MOV, M4A):
            return _mp4(data)
    except (struct.error, ZeroDivisionError):
        return None
    return None


def _wav(data: bytes) -> float | None:
    place, rate = 12, 0
    while place + 8 <= len(data):
        name = data[place : place + 4]
        (length,) = struct.unpack_from("<I", data, place + 4)
        if name == b"fmt ":
            (rate,) = struct.unpack_from("<I", data, place + 16)
        elif name == b"data":
            return float(min(length, len(data) - place - 8) / rate)
        place += 8 + length + length % 2
    return None


def _mp4(data: bytes) -> float | None:
    """The duration in the movie header (ISO 14496-12, `moov/mvhd`)."""
    place, end = 0, len(data)
    for _ in range(_BOXES):
        if place + 8 > end:
            return None
        (length,) = struct.unpack_from(">I", data, place)
        name, inner = data[place + 4 : place + 8], place + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, inner)
            inner += 8
        elif length == 0:
            length = end - place
        if name == b"moov":
            place, end = inner, min(end, place + length)
            continue
        if name == b"mvhd":
            if data[inner] == 1:
                scale, duration = struct.unpack_from(">IQ", data, inner + 20)
            else:
                scale, duration = struct.unpack_from(">II", data, inner + 12)
            return float(duration / scale)
        if length < 8:
            return None
        place += length
    return None
