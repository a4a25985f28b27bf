"""Tables as CommonMark's followers read them, but for the bars in code and formulas, and the cells
beyond the head."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as read_table

from app.render.splitting.table_cells import BAR, count_cells, undivided


def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Reads a table, in which bars that divide nothing are hidden from the reader's own rule."""
    if start_line + 2 > end_line:
        return False
    divider = _line(state, start_line + 1)
    if "-" not in divider or divider.strip("|:- \t"):
        return False
    columns = count_cells(divider)
    written = state.src
    parts: list[str] = []
    done = 0
    for line in range(start_line, end_line):
        row = _line(state, line)
        if not row.strip():
            break
        hidden = undivided(row, columns, is_head=line == start_line)
        if hidden != row:
            begin = state.bMarks[line] + state.tShift[line]
            parts += [written[done:begin], hidden]
            done = begin + len(row)
    if not parts:
        return bool(read_table(state, start_line, end_line, silent))
    first = len(state.tokens)
    state.src = "".join([*parts, written[done:]])
    is_read = read_table(state, start_line, end_line, silent)
    state.src = written
    for token in state.tokens[first:]:
        token.content = token.content.replace(BAR, "|")
    return bool(is_read)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
