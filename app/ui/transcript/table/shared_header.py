"""What the stretches of one long table share: how wide its columns are, and its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

from app.render.tree import Table
from app.ui.transcript.blocks.formula_object import FormulaDocument
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.document import is_mirrored, table_document
from app.ui.transcript.table.layout import TableLayout, table_layout_of


class SharedHeader:
    """The first stretch of a table; `document` shows it, and is made where there is none yet."""

    def __init__(
        self,
        table: Table,
        style: Style,
        document: FormulaDocument | None = None,
        *,
        colour: str = "text",
    ) -> None:
        self.table = table
        self.colour = colour
        self._style = style
        self._is_mirrored = is_mirrored(table)
        if document is None:
            document = self._document_of(table)
        self.is_waiting = document.is_waiting
        """Whether formulas in it are not drawn yet: its columns are not as wide as they will be."""
        self.needs = table_layout_of(document).needs(has_head=True)
        self._header: FormulaDocument | None = None
        self._widths: list[int] = []

    def header(self, widths: Sequence[int]) -> TableLayout:
        """The header alone, its columns with so much room for words, px."""
        if self._header is None:
            self._header = self._document_of(replace(self.table, rows=()))
        table_layout = table_layout_of(self._header)
        if self._widths != list(widths):
            self._widths = list(widths)
            table_layout.place(widths, is_continued=False)
        return table_layout

    def _document_of(self, table: Table) -> FormulaDocument:
        return table_document(
            table,
            self._style,
            is_continued=False,
            is_mirrored=self._is_mirrored,
            colour=self.colour,
        )


class SharedHeaders:
    """The shared headers of one message, by the Markdown of their tables' first stretches. Each
    is kept as long as a stretch of its table is laid out."""

    def __init__(self) -> None:
        self._kept: WeakValueDictionary[str, SharedHeader] = WeakValueDictionary()

    def header_of(self, source: str, table: Table, style: Style, *, colour: str) -> SharedHeader:
        """What the stretches of a table share, made when none of them has it."""
        found = self._kept.get(source)
        if found is None:
            found = SharedHeader(table, style, colour=colour)
            if not found.is_waiting:
                self._kept[source] = found
        return found

    def clear(self) -> None:
        """Forgets all of them: another theme or text size."""
        self._kept.clear()
