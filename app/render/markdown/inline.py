"""Tokens inside a line become runs: what deceives is made visible, what may not be opened is only
text, a picture is a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.token import Token

from app.render.characters import LINE, shown
from app.render.formulas.tex import UNFINISHED
from app.render.markdown.links import host_of, is_openable
from app.render.tree import Mark, Run, Runs

LONGEST_WORD = 2_000
"""Characters without a space on one line: Qt lays one word of 1 MB out for over 20 s."""
LONGEST_INLINE = 20_000
"""Characters of one paragraph, item or cell that are read for marks; the rest stays plain."""
_EDGE = LINE + " "

_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_OPENING = {
    "strong_open": Mark.STRONG,
    "em_open": Mark.EMPHASIS,
    "s_open": Mark.STRIKE,
    "sub_open": Mark.SUBSCRIPT,
    "sup_open": Mark.SUPERSCRIPT,
    "kbd_open": Mark.KEY,
    "summary_open": Mark.STRONG,
}
_CLOSING = {kind.replace("open", "close"): mark for kind, mark in _OPENING.items()}


def with_breaks(text: str) -> str:
    """Newlines as line separators, and words no layout could bear broken."""
    text = _LONG_WORD.sub(
        lambda match: LINE.join(
            match[0][at : at + LONGEST_WORD] for at in range(0, len(match[0]), LONGEST_WORD)
        ),
        text,
    )
    return text.replace("\n", LINE)


def is_display(token: Token) -> bool:
    """Whether an inline token is a formula that stands by itself."""
    return token.type == "math_display"


def runs_of(token: Token) -> Runs:
    """The runs of one inline token."""
    children = token.children or []
    if len(token.content) > LONGEST_INLINE and len(children) > LONGEST_INLINE:
        return (Run(with_breaks(shown(token.content))),)
    return runs_of_children(children)


def runs_of_children(children: list[Token]) -> Runs:
    """The runs of the tokens inside a line, without breaks at their ends."""
    if len(children) == 1 and children[0].type == "text":
        text = with_breaks(shown(children[0].content)).strip(_EDGE)
        return (Run(text),) if text else ()
    runs: list[Run] = []
    opened = dict.fromkeys(_OPENING.values(), 0)
    marks = Mark.NONE
    link = hint = ""
    for child in children:
        kind = child.type
        if kind in _OPENING:
            opened[_OPENING[kind]] += 1
            marks |= _OPENING[kind]
        elif kind in _CLOSING:
            mark = _CLOSING[kind]
            opened[mark] -= 1
            if not opened[mark]:
                marks &= ~mark
        elif kind == "link_open":
            address = str(child.attrs.get("href", ""))
            link = address if is_openable(address) else ""
            hint = shown(address)
        elif kind == "link_close":
            link = hint = ""
        elif kind == "image":
            runs.append(_image_label(child, marks, link))
        elif kind == "note_sign":
            text = shown(str(child.meta.get("text", "")))
            runs.append(Run(shown(child.content), marks | Mark.NOTE, link, hint or text))
        else:
            text, extra = _text_of(child)
            if text:
                runs.append(Run(text, marks | extra, link, hint))
    return _trimmed(whole(runs))


def _text_of(token: Token) -> tuple[str, Mark]:
    if token.type in ("softbreak", "hardbreak"):
        return LINE, Mark.NONE
    if token.type == "code_inline":
        return with_breaks(shown(token.content, is_code=True)), Mark.CODE
    if token.type in ("math_inline", "math_display"):
        is_open = token.content.endswith(UNFINISHED)
        text = shown(token.content.removesuffix(UNFINISHED)).replace("\n", " ")
        return text, Mark.MATH | (Mark.OPEN if is_open else Mark.NONE)
    return with_breaks(shown(token.content)), Mark.NONE


def _image_label(token: Token, marks: Mark, link: str) -> Run:
    address = str(token.attrs.get("src", ""))
    label = shown("".join(map(_alternative, token.children or []))).strip()
    text = f"image: {shown(host_of(address))} (not loaded)"
    link = link or (address if is_openable(address) else "")
    return Run(
        f"{label} [{text}]" if label else f"[{text}]", marks | Mark.IMAGE, link, shown(address)
    )


def _alternative(token: Token) -> str:
    """What a token inside a picture's label says."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(map(_alternative, token.children)) if token.children else token.content


def whole(runs: Sequence[Run]) -> Runs:
    """Runs that are set alike and stand beside each other, as one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        is_whole = run.marks & (Mark.MATH | Mark.NOTE | Mark.IMAGE)
        if (
            last
            and not is_whole
            and (last.marks, last.link, last.hint) == (run.marks, run.link, run.hint)
        ):
            joined[-1] = Run(last.text + run.text, run.marks, run.link, run.hint)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def _trimmed(runs: Runs) -> Runs:
    """Without the breaks and spaces at the ends that a tag or a formula beside them leaves."""
    while runs and not (first := _edged(runs[0], str.lstrip)).text:
        runs = runs[1:]
    while runs and not (last := _edged(runs[-1], str.rstrip)).text:
        runs = runs[:-1]
    if len(runs) > 1:
        return (first, *runs[1:-1], last)
    return (_edged(first, str.rstrip),) if runs else ()


def _edged(run: Run, strip: Callable[[str, str], str]) -> Run:
    text = strip(run.text, LINE if run.marks & Mark.CODE else _EDGE)
    return run if text == run.text else replace(run, text=text)
