"""The end of a line that is still being written: marks that are open are closed for the eye, and
what may yet become a mark is held back."""

from __future__ import annotations

import re

from app.render.formulas.tex import (
    LONGEST_FORMULA,
    UNFINISHED,
    inline_formula,
    is_bracketed_formula,
    is_surely_formula,
)

_HALF_IMAGE = re.compile(r"!(?:\[[^\[\]\n]*(?:\](?:\([^()\s]*)?)?)?$")
_HALF_LINK = re.compile(
    r"(?<!\\)\[(?!\^|!|\d{1,3}\]?$)([^\[\]\n]*)"
    r"(?:\](?:\((?:<[^<>\n]*>?|(?:[^\s()<]|\([^\s()]*\))*(?:\([^\s()]*)?)(?:\s+(?:\"[^\"]*\"?)?)?"
    r"|\[[^\[\]\n]*)?)?$"
)
_HALF_NOTE = re.compile(r"\[\^[^\s\[\]]{0,40}$")
_HALF_ENTITY = re.compile(r"&#?[A-Za-z0-9]{0,8}$")
_HALF_ADDRESS = re.compile(r"<(?=[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*$)")
_TAGS = ("br", "sub", "sup", "kbd", "summary", "details", "https", "mailto")
_HALF_TAG = re.compile(r"</?([a-z]*)[ /]*$", re.IGNORECASE)
_PAIRED = re.compile(r"<(/?)(sub|sup|kbd|summary)>", re.IGNORECASE)
_BRACKETS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}


def close_marks(text: str, start: int = 0) -> str:
    """A text whose open marks are closed; marks are read from a place on."""
    text = _held(text)
    stack: list[str] = []
    at, size = start, len(text)
    while at < size:
        sign = text[at]
        if sign in "$\\":
            end, closing = _past_formula(text, at)
            if closing:
                return text[:end].rstrip() + closing + "".join(reversed(stack))
            if end == size and text[at:].strip() in ("$", "$$", "\\", "\\(", "\\["):
                return _closed(text[:at], stack)
            at = end
            continue
        if sign not in "`*_~":
            at += 1
            continue
        end = at
        while end < size and text[end] == sign:
            end += 1
        if sign == "`":
            close = re.compile(rf"(?<!`){text[at:end]}(?!`)").search(text, end)
            if close is not None:
                at = close.end()
                continue
            return _closed(text[:at], stack) if end == size else _open_code(text, at, end, stack)
        if not _weigh(text, at, end, stack):
            return _closed(text[:at], stack)
        at = end
    return _closed(text, stack) if stack else text


def _closed(text: str, stack: list[str]) -> str:
    return text.rstrip() + "".join(reversed(stack))


def _open_code(text: str, at: int, end: int, stack: list[str]) -> str:
    run = text[at:end]
    inner = text[end:]
    if len(run) > 1:
        bare = inner.rstrip()
        inner = bare[: -len(run) + 1] if bare.endswith(run[:-1]) else bare
        inner += " " if inner.endswith("`") else ""
    return text[:end] + inner.rstrip("\n") + run + "".join(reversed(stack))


def _held(text: str) -> str:
    """Without what may yet become a link, a picture, a footnote, a tag or a character's name."""
    if (len(text) - len(text.rstrip("\\"))) % 2:
        text = text[:-1]
    if text.count("`") % 2:
        return text
    text = _HALF_ENTITY.sub("", _HALF_NOTE.sub("", _HALF_IMAGE.sub("", text)))
    tag = _HALF_TAG.search(text)
    if tag and any(name.startswith(tag[1].lower()) for name in _TAGS):
        text = text[: tag.start()]
    text = _HALF_ADDRESS.sub("", text)
    text = _HALF_LINK.sub(r"\1", text)
    opened: list[str] = []
    for match in _PAIRED.finditer(text):
        name = match[2].lower()
        if not match[1]:
            opened.append(name)
        elif name in opened:
            opened.remove(name)
    return text + "".join(f"</{name}>" for name in reversed(opened))


def _past_formula(text: str, at: int) -> tuple[int, str]:
    """Where what begins with a dollar or backslash ends; and how it is closed when it is open."""
    opening = text[at : at + 2]
    closing = _BRACKETS.get(opening)
    if closing is not None:
        end = text.find(closing, at + 2)
        if end >= 0:
            return end + 2, ""
        body = text[at + 2 :].rstrip("\\$ \n")
        if 0 < len(body) < LONGEST_FORMULA and "\n\n" not in body:
            is_fit = opening == "$$" or is_bracketed_formula(body + UNFINISHED, opening)
            if is_fit:
                return at + 2 + len(text[at + 2 :].rstrip("\\$ \n")), UNFINISHED + closing
        return (len(text), "") if not body else (at + 2, "")
    if text[at] == "\\":
        return min(len(text), at + 2), ""
    found = inline_formula(text, at, len(text))
    if found is not None:
        return found[1], ""
    body = text[at + 1 :]
    is_apart = not at or not (text[at - 1].isalnum() or text[at - 1] == "$")
    if is_apart and "\n" not in body and "$" not in body and is_surely_formula(body):
        return len(text), f"{UNFINISHED}$"
    return at + 1, ""


def _weigh(text: str, at: int, end: int, stack: list[str]) -> bool:
    """Opens or closes marks by one run of signs; False when the run ends the text and is not
    decided."""
    run, sign = text[at:end], text[at]
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    is_last = end == len(text)
    if sign == "~" and len(run) != 2:
        return not is_last
    left = len(run)
    if not before.isspace() and not (sign == "_" and after.isalnum()):
        open_now = len(stack)
        while left and open_now and stack[open_now - 1][0] == sign:
            if len(stack[open_now - 1]) > left:
                break
            open_now -= 1
            left -= len(stack[open_now])
        if left and is_last:
            return False
        del stack[open_now:]
    if is_last:
        return left == 0
    if left and not after.isspace() and not (sign == "_" and before.isalnum()):
        if left >= 2:
            stack.append(sign * 2)
        if left % 2:
            stack.append(sign)
    return True
