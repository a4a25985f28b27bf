"""What models write inside a line beyond CommonMark: formulas, footnote signs, a few tags, and
bold that stands beside CJK text or ends with a sign."""

from __future__ import annotations

import re

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from app.render.formulas.tex import (
    LONGEST_FORMULA,
    inline_formula,
    is_bracketed_formula,
    is_formula,
)

MOST_BRACKETS = 200
"""Opening brackets in one paragraph in which links are looked for."""

MOST_FORMULAS = 80
"""Formulas in one paragraph that are drawn; those behind them stay the text they are."""

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_ENDING = frozenset(":.,;!?)]}\"'”’»—–…%：。，、；！？）］｝」』】》〉％")
_NOTE = re.compile(r"\[\^([^\s\[\]^]{1,40})\](?!\()")
_TAG = re.compile(r"<(/?)(br|sub|sup|kbd|summary|details)(?:\s+open)?\s*/?>", re.IGNORECASE)
_ALONE_BEFORE = re.compile(r"(?:^|\n)[ \t]*(?:</?(?:details|summary)(?:\s+open)?>[ \t]*)*$")
_ALONE_AFTER = re.compile(r"[ \t]*(?=\n|$|<)")


def formula(state: StateInline, silent: bool) -> bool:
    r"""`$…$`, `\(…\)`, and the displayed `$$…$$` and `\[…\]` in the midst of a paragraph."""
    sign = state.src[state.pos]
    if sign not in "$\\":
        return False
    found = _bracketed(state) or (
        inline_formula(state.src, state.pos, state.posMax) if sign == "$" else None
    )
    if found is None:
        return False
    body, end = found
    if not silent and _is_one_too_many(state):
        state.env["undrawn"] = state.env.get("undrawn", 0) + 1
        state.append_pending(state.src[state.pos : end])
    elif not silent:
        is_display = state.src[state.pos : state.pos + 2] in ("$$", "\\[")
        token = state.push("math_display" if is_display else "math_inline", "math", 0)
        token.content = body
        token.markup = state.src[state.pos : end]
    state.pos = end
    return True


def _is_one_too_many(state: StateInline) -> bool:
    source, count = state.env.get("formulas", ("", 0))
    count = count + 1 if source is state.src else 1
    state.env["formulas"] = state.src, count
    return count > MOST_FORMULAS


def _bracketed(state: StateInline) -> tuple[str, int] | None:
    opening = state.src[state.pos : state.pos + 2]
    closing = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}.get(opening)
    if closing is None:
        return None
    start = state.pos + 2
    end = state.src.find(closing, start, min(state.posMax, start + LONGEST_FORMULA + 2))
    body = state.src[start:end].strip() if end >= 0 else ""
    if not body:
        return None
    is_fit = is_formula(body) if opening == "$$" else is_bracketed_formula(body, opening)
    return (body, end + 2) if is_fit else None


def note_sign(state: StateInline, silent: bool) -> bool:
    """`[^1]`: the sign of a footnote, when it is numbered or its footnote is known."""
    if state.src[state.pos] != "[":
        return False
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    notes = state.env.get("notes", {})
    if not match[1].isdigit() and match[1].casefold() not in notes:
        return False
    if not silent:
        token = state.push("note_sign", "sup", 0)
        token.content = match[1]
        token.meta = {"text": notes.get(match[1].casefold(), "")}
    state.pos = match.end()
    return True


def dense_brackets(state: StateInline, silent: bool) -> bool:
    """Takes a bracket as text where there are more than anybody writes: links inside links inside
    links cost time without end."""
    sign = state.src[state.pos]
    if sign != "[" and state.src[state.pos : state.pos + 2] != "![":
        return False
    source, is_dense = state.env.get("dense", ("", False))
    if source is not state.src:
        is_dense = state.src.count("[") > MOST_BRACKETS
        state.env["dense"] = state.src, is_dense
    if not is_dense:
        return False
    if not silent:
        state.pending += sign
    state.pos += 1
    return True


def tag(state: StateInline, silent: bool) -> bool:
    """`<br>`; in pairs `<sub>`, `<sup>`, `<kbd>`; on lines of their own `<details>`, `<summary>`.

    Every other tag stays the text it is.
    """
    if state.src[state.pos] != "<":
        return False
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    name, is_closing = match[2].lower(), bool(match[1])
    if name == "br":
        is_known = not is_closing
    elif name == "details":
        is_known = _is_alone(state, match)
    else:
        is_known = _is_paired(state, match, name, silent)
    if not is_known:
        return False
    if not silent:
        if name == "br":
            state.push("hardbreak", "br", 0)
        elif name != "details":
            state.push(f"{name}_{'close' if is_closing else 'open'}", name, 0)
    state.pos = match.end()
    return True


def _is_alone(state: StateInline, match: re.Match[str]) -> bool:
    start = state.src.rfind("\n", 0, match.start()) + 1
    before = _ALONE_BEFORE.match(state.src, max(0, start - 1), match.start())
    return before is not None and _ALONE_AFTER.match(state.src, match.end()) is not None


def _is_paired(state: StateInline, match: re.Match[str], name: str, silent: bool) -> bool:
    opened: dict[str, int] = state.env.setdefault("opened", {})
    if match[1]:
        if not silent:
            if not opened.get(name):
                return False
            opened[name] -= 1
        return True
    end = state.src.find(f"</{name}>", match.end(), state.posMax)
    if end < 0 or (name != "summary" and "\n" in state.src[match.end() : end]):
        return False
    if name == "summary":
        line = max(0, state.src.rfind("\n", 0, match.start()))
        if not _ALONE_BEFORE.match(state.src, line, match.start()):
            return False
    if not silent:
        opened[name] = opened.get(name, 0) + 1
    return True


def emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, except that a star beside CJK text needs no space to open or close,
    and that two stars behind a sign close what is open."""
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
        if scanned.length >= 2 and before in _ENDING:
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
