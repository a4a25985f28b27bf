"""What a picture tells of its maker goes; how it is turned and what it shows stay."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from app.storage.files.metadata import lies_on_its_side, without_metadata

SECRET = b"N 48.2082 E 16.3738"


def picture(kind, *, across=6, down=4):
    image = QImage(across, down, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    image.setPixel(0, 0, 0xFFFF0000)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(held.data())


def exif(turned):
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    entries += struct.pack(">HHII", 0x010F, 2, len(SECRET), 200)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 2) + entries + b"\0" * 4
    return b"Exif\0\0" + tiff.ljust(200, b"\0") + SECRET


def jpeg_with(turned):
    plain = picture("JPG")
    body = exif(turned)
    first = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    comment = b"\xff\xfe" + struct.pack(">H", len(SECRET) + 2) + SECRET
    return plain[:2] + first + comment + plain[2:]


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(turned):
    plain = picture("PNG")
    more = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"eXIf", exif(turned)[6:])
    return plain[:33] + more + plain[33:]


def read(data):
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()


@pytest.mark.parametrize("make", [jpeg_with, png_with])
def test_what_tells_of_the_maker_goes_and_the_picture_stays(make):
    data = make(1)
    assert SECRET in data
    stripped = without_metadata(data)
    assert SECRET not in stripped
    assert read(stripped) == read(data)
    assert not read(stripped).isNull()


def test_a_turned_picture_is_still_turned():
    stripped = without_metadata(jpeg_with(6))
    assert SECRET not in stripped
    shown = read(stripped)
    assert (shown.width(), shown.height()) == (4, 6)


@pytest.mark.parametrize("kind", ["JPG", "PNG"])
def test_a_picture_without_metadata_loses_nothing(kind):
    assert read(without_metadata(picture(kind))) == read(picture(kind))


def test_webp_loses_its_parts_and_says_so():
    part = b"VP8L" + struct.pack("<I", 6) + b"\x2f\0\0\0\0\0"
    head = b"VP8X" + struct.pack("<I", 10) + bytes([0x0C, 0, 0, 0]) + b"\0" * 6
    told = b"EXIF" + struct.pack("<I", len(SECRET)) + SECRET + b"\0" * (len(SECRET) % 2)
    body = b"WEBP" + head + part + told
    stripped = without_metadata(b"RIFF" + struct.pack("<I", len(body)) + body)
    assert SECRET not in stripped
    assert part in stripped
    assert stripped[20] == 0
    assert struct.unpack_from("<I", stripped, 4)[0] == len(stripped) - 8


@given(st.binary(max_size=300), st.sampled_from([jpeg_with, png_with]), st.integers(0, 400))
def test_damaged_files_never_raise(noise, make, place):
    data = make(3)
    without_metadata(data[:place] + noise)
    without_metadata(data[:place] + noise + data[place:])
    without_metadata(noise)


@pytest.mark.parametrize("make", [jpeg_with, png_with])
@pytest.mark.parametrize("turned", range(1, 9))
def test_whether_it_lies_on_its_side_is_as_it_is_seen(make, turned):
    stripped = without_metadata(make(turned))
    shown = read(stripped)
    assert lies_on_its_side(stripped) == ((shown.width(), shown.height()) == (4, 6))


def test_other_pictures_do_not_lie_on_their_side():
    assert not lies_on_its_side(picture("JPG"))
    assert not lies_on_its_side(b"GIF89a")
