"""Shows an unfinished stretch of Markdown as it will be: open bold, code, links and tables are
closed for the eye."""

from __future__ import annotations

import re

_UNDECIDED = re.compile(
    r"(?:^|\n)[ \t]*(?:> ?)*(?:[-*+][ \t]+)?(?:[-=*_+#>`~|]{1,6}|\d{1,9}[.)]?|\[[ xX]?\]?)[ \t]*$"
)
_HALF_IMAGE = re.compile(r"!(?:\[[^\[\]\n]*(?:\](?:\([^()\s]*)?)?)?$")
_HALF_LINK = re.compile(
    r"\[([^\[\]\n]*)(?:\]\((?:[^\s()]|\([^\s()]*\))*(?:\([^\s()]*)?(?:\s+\"[^\"]*)?)?$"
)
_DIVIDER = re.compile(r"[ \t]*\|?[|:\- \t]*$")
_ROW = re.compile(r"[ \t]*\|.*\S.*")


def mend(source: str) -> str:
    """The source of an open block, closed so that its marks do not flicker while it grows.

    Reads: Markdown that may end anywhere. Gives: Markdown to parse in its place until more arrives.
    """
    source = _UNDECIDED.sub("", source)
    if not source:
        return ""
    start = source.rfind("\n") + 1
    line = source[start:]
    if _ROW.fullmatch(line) or (_DIVIDER.fullmatch(line) and "\n" in source):
        table = _mend_table(source)
        if table is not None:
            return table
    begin = source.rfind("\n\n") + 1
    head, paragraph = source[:begin], source[begin:]
    marker = re.match(r"\s*(?:[-*+]|\d{1,9}[.)]|#{1,6})\s", line)
    if marker:
        head, paragraph = source[:start], line
    paragraph = _HALF_IMAGE.sub("", paragraph)
    if paragraph.count("`") % 2 == 0:
        paragraph = _HALF_LINK.sub(r"\1", paragraph)
    return head + _close_marks(paragraph, 0 if not marker else marker.end())


def _mend_table(source: str) -> str | None:
    lines = source.split("\n")
    first = len(lines) - 1
    while first > 0 and lines[first - 1].strip() and "|" in lines[first - 1]:
        first -= 1
    rows = lines[first:]
    if not rows[0].lstrip().startswith("|"):
        return None
    header = rows[0].rstrip()
    columns = header.strip().strip("|").count("|") + 1
    if not header.endswith("|"):
        rows[0] = header + "|"
    divider = "|" + "---|" * columns
    if len(rows) == 1:
        rows.append(divider)
    elif len(rows) == 2 and _DIVIDER.fullmatch(rows[1]):
        rows[1] = divider
    else:
        return None
    return "\n".join(lines[:first] + rows)


def _close_marks(text: str, start: int) -> str:
    stack: list[str] = []
    at, size = start, len(text)
    end_of_sound = size
    while at < size:
        sign = text[at]
        if sign == "\\":
            at += 2
            continue
        if sign not in "`*_~":
            at += 1
            continue
        end = at
        while end < size and text[end] == sign:
            end += 1
        if sign == "`":
            run = text[at:end]
            close = re.compile(rf"(?<!`){run}(?!`)").search(text, end)
            if close is not None:
                at = close.end()
                continue
            if end == size:
                end_of_sound = at
            else:
                stack.append(run)
                end_of_sound = len(text.rstrip("`")) if len(run) > 1 else size
            break
        if not _weigh(text, at, end, stack):
            end_of_sound = at
        at = end
    if not stack and end_of_sound == size:
        return text
    return text[:end_of_sound].rstrip() + "".join(reversed(stack))


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
        while left and stack and stack[-1][0] == sign and len(stack[-1]) <= left:
            left -= len(stack.pop())
        if left and is_last:
            return False
    if is_last:
        return left == 0
    if left and not after.isspace() and not (sign == "_" and before.isalnum()):
        if left >= 2:
            stack.append(sign * 2)
        if left % 2:
            stack.append(sign)
    return True
