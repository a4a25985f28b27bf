"""Reads the head of a GGUF file: what a model is, without loading it.

The format is that of ggml's docs/gguf.md, versions 2 and 3: a magic word, counts, named values,
then the name, shape, type and place of every tensor. A file is foreign data: whatever it claims is
checked against its size before anything is read or counted.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from math import prod
from typing import Any

from app.core.errors import TransferError

MOST_VALUES = 10_000
MOST_TENSORS = 100_000
MOST_TEXT = 1 << 20
"""Bytes of a text that is kept; a chat template of this length is no template."""

_NUMBERS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_SIZES = {kind: struct.calcsize("<" + code) for kind, code in _NUMBERS.items()}
_TEXT, _ARRAY = 8, 9
_KEPT_ARRAY = 4096
"""Numbers of an array that is kept: one a layer at most. Vocabularies are passed over."""

_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    9: (32, 36), 10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18),
    21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4),
    27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip
"""Elements and bytes of a block by tensor type, ggml.h: `ggml_type` and its `type_traits`."""

_QUANTIZATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S",
    17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS",
    23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M",
    30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip
"""llama.h: `llama_ftype`."""

_NO_WRITERS = frozenset(
    {"bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "modern-bert",
     "neo-bert", "eurobert", "t5encoder", "gemma-embedding", "wavtokenizer-dec", "whisper",
     "flux", "sd1", "sdxl", "sd3", "wan", "ltxv", "qwen_image", "lumina2", "aura", "hidream"}
)  # fmt: skip
"""Architectures that write no text: they embed it, or make pictures or sound."""


@dataclass(frozen=True, slots=True)
class GgufHead:
    """What a model file says of itself; "" and 0 stand for what it does not say.

    `context` is in tokens as trained; `cache_bits` is what a value of a token that was read takes
    in memory, and `bytes_a_token` all its values; `parameters` counts the weights, `sees` marks a
    file that lets another model see.
    """

    architecture: str
    name: str
    quantization: str
    licence: str
    template: str
    context: int
    parameters: int
    cache_bits: int
    bytes_a_token: int
    vocabulary: int
    size: int
    sees: bool = False
    parts: int = 1
    part: int = 0

    @property
    def writes(self) -> bool:
        """Whether it is a model that writes text."""
        return not self.sees and self.architecture not in _NO_WRITERS


def read_head(path: str) -> GgufHead:
    """The head of a model file. Raises TransferError, with what is wrong, and OSError."""
    with open(path, "rb") as file:
        start = file.read(8)
        if start[:4] != b"GGUF":
            raise TransferError(_no_model(start), "Choose a file whose name ends in .gguf.")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                return _Reader(data).head()
            except (struct.error, UnicodeDecodeError) as error:
                raise _damaged("it ends in the middle of its description") from error


class _Reader:
    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._size = len(data)
        self._at = 4

    def head(self) -> GgufHead:
        version = self._number("I")
        if version in (2 << 24, 3 << 24):
            raise TransferError(
                "This model file was made for another kind of computer (big-endian).",
                "Choose a file made for this one.",
            )
        if version not in (2, 3):
            raise TransferError(
                f"This model file is of version {version}; 2 and 3 can be read.",
                "Convert it with a current program, or choose another file.",
            )
        tensors, count = self._number("Q"), self._number("Q")
        if count > MOST_VALUES or tensors > MOST_TENSORS:
            raise _damaged("the counts in its head are impossible")
        values: dict[str, Any] = {}
        for _ in range(count):
            key = self._text().decode("utf-8")
            value = self._value(self._number("I"))
            if key in values:
                raise _damaged(f"“{key[:80]}” stands in it twice")
            values[key] = value
        weights = self._tensors(tensors, values)
        return _told(values, weights, self._size)

    def _tensors(self, count: int, values: dict[str, Any]) -> int:
        """The number of weights; every tensor must lie within the file."""
        weights = 0
        end = 0
        for _ in range(count):
            self._text()
            dimensions = self._number("I")
            if dimensions > 8:
                raise _damaged("a tensor has impossible dimensions")
            elements = prod(self._number("Q") for _ in range(dimensions))
            kind, offset = self._number("I"), self._number("Q")
            weights += elements
            if kind in _BLOCKS:
                of, size = _BLOCKS[kind]
                end = max(end, offset + elements // of * size)
            else:
                end = max(end, offset)
        alignment = values.get("general.alignment", 32)
        if not isinstance(alignment, int) or not 0 < alignment <= 1 << 20:
            raise _damaged("its alignment is impossible")
        start = -(-self._at // alignment) * alignment
        if start + end > self._size:
            raise _damaged(
                f"it should have {_megabytes(start + end)} and has {_megabytes(self._size)}"
            )
        return weights

    def _number(self, code: str) -> int:
        found: int = struct.unpack_from("<" + code, self._data, self._at)[0]
        self._at += struct.calcsize("<" + code)
        return found

    def _text(self) -> bytes:
        length = self._number("Q")
        begin, self._at = self._at, self._at + length
        if self._at > self._size:
            raise _damaged("it ends in the middle of its description")
        return self._data[begin : begin + min(length, MOST_TEXT)]

    def _skip_texts(self, count: int) -> None:
        """Passes over texts: a vocabulary has some 100,000, none of which is wanted."""
        unpack, data, at, size = struct.Struct("<Q").unpack_from, self._data, self._at, self._size
        if count * 8 > size - at:
            raise _damaged("it ends in the middle of its description")
        for _ in range(count):
            at += 8 + unpack(data, at)[0]
            if at > size:
                raise _damaged("it ends in the middle of its description")
        self._at = at

    def _value(self, kind: int) -> Any:
        if kind == _TEXT:
            return self._text().decode("utf-8", "replace")
        if kind in _NUMBERS:
            return self._number(_NUMBERS[kind])
        if kind != _ARRAY:
            raise _damaged(f"it holds a value of an unknown kind ({kind})")
        of, count = self._number("I"), self._number("Q")
        if of == _TEXT:
            self._skip_texts(count)
            return count
        if of not in _NUMBERS:
            raise _damaged(f"it holds a list of an unknown kind ({of})")
        begin, self._at = self._at, self._at + count * _SIZES[of]
        if self._at > self._size:
            raise _damaged("it ends in the middle of its description")
        if count > _KEPT_ARRAY:
            return count
        return list(struct.unpack_from(f"<{count}{_NUMBERS[of]}", self._data, begin))


def _told(values: dict[str, Any], weights: int, size: int) -> GgufHead:
    architecture = _word(values, "general.architecture")
    if not architecture:
        raise _damaged("it does not say what kind of model it is")

    def own(name: str) -> int:
        return _count(values.get(f"{architecture}.{name}"))

    heads = own("attention.head_count") or 1
    one = own("embedding_length") // heads
    layers = own("block_count")
    readers = values.get(f"{architecture}.attention.head_count_kv")
    # Some models have another number in each layer.
    kv_heads = (
        sum(_count(value) for value in readers)
        if isinstance(readers, list)
        else layers * (_count(readers) or heads)
    )
    keys, seen = own("attention.key_length") or one, own("attention.value_length") or one
    # The engine packs eight-bit values by 32; not every model's widths can be divided so.
    bits = 16 if keys % 32 or seen % 32 else 8
    width = (keys + seen) * (2 if bits == 16 else 34 / 32)
    return GgufHead(
        architecture=architecture,
        name=_word(values, "general.name"),
        quantization=_QUANTIZATIONS.get(values.get("general.file_type", -1), ""),
        licence=_word(values, "general.license"),
        template=_word(values, "tokenizer.chat_template", MOST_TEXT),
        context=own("context_length"),
        parameters=weights,
        cache_bits=bits,
        bytes_a_token=int(kv_heads * width),
        vocabulary=own("vocab_size") or _count(values.get("tokenizer.ggml.tokens")),
        size=size,
        sees=architecture == "clip" or _word(values, "general.type") == "mmproj",
        parts=_count(values.get("split.count")) or 1,
        part=_count(values.get("split.no")),
    )


def _word(values: dict[str, Any], key: str, most: int = 200) -> str:
    value = values.get(key)
    return value[:most] if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 1 << 40 else 0


def _no_model(start: bytes) -> str:
    if not start:
        return "This file is empty: no model."
    named = {
        b"PK\x03\x04": "a zip file, or a model of PyTorch",
        b"ggml": "an old model file (GGML), which nothing reads any more",
        b"ggjt": "an old model file (GGJT), which nothing reads any more",
        b"%PDF": "a PDF",
        b"\x89PNG": "a picture",
        b"vers": "a pointer of Git LFS: the file itself was not downloaded",
        b"<!DO": "a web page: the download did not work",
        b"<htm": "a web page: the download did not work",
    }
    if start[:4] in named:
        return f"This is no model file but {named[start[:4]]}."
    if start[:2] != b'{"' and start[7:8] == b"\x00":
        return "This is no model file of the GGUF kind; it may be one of Safetensors."
    return "This is no model file of the GGUF kind."


def _damaged(why: str) -> TransferError:
    return TransferError(
        f"This model file is damaged or not whole: {why}.", "Download it again, or choose another."
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count < 1e10 else f"{count / 1e9:,.1f} GB"
