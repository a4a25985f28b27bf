"""How events become bytes: one table of ways to write the same stream, from plain to hostile."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

SEPARATORS = "\u2028\u2029\u0085"


@dataclass
class Frame:
    """One event of a stream before it is bytes.

    `data` is a JSON value, or a text that is written as it stands ([DONE], broken JSON); `kind` is
    one of comment,
    start, content, finish, usage, error, done, other. `comment` alone makes a comment line.
    """

    data: Any = None
    event: str = ""
    comment: str | None = None
    kind: str = "content"


@dataclass
class ByteMode:
    """One way to write frames. Modes are joined with `+` in their names."""

    line_ends: tuple[str, ...] = ("\n",)
    space: str = " "
    raw_text: bool = True
    indent: int | None = None
    bom: bool = False
    fields: bool = False
    names_events: bool = True
    padding: int = 0
    separators: bool = False
    cut: str = "event"
    tail: str = "whole"
    gzip: str = ""
    gzip_header: bool = True
    content_type: str = ""
    _count: int = 0
    _ends: Iterator[str] = field(default_factory=lambda: iter(()))
    _packer: Any = None
    _opened: bool = False

    def start(self) -> "ByteMode":
        """A fresh copy that can write one stream."""
        fresh = ByteMode(**{n: v for n, v in vars(self).items() if not n.startswith("_")})
        fresh._ends = cycle(fresh.line_ends)
        if fresh.gzip:
            fresh._packer = zlib.compressobj(wbits=31)
        return fresh

    def headers(self, content_type: str) -> list[tuple[str, str]]:
        """Content type and, when the body is packed and says so, its encoding."""
        found = [("Content-Type", self.content_type or content_type)]
        if self.gzip and self.gzip_header:
            found.append(("Content-Encoding", "gzip"))
        return found

    def render(self, frame: Frame) -> bytes:
        """The bytes of one frame before they are cut or packed."""
        lines: list[str] = []
        if frame.comment is not None:
            lines.append(f":{self.space}{frame.comment}")
        if frame.event and self.names_events:
            lines.append(f"event:{self.space}{frame.event}")
        elif self.fields and frame.data is not None:
            lines.append("event: message")
        if frame.data is not None:
            if self.fields:
                self._count += 1
                lines += [f"id: {self._count}", "retry: 3000"]
            lines += [f"data:{self.space}{line}" for line in self._text(frame).split("\n")]
        text = "".join(line + next(self._ends) for line in [*lines, ""])
        mark = b"\xef\xbb\xbf" if self.bom and not self._opened else b""
        self._opened = True
        return mark + text.encode()

    def _text(self, frame: Frame) -> str:
        if isinstance(frame.data, str):
            return frame.data
        data = frame.data
        if isinstance(data, dict) and self.separators:
            data = {**data, "x_note": f"a{SEPARATORS}b"}
        if isinstance(data, dict) and self.padding and frame.kind == "content":
            data = {**data, "x_padding": "x" * self.padding}
            self.padding = 0
        compact = None if self.indent is not None else (",", ":")
        return json.dumps(
            data, ensure_ascii=not self.raw_text, indent=self.indent, separators=compact
        )

    def last(self, data: bytes) -> bytes:
        """The bytes of the last event, without its blank line or its newline where the mode says
        so."""
        stripped = data.rstrip(b"\r\n")
        if self.tail == "no_newline":
            return stripped
        return stripped + next(self._ends).encode() if self.tail == "no_blank" else data

    def pieces(self, data: bytes) -> Iterable[bytes]:
        """Cuts bytes into the writes they are sent in."""
        if self.cut == "byte":
            return (data[i : i + 1] for i in range(len(data)))
        if self.cut == "inside_characters":
            return _cut(data, lambda i: data[i] & 0xC0 == 0x80)
        if self.cut == "cr_lf":
            return _cut(data, lambda i: data[i - 1 : i + 1] == b"\r\n")
        return (data,)

    def packed(self, data: bytes, *, end: bool = False) -> bytes:
        """The bytes as they go out: themselves, or what the packer gives out so far."""
        if self._packer is None:
            return data
        out = self._packer.compress(data)
        if end:
            return out + self._packer.flush()
        return out + self._packer.flush(zlib.Z_SYNC_FLUSH) if self.gzip == "event" else out


def _cut(data: bytes, is_cut: Callable[[int], bool]) -> Iterator[bytes]:
    begin = 0
    for place in range(1, len(data)):
        if is_cut(place):
            yield data[begin:place]
            begin = place
    yield data[begin:]


MODES: dict[str, ByteMode] = {
    "plain": ByteMode(),
    "escaped": ByteMode(raw_text=False),
    "byte_per_write": ByteMode(cut="byte"),
    "inside_characters": ByteMode(cut="inside_characters"),
    "crlf": ByteMode(line_ends=("\r\n",)),
    "between_cr_and_lf": ByteMode(line_ends=("\r\n",), cut="cr_lf"),
    "cr": ByteMode(line_ends=("\r",)),
    "mixed": ByteMode(line_ends=("\n", "\r", "\r\n")),
    "no_space": ByteMode(space=""),
    "multi_line": ByteMode(indent=1),
    "bom": ByteMode(bom=True),
    "fields": ByteMode(fields=True),
    "no_event_names": ByteMode(names_events=False),
    "separators": ByteMode(separators=True),
    "big_line": ByteMode(padding=5_000_000),
    "one_write": ByteMode(cut="stream"),
    "no_blank_line": ByteMode(tail="no_blank"),
    "no_newline": ByteMode(tail="no_newline"),
    "gzip": ByteMode(gzip="stream"),
    "gzip_events": ByteMode(gzip="event"),
    "gzip_unsaid": ByteMode(gzip="stream", gzip_header=False),
    "wrong_type": ByteMode(content_type="text/plain; charset=utf-8"),
    "no_type": ByteMode(content_type="application/octet-stream"),
}


def byte_mode(names: str) -> ByteMode:
    """The mode with this name, or several joined by `+`; KeyError for an unknown one."""
    joined: dict[str, Any] = {}
    plain = vars(ByteMode())
    for name in names.split("+"):
        mode = vars(MODES[name])
        joined |= {k: v for k, v in mode.items() if not k.startswith("_") and v != plain[k]}
    return ByteMode(**joined).start()


def unpacked(data: bytes) -> bytes:
    """The plain bytes of a packed body, for looking at a record."""
    return gzip.decompress(data)
