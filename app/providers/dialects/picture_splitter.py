"""Takes pictures that a model wrote into its text out of it: `![…](data:image/…;base64,…)`, the
same address in an `<img>` tag, or bare."""

from __future__ import annotations

import re

_LONGEST_ALT = 300
_LONGEST_TITLE = 300
_SMALL = 4_000
"""Letters up to which what is no kind of picture that can be shown stays text."""
_KINDS = ("png", "jpeg", "jpg", "webp", "gif")
_BARE = 200
"""Letters from which a bare address is a picture; a shorter one is an example of how they look."""
_MARKDOWN, _TAG, _ADDRESS = "!", "<", "d"
"""The first letter of the three ways to write one."""
_DATA = "data:image/"
_START = re.compile(
    r"!|<(?=i|\Z)|(?<![a-z0-9])"
    r"(?:data:image/|d(?:a(?:t(?:a(?::(?:i(?:m(?:a(?:ge?)?)?)?)?)?)?)?)?\Z)",
    re.IGNORECASE,
)
_OPENING = re.compile(rf"!\[[^\[\]\n]{{0,{_LONGEST_ALT}}}\]\(\s{{0,2}}<?")
_BEGUN = re.compile(rf"!(?:\[(?:[^\[\]\n]{{0,{_LONGEST_ALT}}}(?:\](?:\(\s{{0,2}}<?)?)?)?)?")
_TAG_OPENING = re.compile(rf"<img\b[^<>]{{0,{_LONGEST_ALT}}}?\ssrc\s*=\s*[\"']?", re.I)
_TAG_BEGUN = re.compile(rf"<(?:i(?:m(?:g(?:[^<>]{{0,{_LONGEST_ALT}}})?)?)?)?\Z", re.I)
_HEAD = re.compile(r"data:image/([\w.+-]{1,40})(?:;[\w.=+-]{0,80}){0,4};base64,", re.I)
_HEAD_BEGUN = re.compile(r"data:image/[\w.+-]{0,40}(?:;[\w.=+-]{0,80}){0,5}", re.I)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/=_%\s-]")
_NOT_ADDRESS = re.compile(r"[^A-Za-z0-9+/=_%-]")
_ELIDED = (".", "…", "[", "<")
"""What stands behind an address that was cut for show."""
_TAG_CLOSING = re.compile(rf"[^<>]{{0,{_LONGEST_TITLE}}}>")
_TAG_CLOSING_BEGUN = re.compile(rf"[^<>]{{0,{_LONGEST_TITLE}}}")
_CLOSING = re.compile(r'>?\s*(?:"[^"\n]*"|\'[^\'\n]*\')?\s*\)')
_CLOSING_BEGUN = re.compile(r'>?\s*(?:"[^"\n]*"?|\'[^\'\n]*\'?)?\s*')
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINE_HEAD = 200
"""Letters of an unfinished line that are kept to tell whether it is code."""


class Picture(str):
    """The data URL of a picture that stood in the text."""

    __slots__ = ()


