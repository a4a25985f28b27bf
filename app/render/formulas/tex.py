"""Tells formulas from money and prose, and where a displayed formula begins and ends. Pure."""

from __future__ import annotations

import re

LONGEST_FORMULA = 1_500
"""Characters of TeX that are drawn; a longer formula is shown as it was written."""
FORMULA_LINES = 60
"""Lines after which a displayed formula that is not closed is text."""
UNFINISHED = "\ufdd0"
"""Stands at the end of a formula that is still being written; no text may hold it (Unicode)."""

_CLOSING = {"$$": "$$", "\\[": "\\]"}
_MATH = re.compile(r"\$(?=[^\s$])((?:\\.|[^$\\\n])*?(?:[^\s\\$]|\\[^\s\w]))\$(?![\d$])")
_ENVIRONMENT = re.compile(
    r"\\begin\{((?:align|equation|gather|multline|eqnarray|alignat|flalign)\*?)\}"
)
_SPELT = re.compile(
    r"\\(?:text|ce|mathrm|textbf|textit|operatorname|mathbf|begin|end)\*?\s*\{[^{}]*\}"
)
COMMAND = re.compile(r"\\[A-Za-z]+")
"""A command by its letters."""
_TWO_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}[,.;]?\s+[A-Za-z]{2,}")
_WORD = re.compile(r"[A-Za-z]{3,}")
_SHORT_WORD = re.compile(r"[A-Za-z]{2,}")
_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}(?![^A-Z0-9_/])")
_SIGNS = re.compile(r"[\\^_{}=<>+*|]")
_QUOTED = re.compile('["`]')
_MEMBER = re.compile(r"\w+(?:->|::)|\{\w+(?::?[-=?+].*)?\}[^$]*[\"'`]")
_HALF_MEMBER = re.compile(r"\w+(?:-|->|:)|\{[A-Za-z_]\w*(?![\w^_ ])|\{(?:[A-Za-z_]\w*)?\Z")
_JOINTS = ".-+,=|&<>?@%!~*"
_JOINED = re.compile(r"(?<![\^_\\])[.+,=|&<>?@%!~*_-]\Z")
"""What stands between two variables; behind ^ and _ it is raised or lowered."""
_IDENTIFIER = re.compile(r"[A-Za-z_]\w{2,}")
_LAST_COMMAND = re.compile(r"\\[A-Za-z]*$")
_PATTERN = re.compile(
    r"\\[wdsbWDSB](?![A-Za-z])|\.[*+](?!\w)|^\^?(?:a-z|A-Z|0-9|\\.|[_.-])+$|^\?[:=!]"
    r"|^[A-Za-z0-9]{2,}(?:\|[A-Za-z0-9]{2,})+$"
)
r"""What only patterns hold: `\w`, `.*`, `a-z`, `?:`; a `\[a-z\]+` is none of mathematics."""
_UNENDED = tuple("/:,;([")


def inline_formula(text: str, at: int, end: int) -> tuple[str, int] | None:
    """The TeX of a formula that begins with a dollar at a place, and where it ends.

    The currency rule: no space inside the dollars, no letter or digit before the first, no digit
    after the last, and between them no prose.
    """
    if at and (text[at - 1].isalnum() or text[at - 1] == "$"):
        return None
    match = _MATH.match(text, at, end)
    if match is None or len(match[0]) > LONGEST_FORMULA or not is_formula(match[1]):
        return None
    if _is_variable(match[1], text[match.end() : match.end() + 1]):
        return None
    return match[1], match.end()


def _is_variable(body: str, following: str) -> bool:
    """Whether two dollars begin variables of a program, one behind the other, as in a shell, in
    PHP, in Perl and in makefiles."""
    if _QUOTED.search(body) or _MEMBER.match(body):
        return True
    if following in ("{", "("):
        return body[0] == following or body[-1] in _JOINTS
    if following != "_" and not following.isalpha():
        return False
    return bool(_JOINED.search(body) or _IDENTIFIER.fullmatch(body))


def is_formula(body: str) -> bool:
    """Whether what stands between two dollars is a formula rather than prose about money."""
    if body.endswith(UNFINISHED):
        body = body.removesuffix(UNFINISHED).rstrip("/:,;([ ")
    bare = COMMAND.sub(" \\\\ ", _SPELT.sub("\\\\", body))
    if _TWO_WORDS.search(bare) or body.endswith(_UNENDED):
        return False
    return not (body[:1].isdigit() and _SHORT_WORD.search(bare) and not _SIGNS.search(bare))


def is_surely_formula(body: str) -> bool:
    """Whether what follows a dollar and is not closed yet is more likely a formula than money."""
    bare = body.strip()
    if not bare or body[0].isspace() or not is_formula(bare.rstrip("/:,;([")):
        return False
    if bare[0].isdigit():
        return bool(re.search(r"[\\^_{=]", bare))
    return _NAME.match(bare) is None and _HALF_MEMBER.match(bare) is None


def is_bracketed_formula(body: str, opening: str) -> bool:
    r"""Whether what stands between `\(` or `\[` and its end is a formula, not a bracket."""
    bare = body.removesuffix(UNFINISHED).strip()
    # The last command of a formula that is still being written may have begun only.
    whole = _LAST_COMMAND.sub("", bare) if body.endswith(UNFINISHED) else bare
    if not any(c.isalnum() for c in bare) or _PATTERN.search(whole):
        return False
    if _SIGNS.search(bare):
        return True
    if opening == "\\[" and bare.isdigit():
        return False
    return not _WORD.search(bare) and not _TWO_WORDS.search(bare)


def opens_display(line: str) -> str:
    """The sign that closes the displayed formula which a line opens; empty when it opens none."""
    bare = line.strip()
    if environment := _ENVIRONMENT.match(bare):
        closing = f"\\end{{{environment[1]}}}"
        return closing if bare.find(closing) in (-1, len(bare) - len(closing)) else ""
    closing = _CLOSING.get(bare[:2], "")
    if not closing or bare[2:3] == "$":
        return ""
    body = bare[2:]
    end = body.find(closing)
    if end >= 0:
        inner = body[:end]
        is_whole = end == len(body) - 2 and (closing == "$$" or is_bracketed_formula(inner, "\\["))
        return closing if is_whole and inner.strip() else ""
    if not body:
        return closing
    if closing == "\\]":
        return "" if body.count("]") > body.count("[") else closing
    return closing if is_formula(body) else ""


def closes_display(line: str, closing: str, *, is_first: bool) -> bool:
    """Whether a line ends the displayed formula."""
    bare = line.strip()
    if is_first and closing[:4] != "\\end":
        return len(bare) >= 5 and bare.endswith(closing)
    return bare.endswith(closing)


def body_of(source: str) -> str:
    """The TeX of a displayed formula without its signs."""
    bare = "\n".join(line.rstrip() for line in source.strip().split("\n"))
    for opening, closing in _CLOSING.items():
        if bare.startswith(opening):
            return bare[2:].removesuffix(closing).strip()
    return bare
