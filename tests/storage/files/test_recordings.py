import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage.files.recordings import recording_type, seconds_of


def box(name, body):
    return struct.pack(">I", len(body) + 8) + name + body


def wav(seconds, rate=8000):
    sound = b"\0" * (rate * seconds)
    head = struct.pack("<HHIIHH", 1, 1, rate, rate, 1, 8)
    body = b"WAVE" + b"fmt " + struct.pack("<I", 16) + head
    body += b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp4(seconds, *, brand=b"isom", version=0):
    if version:
        header = struct.pack(">B3xQQIQ", 1, 0, 0, 1000, seconds * 1000)
    else:
        header = struct.pack(">B3xIIII", 0, 0, 0, 1000, seconds * 1000)
    movie = box(b"moov", box(b"mvhd", header + b"\0" * 80))
    return box(b"ftyp", brand + b"\0\0\0\0") + box(b"free", b"x" * 10) + movie


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (wav(1), "audio/wav"),
        (b"ID3\x04" + b"\0" * 20, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\0" * 20, "audio/mpeg"),
        (b"fLaC" + b"\0" * 20, "audio/flac"),
        (b"OggS" + b"\0" * 20, "audio/ogg"),
        (mp4(3), "video/mp4"),
        (mp4(3, brand=b"qt  "), "video/quicktime"),
        (mp4(3, brand=b"M4A "), "audio/mp4"),
        (b"\x1aE\xdf\xa3" + b"\0" * 20, "video/webm"),
        (b"\0\0\1\xba" + b"\0" * 20, "video/mpeg"),
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"Just text", ""),
        (b"\xff\xd8\xff\xe0 a JPEG", ""),
        (b"", ""),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(data, kind):
    assert recording_type(data) == kind


@pytest.mark.parametrize(
    ("data", "seconds"),
    [(wav(2), 2), (mp4(75), 75), (mp4(75, version=1), 75), (b"OggS" + b"\0" * 40, None)],
)
def test_the_length_is_what_the_header_says(data, seconds):
    assert seconds_of(data) == seconds


def test_a_film_without_its_header_has_no_length():
    assert seconds_of(box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", b"x" * 50)) is None
    assert seconds_of(mp4(75).replace(b"\0\0\x03\xe8", b"\0\0\0\0")) is None


@given(st.binary(max_size=200), st.integers(0, 200), st.sampled_from([wav(1)[:300], mp4(9)]))
def test_damaged_headers_never_raise(noise, place, data):
    seconds_of(data[:place] + noise)
    seconds_of(data[:place] + noise + data[place + 3 :])
