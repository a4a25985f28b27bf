"""Reads what models write: markdown-it-py tokens become our own tree; nothing of it is ever
HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from app.render.characters import shown
from app.render.formulas.tex import LONGEST_FORMULA, UNFINISHED
from app.render.markdown.inline import is_display, runs_of, runs_of_children, with_breaks
from app.render.markdown.markdown_it import DEEPEST, LEVELS, reader
from app.render.splitting.line_signs import alert_of, language_of
from app.render.splitting.wide_tables import MOST_COLUMNS, narrowed
from app.render.tree import (
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Lines,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Run,
    Runs,
    Table,
    plain,
)

MOST_CELLS = 2_000
"""Table cells drawn: 10,000 cells take half a second to lay out."""

_TOO_DEEP = re.compile(rf"(?m)^(?:[ \t]*>){{{DEEPEST + 1}}}")
_NUMBERED = re.compile(r"\d{1,9}[.)] +")
_BULLET = re.compile(r" *[-*+] ")
_SHALLOW = re.compile(r"(?m)^\d{1,9}[.)] .*\n(?:.*\n)*?  ?[-*+] ")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


def parse(source: str, references: Mapping[str, Any] | None = None) -> tuple[Block, ...]:
    """The blocks of some Markdown.

    Reads: sound text (see `characters.sound`); `references` as `definitions` gives them.
    Never raises; what is cut by a cap has a `Remark` beside it that says so: of columns before the
    table, which may go on below, of anything else behind it.
    """
    known = dict(references or {})
    env: dict[str, Any] = {"notes": known.pop("^", {}), "references": known}
    is_too_deep = bool(_TOO_DEEP.search(source))
    narrow, columns = narrowed(_nested(source), MOST_COLUMNS)
    tokens = [] if is_too_deep else reader().parse(narrow, env)
    if is_too_deep or any(token.level >= LEVELS - 2 for token in tokens):
        return (
            Paragraph((Run(with_breaks(shown(source))),)),
            Remark(f"Nested more than {DEEPEST} levels deep: shown as it was written."),
        )
    blocks = _Tree(tokens).blocks()
    if undrawn := env.get("undrawn", 0):
        formulas = "formulas here are" if undrawn > 1 else "formula here is"
        blocks = (*blocks, Remark(f"{undrawn:,} more {formulas} shown as written."))
    if columns:
        more = Remark(f"{columns:,} more columns of this table are not drawn.")
        return (more, *blocks)
    return blocks


def definitions(source: str) -> dict[str, Any]:
    """What some Markdown defines for the rest of the answer, to be given to `parse`.

    Link addresses (`[name]: address`) by name, and footnotes' texts by label under "^".
    """
    if "]:" not in source:
        return {}
    env: dict[str, Any] = {}
    tokens = reader().parse(source, env)
    found = dict(env.get("references", {}))
    notes = {
        token.content.casefold(): _text_of_note(tokens[at + 1 :])
        for at, token in enumerate(tokens)
        if token.type == "note_open"
    }
    return found | ({"^": notes} if notes else {})


def joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two sets of definitions as one; of two for the same name the first counts."""
    notes = {**second.get("^", {}), **first.get("^", {})}
    return {**second, **first} | ({"^": notes} if notes else {})


