"""Colours code: Pygments tokens become spans in five roles, with offsets as Qt counts them
(UTF-16)."""

from __future__ import annotations

from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

from app.render.tree import Span

COMMON = (
    "python", "javascript", "bash", "json", "html", "css", "typescript", "sql", "yaml", "cpp", "c",
    "java", "rust", "go", "diff", "xml", "toml", "csharp", "ruby", "php",
)  # fmt: skip
"""The languages models write most, to be loaded when idle: the first use of a lexer costs 1–37
ms."""

WINDOW = 60
"""Lines coloured again when lines are added; fewer are kept when one of them starts at the
margin."""

_ROLES: dict[_TokenType, str] = {
    Comment: "comment",
    Comment.Preproc: "keyword",
    Keyword: "keyword",
    Keyword.Type: "name",
    Operator.Word: "keyword",
    Name.Function: "name",
    Name.Class: "name",
    Name.Tag: "keyword",
    Name.Attribute: "name",
    Name.Builtin.Pseudo: "keyword",
    Name.Decorator: "name",
    Name.Constant: "number",
    String: "text",
    Number: "number",
    Generic.Inserted: "text",
    Generic.Deleted: "number",
    Generic.Heading: "comment",
    Generic.Subheading: "name",
}


@lru_cache(128)
def lexer(language: str) -> Lexer:
    """The lexer of a language by its name; plain text for one that is not known. Never guesses."""
    if language and len(language) <= 40:
        try:
            return get_lexer_by_name(language.lower(), stripnl=False)
        except ClassNotFound:
            return TextLexer(stripnl=False)
    return TextLexer(stripnl=False)


def preload(language: str) -> None:
    """Pays for a lexer's first use now."""
    for _ in lexer(language).get_tokens("x"):
        pass


@lru_cache(1024)
def _role(token: _TokenType) -> str:
    current: _TokenType | None = token
    while current is not None:
        if current in _ROLES:
            return _ROLES[current]
        current = current.parent
    return ""


def spans(code: str, language: str) -> list[list[Span]]:
    """The coloured spans of each line of some code."""
    rows: list[list[Span]] = [[]]
    column = 0
    is_narrow = code.isascii() or max(code, default="") <= "\uffff"
    for token, value in lexer(language).get_tokens(code):
        role = _role(token)
        first, *others = value.split("\n")
        for index, part in enumerate((first, *others)):
            if index:
                rows.append([])
                column = 0
            if part:
                length = len(part) if is_narrow else len(part.encode("utf-16-le")) // 2
                if role:
                    rows[-1].append((column, length, role))
                column += length
    return rows[: code.count("\n") + 1]  # some lexers need a last line break, and get one


class Highlighter:
    """Colours code that grows, lexing again only from a line where it is safe to start."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._lines: list[str] = [""]
        self._safe = 0

    def append(self, text: str) -> tuple[int, list[list[Span]]]:
        """Adds text. Gives the first line whose colours may have changed, and the spans from
        there on."""
        first, *others = text.split("\n")
        self._lines[-1] += first
        self._lines.extend(others)
        if len(self._lines) - self._safe > WINDOW:
            at = len(self._lines) - WINDOW // 2
            while at > self._safe and not self._lines[at][:1].strip():
                at -= 1
            self._safe = at if at > self._safe else len(self._lines) - WINDOW // 2
        return self._safe, spans("\n".join(self._lines[self._safe :]), self.language)

    def whole(self) -> list[list[Span]]:
        """The spans of every line, lexed from the start: the truth once the code is complete."""
        self._safe = 0
        return spans("\n".join(self._lines), self.language)
