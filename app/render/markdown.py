"""Reads what models write: markdown-it-py tokens become our own tree; nothing of it is ever
HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from app.render.characters import shown
from app.render.links import host_of, is_openable
from app.render.tree import (
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Listing,
    Mark,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Run,
    Runs,
    Table,
)

DEEPEST = 32
"""Lists and quotes inside each other; deeper text is shown as it was written."""
MOST_CELLS = 2_000
"""Table cells drawn (SECURITY §2: 10,000 cells take half a second to lay out)."""
MOST_COLUMNS = 24
"""Table columns drawn."""
LONGEST_WORD = 2_000
"""Characters without a space on one line (SECURITY §2: one word of 1 MB takes over 20 s)."""
LONGEST_INLINE = 20_000
"""Characters of one paragraph, item or cell that are read for marks; the rest stays plain."""

_LEVELS = DEEPEST * 2 + 4
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_TOO_DEEP = re.compile(rf"(?m)^(?:[ \t]*>){{{DEEPEST + 1}}}")
_NUMBERED = re.compile(r"\d{1,9}[.)] +")
_BULLET = re.compile(r" *[-*+] ")
_SHALLOW = re.compile(r"(?m)^\d{1,9}[.)] .*\n(?:.*\n)*?  ?[-*+] ")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_MATH = re.compile(r"\$(?=[^\s$])((?:\\.|[^$\\\n])*?[^\s\\$]|[^\s\\$])\$(?!\d)")
_MATH_BRACKETS = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
_MATH_BLOCK = re.compile(r"\s*(?:\$\$(.*?)\$\$|\\\[(.*?)\\\])\s*", re.DOTALL)
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)


def parse(source: str, references: Mapping[str, Any] | None = None) -> tuple[Block, ...]:
    """The blocks of some Markdown.

    Reads: sound text (see `characters.sound`); `references` as `definitions` gives them.
    Never raises; what is cut by a cap is followed by a `Remark` that says so.
    """
    formula = _MATH_BLOCK.fullmatch(source)
    if formula and (body := (formula[1] or formula[2] or "").strip()) and "$$" not in body:
        return (Formula(shown(body)),)
    env: dict[str, Any] = {"references": dict(references or {})}
    tokens = [] if _TOO_DEEP.search(source) else _reader().parse(_nested(source), env)
    if (not tokens and _TOO_DEEP.search(source)) or any(t.level >= _LEVELS - 2 for t in tokens):
        return (
            Paragraph((Run(_with_breaks(shown(source))),)),
            Remark(f"Nested more than {DEEPEST} levels deep: shown as it was written."),
        )
    return _Tree(tokens).blocks()


def definitions(source: str) -> dict[str, Any]:
    """The link definitions of some Markdown (`[name]: address`), to be given to `parse`."""
    if "]:" not in source:
        return {}
    env: dict[str, Any] = {}
    _reader().parse(source, env)
    return dict(env.get("references", {}))


def _nested(source: str) -> str:
    """Bullets two spaces below a numbered item, as models write them, moved to where CommonMark
    nests them."""
    if not _SHALLOW.search(source):
        return source
    lines = source.split("\n")
    width = shift = 0
    for at, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if marker := _NUMBERED.match(line):
            width, shift = marker.end(), 0
        elif line.strip():
            if indent < 2:
                width = shift = 0
            elif indent < width and _BULLET.match(line):
                shift = width - indent
            if shift:
                lines[at] = " " * shift + line
    return "\n".join(lines)


@lru_cache(1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt(
        "commonmark", {"html": False, "linkify": True, "maxNesting": _LEVELS, "breaks": True}
    )
    reader.enable(["table", "strikethrough", "linkify"])
    reader.inline.ruler.at("emphasis", _emphasis)
    reader.inline.ruler.before("escape", "math", _math)
    reader.validateLink = _is_linkable  # type: ignore[method-assign]
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("ftp:", "//"):
        reader.linkify.add(scheme, None)
    return reader


def _is_linkable(url: str) -> bool:
    return is_openable(url)


def _math(state: StateInline, silent: bool) -> bool:
    sign = state.src[state.pos]
    if sign == "$":
        match = _MATH.match(state.src, state.pos, state.posMax)
    elif sign == "\\":
        match = _MATH_BRACKETS.match(state.src, state.pos, state.posMax)
    else:
        return False
    if match is None or len(match[0]) > LONGEST_WORD:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = match[1]
        token.markup = match[0]
    state.pos = match.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, except that a star beside CJK text needs no space to open or close."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        end = state.pos + scanned.length
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[end] if end < state.posMax else " "
        if _WIDE.match(before) and not _is_sign(before) and not isWhiteSpace(ord(after)):
            can_open = True
        if _WIDE.match(after) and not _is_sign(after) and not isWhiteSpace(ord(before)):
            can_close = True
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


def _is_sign(character: str) -> bool:
    return isPunctChar(character) or isMdAsciiPunct(ord(character))


def _with_breaks(text: str) -> str:
    """Newlines as line separators, and words no layout could bear broken."""
    text = _LONG_WORD.sub(
        lambda match: "\u2028".join(
            match[0][at : at + LONGEST_WORD] for at in range(0, len(match[0]), LONGEST_WORD)
        ),
        text,
    )
    return text.replace("\n", "\u2028")


class _Tree:
    """Walks the tokens once and builds the blocks."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def blocks(self, closing: str = "") -> tuple[Block, ...]:
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == closing:
                break
            found.extend(self._block(token))
        return tuple(found)

    def _block(self, token: Token) -> tuple[Block, ...]:
        kind = token.type
        if kind == "paragraph_open":
            runs = self._inline()
            return (Paragraph(runs),) if runs else ()
        if kind == "heading_open":
            return (Heading(int(token.tag[1]), self._inline()),)
        if kind in ("fence", "code_block"):
            language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
            return (Code(shown(language[:40]), token.content.removesuffix("\n")),)
        if kind == "blockquote_open":
            return (Quote(self.blocks("blockquote_close")),)
        if kind in ("bullet_list_open", "ordered_list_open"):
            return (self._listing(token),)
        if kind == "table_open":
            return self._table()
        if kind == "hr":
            return (Rule(),)
        return ()

    def _inline(self) -> Runs:
        token = self._tokens[self._at]
        self._at += 2
        return runs_of(token)

    def _listing(self, token: Token) -> Listing:
        is_ordered = token.type == "ordered_list_open"
        start = int(token.attrs.get("start", 1)) if is_ordered else None
        closing = token.type.replace("open", "close")
        items: list[Item] = []
        is_tight = True
        while self._tokens[self._at].type != closing:
            self._at += 1
            following = self._tokens[self._at]
            if following.type == "paragraph_open" and not following.hidden:
                is_tight = False
            items.append(_task(self.blocks("list_item_close")))
        self._at += 1
        return Listing(tuple(items), start, is_tight)

    def _table(self) -> tuple[Block, ...]:
        rows: list[tuple[Runs, ...]] = []
        alignments: list[str] = []
        cells: list[Runs] = []
        dropped = count = 0
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "th_open":
                style = str(token.attrs.get("style", ""))
                alignments.append(style.removeprefix("text-align:"))
            if token.type == "inline":
                count += 1
                if count <= MOST_CELLS:
                    cells.append(runs_of(token))
            elif token.type == "tr_close":
                if count <= MOST_CELLS or not rows:
                    rows.append(tuple(cells[: MOST_CELLS // 4]))
                else:
                    dropped += 1
                cells = []
        self._at += 1
        more = len(rows[0]) - MOST_COLUMNS
        drawn = [row[:MOST_COLUMNS] for row in rows]
        table = Table(drawn[0], tuple(alignments[: len(drawn[0])]), tuple(drawn[1:]))
        found: list[Block] = [table]
        if more > 0:
            found.append(Remark(f"{more:,} more columns of this table are not drawn."))
        if dropped:
            found.append(Remark(f"{dropped:,} more rows of this table are not drawn."))
        return tuple(found)


def _task(blocks: tuple[Block, ...]) -> Item:
    if blocks and isinstance(first := blocks[0], Paragraph) and not first.runs[0].marks:
        head = first.runs[0]
        if match := _TASK.match(head.text):
            rest = Run(head.text[match.end() :], head.marks, head.link, head.hint)
            runs = ((rest,) if rest.text else ()) + first.runs[1:]
            done = match[1] != " "
            return Item((Paragraph(runs or (Run(""),)), *blocks[1:]), done)
    return Item(blocks)


def runs_of(token: Token) -> Runs:
    """The runs of one inline token."""
    children = token.children or []
    if len(token.content) > LONGEST_INLINE and len(children) > LONGEST_INLINE:
        return (Run(_with_breaks(shown(token.content))),)
    runs: list[Run] = []
    marks = Mark.NONE
    link = hint = ""
    for child in children:
        kind = child.type
        if kind in _OPENING:
            marks |= _OPENING[kind]
        elif kind in _CLOSING:
            marks &= ~_CLOSING[kind]
        elif kind == "link_open":
            link = str(child.attrs.get("href", ""))
            link = hint = link if is_openable(link) else ""
        elif kind == "link_close":
            link = hint = ""
        elif kind == "image":
            runs.append(_image_label(child, marks))
        else:
            text, extra = _text_of(child)
            if text:
                runs.append(Run(text, marks | extra, link, hint))
    return _joined(runs)


_OPENING = {"strong_open": Mark.STRONG, "em_open": Mark.EMPHASIS, "s_open": Mark.STRIKE}
_CLOSING = {"strong_close": Mark.STRONG, "em_close": Mark.EMPHASIS, "s_close": Mark.STRIKE}


def _text_of(token: Token) -> tuple[str, Mark]:
    if token.type in ("softbreak", "hardbreak"):
        return "\u2028", Mark.NONE
    if token.type == "code_inline":
        return _with_breaks(shown(token.content, is_code=True)), Mark.CODE
    if token.type == "math_inline":
        return _with_breaks(shown(token.content)), Mark.MATH
    text = _with_breaks(shown(token.content))
    return _BREAKS.sub("\u2028", text) if "<" in text else text, Mark.NONE


def _image_label(token: Token, marks: Mark) -> Run:
    address = str(token.attrs.get("src", ""))
    label = shown(token.content).strip()
    text = f"image: {shown(host_of(address))} (not loaded)"
    link = address if is_openable(address) else ""
    return Run(
        f"{label} [{text}]" if label else f"[{text}]", marks | Mark.IMAGE, link, shown(address)
    )


def _joined(runs: list[Run]) -> Runs:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.marks, last.link, last.hint) == (run.marks, run.link, run.hint):
            joined[-1] = Run(last.text + run.text, run.marks, run.link, run.hint)
        else:
            joined.append(run)
    return tuple(joined)