def _text_of_note(tokens: Sequence[Token]) -> str:
    texts = []
    for token in tokens:
        if token.type == "note_close":
            break
        if token.type == "inline":
            texts.append(plain(runs_of(token)))
    return "\n".join(texts)[:300]


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
        kind, lines = token.type, _lines(token)
        if kind == "paragraph_open":
            return self._paragraph(lines)
        if kind == "heading_open":
            return (Heading(int(token.tag[1]), runs_of(self._inline()), lines=lines),)
        if kind in ("fence", "code_block"):
            text = token.content.removesuffix("\n")
            return (Code(language_of(token.info), text, lines=lines),)
        if kind == "math_block":
            return _formula(token.content, lines)
        if kind == "blockquote_open":
            return (_quote(self.blocks("blockquote_close"), lines),)
        if kind == "note_open":
            blocks = self.blocks("note_close")
            return (Note(shown(token.content), blocks, lines=lines),)
        if kind in ("bullet_list_open", "ordered_list_open"):
            return (self._listing(token),)
        if kind == "table_open":
            return self._table(lines)
        if kind == "hr":
            return (Rule(lines=lines),)
        return ()

    def _inline(self) -> Token:
        token = self._tokens[self._at]
        self._at += 2
        return token

    def _paragraph(self, lines: Lines) -> tuple[Block, ...]:
        """A paragraph; displayed formulas in it stand by themselves."""
        token = self._inline()
        children = token.children or []
        if not any(map(is_display, children)):
            runs = runs_of(token)
            return (Paragraph(runs, lines=lines),) if runs else ()
        found: list[Block] = []
        group: list[Token] = []
        for child in [*children, None]:
            if child is not None and not is_display(child):
                group.append(child)
                continue
            runs = runs_of_children(group)
            if plain(runs).strip():
                found.append(Paragraph(runs, lines=lines))
            group = []
            if child is not None:
                found.extend(_formula(child.content, lines))
        return tuple(found)

    def _listing(self, token: Token) -> Listing:
        is_ordered = token.type == "ordered_list_open"
        start = int(token.attrs.get("start", 1)) if is_ordered else None
        closing = token.type.replace("open", "close")
        items: list[Item] = []
        is_tight = True
        while self._tokens[self._at].type != closing:
            opening = self._tokens[self._at]
            self._at += 1
            level = opening.level + 1
            at = self._at
            while self._tokens[at].level >= level:
                following = self._tokens[at]
                if following.level == level and following.type == "paragraph_open":
                    is_tight = is_tight and following.hidden
                at += 1
            items.append(_task(self.blocks("list_item_close"), _lines(opening)))
        self._at += 1
        return Listing(tuple(items), start, is_tight, lines=_lines(token))

    def _table(self, lines: Lines) -> tuple[Block, ...]:
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
        head, *body = drawn
        found: list[Block] = [Table(head, tuple(alignments[: len(head)]), tuple(body), lines=lines)]
        if more > 0:
            found.insert(0, Remark(f"{more:,} more columns of this table are not drawn."))
        if dropped:
            found.append(Remark(f"{dropped:,} more rows of this table are not drawn."))
        return tuple(found)


def _lines(token: Token) -> Lines:
    first, last = token.map or (0, 0)
    return first, last


def _formula(content: str, lines: Lines) -> tuple[Block, ...]:
    is_open = content.endswith(UNFINISHED)
    text = shown(content.removesuffix(UNFINISHED).strip())
    if len(text) > LONGEST_FORMULA:
        return (
            Code("latex", text, lines=lines),
            Remark("This formula is too long to draw: shown as it was written."),
        )
    return (Formula(text, is_open, lines=lines),)


def _quote(blocks: tuple[Block, ...], lines: Lines) -> Quote:
    """A quote, or the alert that its first line makes of it."""
    if blocks and isinstance(first := blocks[0], Paragraph) and first.runs:
        head = first.runs[0]
        title, _, rest = head.text.partition("\u2028")
        kind = "" if head.marks or head.link else alert_of(title)
        if kind:
            runs = ((replace(head, text=rest),) if rest else ()) + first.runs[1:]
            body = (replace(first, runs=runs), *blocks[1:]) if runs else blocks[1:]
            return Quote(body, kind, lines=lines)
    return Quote(blocks, lines=lines)


def _task(blocks: tuple[Block, ...], lines: Lines) -> Item:
    if blocks and isinstance(first := blocks[0], Paragraph) and first.runs:
        head = first.runs[0]
        match = None if head.marks else _TASK.match(head.text)
        if match:
            rest = replace(head, text=head.text[match.end() :])
            runs = ((rest,) if rest.text else ()) + first.runs[1:]
            paragraph = replace(first, runs=runs or (Run("", Mark.NONE),))
            return Item((paragraph, *blocks[1:]), match[1] != " ", lines=lines)
    return Item(blocks, lines=lines)
