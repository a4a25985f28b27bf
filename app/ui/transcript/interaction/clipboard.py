"""What goes to the clipboard: the same thing in several flavours at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

from app.render.output.html import html_of, page
from app.render.output.markdown_writer import markdown_of
from app.render.output.reading_text import text_of
from app.render.output.table_text import tsv
from app.render.tree import Block, Table

MARKDOWN = "text/markdown"
TSV = "text/tab-separated-values"


@dataclass(frozen=True, slots=True)
class Flavours:
    """One thing as plain text, HTML, Markdown and a table; empty ones are not offered."""

    plain: str
    html: str = ""
    markdown: str = ""
    tsv: str = ""

    def to_clipboard(self) -> None:
        """Puts all of them on the clipboard."""
        data = _new_data()
        data.setText(self.plain)
        if self.html:
            data.setHtml(self.html)
        if self.markdown:
            data.setData(MARKDOWN, self.markdown.encode())
        if self.tsv:
            data.setData(TSV, self.tsv.encode())
        QGuiApplication.clipboard().setMimeData(data)


def _new_data() -> QMimeData:
    """An empty record that Qt itself has made.

    Some platforms keep what is on the clipboard until the process ends. What a Python class made
    would then be destroyed after Python: the program would crash on its way out.
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    for kind in data.formats():
        data.removeFormat(kind)
    return data


def flavours_of(blocks: Sequence[Block], markdown: str = "") -> Flavours:
    """Blocks in every flavour; `markdown` is their source where it is known.

    A single table is tab-separated as plain text too, so that it can be pasted into a spreadsheet.
    """
    if len(blocks) == 1 and isinstance(table := blocks[0], Table):
        cells = tsv(table.grid())
        return Flavours(cells, page(html_of(blocks)), markdown or markdown_of(blocks), cells)
    return Flavours(text_of(blocks), page(html_of(blocks)), markdown or markdown_of(blocks))
