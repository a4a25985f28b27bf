"""What models write between blank lines beyond CommonMark: displayed formulas and footnotes, also
inside lists and quotes."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from app.render.formulas.tex import FORMULA_LINES, body_of, closes_display, opens_display
from app.render.splitting.line_signs import NOTE


def formula(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""A formula between `$$` or `\[ \]` on lines of their own."""
    if state.is_code_block(start_line):
        return False
    first = _line(state, start_line)
    closing = opens_display(first)
    if not closing:
        return False
    lines = [first]
    line = start_line
    is_closed = closes_display(first, closing, is_first=True)
    while not is_closed and line + 1 < end_line:
        if state.sCount[line + 1] < state.blkIndent and not state.isEmpty(line + 1):
            break
        line += 1
        text = _line(state, line)
        if (not text and closing != "\\]") or len(lines) > FORMULA_LINES:
            return False
        lines.append(text)
        is_closed = closes_display(text, closing, is_first=False)
    body = body_of("\n".join(lines))
    if silent or not body:
        return bool(body)
    token = state.push("math_block", "math", 0)
    token.content = body
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True


def note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A footnote's definition: `[^1]: text`, with further lines indented or following at once."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = NOTE.match(state.src, start, state.eMarks[start_line])
    if match is None or state.blkIndent > 60:
        return False
    if silent:
        return True
    opening = state.push("note_open", "section", 1)
    opening.content = match[1]
    kept = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line]
    parent = state.parentType
    state.bMarks[start_line], state.tShift[start_line] = match.end(), 0
    state.blkIndent += 2
    state.sCount[start_line] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent -= 2
    state.parentType = parent
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = kept
    opening.map = [start_line, state.line]
    state.push("note_close", "section", -1)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
