import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage.files.pictures import picture_size, picture_type

MAGIC = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x00\x00\x00\x00WEBP", b"GIF89a"]


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def gif(width, height):
    return b"GIF89a" + struct.pack("<HH", width, height)


def jpeg(width, height, *before, marker=0xC0):
    frame = struct.pack(">BBHBHH", 0xFF, marker, 17, 8, height, width)
    return b"\xff\xd8" + b"".join(before) + frame


def webp(kind, rest):
    return b"RIFF\x00\x00\x00\x00WEBP" + kind + b"\x00\x00\x00\x00" + rest


APP0 = b"\xff\xe0\x00\x10" + b"JFIF\x00" + bytes(9)
HUFFMAN = b"\xff\xc4\x00\x04ab"


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (png(640, 480), "image/png", (640, 480)),
        (png(30000, 30000), "image/png", (30000, 30000)),
        (gif(3, 2), "image/gif", (3, 2)),
        (b"GIF87a" + struct.pack("<HH", 9, 8), "image/gif", (9, 8)),
        (jpeg(320, 200, APP0), "image/jpeg", (320, 200)),
        (jpeg(320, 200, APP0, HUFFMAN, marker=0xC2), "image/jpeg", (320, 200)),
        (jpeg(5, 6, b"\xff\xff\xff\xe0\x00\x02", b"\xff\xd0"), "image/jpeg", (5, 6)),
        (
            webp(b"VP8 ", b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 100, 0x4000 | 50)),
            "image/webp",
            (100, 50),
        ),
        (
            webp(b"VP8L", b"\x2f" + struct.pack("<I", 99 | 49 << 14)),
            "image/webp",
            (100, 50),
        ),
        (webp(b"VP8X", bytes(4) + b"\x63\x00\x00\x31\x00\x00"), "image/webp", (100, 50)),
    ],
)
def test_type_and_size_are_told_from_the_header(data, kind, size):
    assert picture_type(data) == kind
    assert picture_size(data) == size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text",
        png(0, 5),
        png(5, 5)[:20],
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        gif(1, 1)[:7],
        jpeg(1, 1)[:5],
        b"\xff\xd8\xff\xda\x00\x02",
        b"\xff\xd8\xff\xe0\x00\x02no frame",
        webp(b"VP8X", b""),
        webp(b"VP8L", b"\x00\x00\x00\x00\x00"),
        webp(b"ALPH", bytes(20)),
    ],
)
def test_a_broken_header_has_no_size(data):
    assert picture_size(data) is None


@given(st.sampled_from(MAGIC), st.binary(max_size=64))
def test_no_bytes_are_an_error(magic, rest):
    picture_type(magic + rest)
    picture_size(magic + rest)


def test_a_jpeg_of_empty_segments_ends():
    assert picture_size(b"\xff\xd8" + b"\xff\xe0\x00\x00" * 100_000) is None