class PictureSplitter:
    """Splits the text of an answer, cut anywhere, into text and pictures; those in code are text.

    Held back is no more than what may begin a picture, and a picture that has begun.
    """

    def __init__(self) -> None:
        self._held = ""
        self._data: list[str] = []
        self._end = ""
        self._opening = ""
        self._kind = ""
        self._way = _MARKDOWN
        self._last = ""
        self.is_inside = False
        self._code = _CodeWatch()

    def feed(self, piece: str) -> list[str]:
        """The texts and pictures of one piece of an answer."""
        if not self.is_inside and not self._held and _START.search(piece) is None:
            self._code.add(piece)
            self._last = piece[-1:] or self._last
            return [piece] if piece else []
        found: list[str] = []
        rest = piece
        while rest:
            rest = self._inside(rest, found) if self.is_inside else self._outside(rest, found)
        return found

    def flush(self) -> list[str]:
        """What was held back, at the end of the answer; a picture as far as it came."""
        found: list[str] = []
        if self.is_inside and self._way == _ADDRESS:
            self._end_address(found, "")
        elif self.is_inside:
            self._let_go(found, "")
        elif self._held:
            found.append(self._held)
            self._code.add(self._held)
        self._held = ""
        return found

    def _outside(self, piece: str, found: list[str]) -> str:
        """Looks for the beginning of a picture; gives what stands behind it."""
        text = self._held + piece
        self._held = ""
        place = 0
        shown = 0
        while (start := _START.search(text, place)) is not None:
            place = start.start()
            way = text[place].lower()
            if way == _ADDRESS and not place and self._last.isalnum():
                place += 1
                continue
            after = self._behind_opening(text, place, way)
            if after is None:
                if self._is_begun(text, place, way):
                    break
                place += 1
                continue
            head = _HEAD.match(text, after)
            if head is not None:
                self._show(text[shown:place], found)
                if self._code.is_code:
                    self._show(text[place : head.end()], found)
                    shown = place = head.end()
                    continue
                self.is_inside, self._way = True, way
                self._opening = text[place : head.end()]
                self._data = [text[after : head.end()]]
                self._end = ""
                self._kind = head[1].lower()
                return text[head.end() :]
            if self._may_begin(text[after : after + 600]):
                break
            place += 1
        else:
            place = len(text)
        self._show(text[shown:place], found)
        self._held = text[place:]
        return ""

    @staticmethod
    def _behind_opening(text: str, place: int, way: str) -> int | None:
        """Where the address of a picture would begin; None where none does."""
        if way == _ADDRESS:
            return place if text[place : place + len(_DATA)].lower() == _DATA else None
        opening = (_OPENING if way == _MARKDOWN else _TAG_OPENING).match(text, place)
        return opening.end() if opening else None

    @staticmethod
    def _is_begun(text: str, place: int, way: str) -> bool:
        """Whether the text ends in the midst of what may become the opening of a picture."""
        if way == _ADDRESS:
            return _DATA.startswith(text[place:].lower())
        begun = (_BEGUN if way == _MARKDOWN else _TAG_BEGUN).match(text, place)
        return begun is not None and begun.end() == len(text)

    @staticmethod
    def _may_begin(rest: str) -> bool:
        if len(rest) < len(_DATA):
            return _DATA.startswith(rest.lower())
        return len(rest) < 500 and _HEAD_BEGUN.fullmatch(rest) is not None

    def _show(self, text: str, found: list[str]) -> None:
        if text:
            found.append(text)
            self._code.add(text)
            self._last = text[-1]

    def _inside(self, piece: str, found: list[str]) -> str:
        """Takes in the letters of a picture; gives what stands behind its end."""
        if not self._end:
            ends = _NOT_ADDRESS if self._way == _ADDRESS else _NOT_BASE64
            other = ends.search(piece)
            if other is None:
                self._data.append(piece)
                return ""
            self._data.append(piece[: other.start()])
            piece = piece[other.start() :]
        self._end += piece
        if self._way == _ADDRESS:
            rest, self._end = self._end, ""
            self._end_address(found, rest)
            return rest
        closing = (_CLOSING if self._way == _MARKDOWN else _TAG_CLOSING).match(self._end)
        if closing is not None:
            rest = self._end[closing.end() :]
            self._let_go(found, closing[0])
            return rest
        begun = (_CLOSING_BEGUN if self._way == _MARKDOWN else _TAG_CLOSING_BEGUN).fullmatch(
            self._end
        )
        if begun is not None and len(self._end) < _LONGEST_TITLE:
            return ""
        rest, self._end = self._end, ""
        self._let_go(found, "")
        return rest

    def _end_address(self, found: list[str], rest: str) -> None:
        """Ends a bare address; one that is short, or cut for show, is text."""
        url = "".join(self._data)
        is_picture = self._kind in _KINDS and not rest.startswith(_ELIDED)
        if (is_picture and len(url) > _BARE) or len(url) > _SMALL:
            found.append(Picture(url))
        else:
            self._show(url, found)
        self.is_inside = False
        self._data = []

    def _let_go(self, found: list[str], closing: str) -> None:
        """Ends a picture: with its closing bracket, or where something else came in its place."""
        url = "".join(self._data)
        head = len(self._data[0])
        is_shown = self._kind in _KINDS and bool(closing) and len(url) > head
        if is_shown or len(url) > _SMALL:
            found.append(Picture("".join(url.split())))
            if not closing and self._end:
                self._show(self._end, found)
        else:
            self._show(self._opening + url[head:] + (closing or self._end), found)
        self.is_inside = False
        self._end = ""
        self._data = []


class _CodeWatch:
    """Whether a text so far ends inside of code; reads every letter once, and only when asked."""

    def __init__(self) -> None:
        self._unread: list[str] = []
        self._line = ""
        self._fence = ""

    def add(self, piece: str) -> None:
        """Takes in a piece of the text."""
        self._unread.append(piece)

    @property
    def is_code(self) -> bool:
        """Whether the end of the text stands in a fence or behind an open backtick."""
        lines = (self._line + "".join(self._unread)).split("\n")
        self._unread.clear()
        for line in lines[:-1]:
            self._end_line(line)
        self._line = lines[-1][:_LINE_HEAD] + ("`" * (lines[-1][_LINE_HEAD:].count("`") % 2))
        return bool(self._fence) or self._line.count("`") % 2 == 1

    def _end_line(self, line: str) -> None:
        mark = _FENCE.match(line)
        if mark is None:
            return
        if not self._fence:
            is_open = mark[1][0] == "~" or "`" not in line[mark.end() :]
            self._fence = mark[1] if is_open else ""
        elif mark[1].startswith(self._fence) and not line[mark.end() :].strip():
            self._fence = ""
