import contextlib
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import TransferError
from app.engine.built_in import small_model
from app.engine.gguf import read_head
from tests.engine.tiny_model import CONTEXT, LAYERS, WIDTH, write_tiny_model


def test_the_head_says_what_was_written(tmp_path: Path) -> None:
    head = read_head(str(write_tiny_model(tmp_path / "tiny.gguf")))
    assert (head.architecture, head.name, head.licence) == ("llama", "Tiny", "cc0-1.0")
    assert (head.context, head.vocabulary, head.quantization) == (CONTEXT, 259, "F32")
    assert head.bytes_a_token == LAYERS * 2 * WIDTH * 2
    assert "add_generation_prompt" in head.template
    assert head.writes


def test_the_small_model_is_what_it_says() -> None:
    small = small_model()
    assert small is not None
    head = small.head()
    assert (head.architecture, head.quantization) == ("llama", "Q4_1")
    assert (head.licence, head.context) == ("apache-2.0", 8192)
    assert 134_000_000 < head.parameters < 135_000_000


@given(data=st.data())
def test_no_damage_does_more_than_raise_the_error_of_a_file(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, tiny_path: Path
) -> None:
    content = bytearray(tiny_path.read_bytes())
    cut = data.draw(st.integers(0, len(content)))
    places = data.draw(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=4))
    for place, value in places:
        content[place] = value
    path = tmp_path_factory.mktemp("damaged") / "model.gguf"
    path.write_bytes(content[:cut])
    with contextlib.suppress(TransferError):
        read_head(str(path))


@pytest.mark.parametrize(
    "content",
    [
        b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1),
        b"GGUF" + struct.pack("<IQQ", 3, 1, 1 << 60),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1 << 62),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<IIQ", 9, 8, 1 << 59),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<IIQ", 9, 9, 1),
        b"GGUF" + struct.pack(">IQQ", 3, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 1, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 0),
    ],
)
def test_impossible_claims_are_refused_at_once(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(TransferError):
        read_head(str(path))
