"""A block of code: its header with Copy, Save and Wrap, its coloured lines, folded when there are
many and scrolled sideways when they are wide."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextCursor

from app.render.characters import copied, hidden_count, shown
from app.render.output.drawn_code import drawable, written_between
from app.render.tree import Block, Code, Mark, Paragraph, Run
from app.ui.transcript.blocks.block_item import (
    BlockItem,
    Canvas,
    HitRegion,
    RowContext,
    Selection,
)
from app.ui.transcript.blocks.documents import code_document, colour_lines
from app.ui.transcript.blocks.formula_object import FormulaDocument
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.blocks.letter_positions import across
from app.ui.transcript.layout.block_state import FOLDED_LINES, BlockState
from app.ui.transcript.painting.inline_scroll_bar import BAR_ROOM, bar_region, paint_bar
from app.ui.transcript.painting.lines import draw_box, draw_rule
from app.ui.transcript.painting.style import Style

HEADER = 27
FOOTER = 30
PADDING = 12
NAME = 120
"""Px of a language's name that have room in a question's bubble."""
RADIUS = 10


class CodeItem(BlockItem):
    """Code, or a stretch of a long one: `is_continued` has no header, `is_cut` no end; `is_whole`
    stands in a row with other blocks."""

    draws = Code
    above = 10
    is_framed = True
    is_stretched = True

    def __init__(
        self,
        style: Style,
        leaf: Leaf,
        *,
        is_continued: bool = False,
        is_cut: bool = False,
        is_whole: bool = False,
    ) -> None:
        from app.render.code import Highlighter  # after the first paint: Pygments is not small

        super().__init__(style, leaf)
        code = leaf.block
        assert isinstance(code, Code)
        self.source = code.text
        self.language = code.language
        self.is_continued = is_continued
        self.is_cut = is_cut
        self.state: BlockState = BlockState()
        self._is_whole = is_whole
        if is_continued:
            self.gap = 0
        self._shown = drawable(code.text)
        self._is_settled = True
        self._highlighter = Highlighter(code.language)
        self.document: FormulaDocument = code_document(self._shown, style)
        self._highlighter.append(self._shown)
        colour_lines(self.document, self._highlighter.whole(), style)
        self._width = 0
        self._has_hidden = hidden_count(code.text) > 0

    def take_state(self, state: BlockState, part: int) -> None:
        """Goes on with what the reader did to the block before; `part` tells its rows apart."""
        super().take_state(state, part)
        self.set_wrapped(state.is_wrapped)
        if self._is_whole:
            state.lines[0] = self.source.count("\n") + 1

    @classmethod
    def of(cls, leaf: Leaf, row: RowContext) -> CodeItem:
        """The code of a leaf."""
        return cls(row.style, leaf, is_whole=True)

    def goes_on(self, leaf: Leaf, *, is_growing: bool) -> bool:
        """Takes what this code has become, when it stands where it stood and has only grown."""
        code = leaf.block
        assert isinstance(code, Code)
        place = (self.style.px(leaf.gap), self.style.px(leaf.indent), leaf.bars)
        if place != (self.gap, self.indent, self.bars) or code.language != self.language:
            return False
        if code.text == self.source and (is_growing or self._is_settled):
            return True
        return self.grow(code.text, is_cut=self.is_cut, is_complete=not is_growing)

    def grow(self, text: str, *, is_cut: bool, is_complete: bool) -> bool:
        """Takes more code at the end; False when the new text does not go on from the old one."""
        drawn = drawable(text)
        if not drawn.startswith(self._shown):
            return False
        self.source, self.is_cut = text, is_cut
        self._has_hidden = self._has_hidden or hidden_count(text[-200:]) > 0
        added = drawn[len(self._shown) :]
        self._shown = drawn
        if added:
            cursor = QTextCursor(self.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(added)
            first, rows = self._highlighter.append(added)
            colour_lines(self.document, rows, self.style, first)
        self._is_settled = is_complete
        if is_complete:
            colour_lines(self.document, self._highlighter.whole(), self.style)
        return True

    @property
    def header_height(self) -> int:
        """What stands above the first line, px."""
        return 0 if self.is_continued else self.style.px(HEADER)

    @property
    def is_wrapped(self) -> bool:
        """Whether long lines are broken."""
        return self.state.is_wrapped

    @property
    def is_folded(self) -> bool:
        """Whether only the first lines are shown."""
        return self.state.is_folded

    @property
    def scroll(self) -> int:
        """How far it is moved sideways, px."""
        return self.state.offset

    @scroll.setter
    def scroll(self, wanted: int) -> None:
        self.state.scroll = wanted

    @property
    def _above(self) -> int:
        return self.header_height + (0 if self.is_continued else self.style.px(PADDING))

    def layout(self, width: int) -> None:
        """Counts the lines, or breaks them when wrapped."""
        self._width = width - self.indent
        inner = self._inner_width
        self.document.setTextWidth(inner if self.is_wrapped else -1)
        wide = round(self.document.idealWidth())
        room = 0 if self.is_wrapped else max(0, wide - inner)
        self.state.set_room(self.part, room, width, self.style.zoom)
        self.height = self._above + self._text_height()
        if self.is_folded:
            self.height += self.style.px(FOOTER) + self.style.px(PADDING) // 2
        elif not self.is_cut:
            self.height += self.style.px(PADDING)
        needed = max(self.document.idealWidth(), self._header_width())
        self.natural_width = needed + 2 * self.style.px(PADDING) + self.indent

    def _header_width(self) -> float:
        if self.is_continued:
            return 0.0
        metrics = QFontMetricsF(self.style.small_font)
        name = metrics.horizontalAdvance(self.language or "text")
        buttons = sum(
            metrics.horizontalAdvance(t) + self.style.px(10) for _, t, _ in self._titles()
        )
        return buttons + min(name, self.style.px(NAME))

    @property
    def _inner_width(self) -> int:
        return self._width - 2 * self.style.px(PADDING)

    def _text_height(self) -> int:
        hidden = self.document.findBlockByNumber(FOLDED_LINES)
        if self.is_folded and hidden.isValid():
            return round(hidden.layout().position().y() + 0.49)
        return round(self.document.size().height() + 0.49)

    def set_wrapped(self, is_wrapped: bool) -> None:
        """Breaks long lines, or not; needs a new layout."""
        if self.state.is_wrapped != is_wrapped:
            self.state.scroll = 0
        self.state.is_wrapped = is_wrapped
        option = self.style.wrapping if is_wrapped else self.style.not_wrapping
        self.document.setDefaultTextOption(option)

    def origin(self) -> QPointF:
        """Below the header, moved by the sideways scroll."""
        return QPointF(self.indent + self.style.px(PADDING) - self.scroll, self._above)

    def reveal(self, first: int, last: int) -> bool:
        """Brings a stretch into view: unfolds, and moves sideways; True when it grew."""
        grows = self.is_folded and self.document.findBlock(last).blockNumber() >= FOLDED_LINES
        if grows:
            self.state.is_unfolded = True
        block = self.document.findBlock(first)
        line = block.layout().lineForTextPosition(first - block.position())
        if line.isValid() and not self.is_wrapped:
            inner = self._inner_width
            left = across(line, first - block.position())
            ending = min(last - block.position(), block.length() - 1)
            right = across(line, ending)
            if right > self.scroll + inner:
                self.scroll = round(min(left, right - inner + 24))
            if left < self.scroll:
                self.scroll = max(0, round(left) - 24)
        return grows

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """Frame, header and lines."""
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        painter, style = canvas.painter, self.style
        left = x + self.indent
        end = y + self.height
        goes_on = self.is_cut and not self.is_folded
        top = y - 20 if self.is_continued else max(y, canvas.top - 40)
        bottom = end + 20 if goes_on else min(end, canvas.bottom + 40)
        painter.save()
        painter.setClipRect(QRectF(left, y, self._width, self.height))
        frame = QRectF(left, top, self._width, bottom - top)
        draw_box(painter, frame, RADIUS, canvas.line(), style.colour("code"))
        if not self.is_continued:
            self._paint_header(canvas, left, y)
        painter.restore()
        origin = self.origin()
        inner = QRectF(self.scroll, 0, self._inner_width, self._text_height())
        self.draw_document(canvas, x + origin.x(), y + origin.y(), inner, selection)
        if not goes_on:
            bar = bar_region(self._bar_place(), self.state)
            paint_bar(canvas, bar, x, y)

    def _paint_header(self, canvas: Canvas, left: float, y: float) -> None:
        painter, style = canvas.painter, self.style
        line = canvas.line()
        draw_rule(painter, left, y + self.header_height - 1, self._width, line)
        if self.is_folded:
            draw_rule(painter, left, y + self.height - style.px(FOOTER), self._width, line)
        painter.setFont(style.small_font)
        painter.setPen(style.colour("muted"))
        buttons = self._buttons()
        room = buttons[-1].rect.left() - self.indent - style.px(PADDING + 4)
        metrics = QFontMetricsF(style.small_font)
        name = shown(self.language) or "text"
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0.0, room))
        place = QRectF(left + style.px(PADDING), y, room, self.header_height)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        for region in (*buttons, *self._fold_button()):
            rect = region.rect.translated(left - self.indent, y)
            painter.setPen(style.colour("text" if canvas.is_under(rect) else "muted"))
            title = metrics.elidedText(region.title, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, title)

    def regions(self) -> list[HitRegion]:
        """Copy, Save and Wrap in the header, the rest of folded lines, the scroll bar."""
        found = [] if self.is_continued else [*self._buttons(), *self._fold_button()]
        if not self.is_cut or self.is_folded:
            found += bar_region(self._bar_place(), self.state)
        return found

    def _titles(self) -> list[tuple[str, str, str]]:
        """(command, title in the header, title elsewhere) of the buttons, from the right."""
        note, wrap = self.state.note, "Unwrap" if self.is_wrapped else "Wrap"
        names = [
            ("code.copy", note or "Copy", note or "Copy code"),
            ("code.save", "Save as…", "Save code as…"),
            ("code.wrap", wrap, f"{wrap} code"),
        ]
        if self.state.is_long and not self.is_folded:
            names.append(("code.fold", "Fold", "Fold code"))
        return names

    def _buttons(self) -> list[HitRegion]:
        metrics = QFontMetricsF(self.style.small_font)
        right = float(self.indent + self._width - self.style.px(6))
        names = self._titles()
        found = []
        widths = [metrics.horizontalAdvance(title) + self.style.px(10) for _, title, _ in names]
        # In a very narrow block large letters are cut rather than buttons.
        room = max(0.0, right - self.indent - self.style.px(6))
        share = min(1.0, room / sum(widths))
        for (command, title, long_title), wanted in zip(names, widths, strict=True):
            width = wanted * share
            rect = QRectF(right - width, 0, width, self.header_height)
            found.append(HitRegion(rect, command, "", title, is_action=True, long_title=long_title))
            right -= width
        return found

    def _fold_button(self) -> list[HitRegion]:
        if not self.is_folded or self.is_continued:
            return []
        height = self.style.px(FOOTER)
        rect = QRectF(self.indent, self.height - height, self._width, height)
        title = f"Show all {self.state.line_count} lines"
        return [HitRegion(rect, "code.fold", "", title, is_action=True)]

    @property
    def bar_width(self) -> float:
        """The length in which the thumb of the scroll bar moves, px."""
        return self._bar_place().width()

    def _bar_place(self) -> QRectF:
        below = self.style.px(FOOTER) if self.is_folded else 0
        left = self.indent + self.style.px(PADDING)
        return QRectF(left, self.height - below - BAR_ROOM, self._inner_width, BAR_ROOM)

    def cut(self, block: Block, first: int, last: int) -> Block | None:
        """What a stretch leaves of the code: whole lines stay code, a part of one is a run."""
        assert isinstance(block, Code)
        if first <= 0 and last >= self.last_position():
            return block
        text = self.text_between(first, last)
        if "\n" in text:
            return replace(block, text=text)
        return Paragraph((Run(text, Mark.CODE),)) if text else None

    def copy_text(self) -> str:
        """The code as it may go to the clipboard: exact, but for characters that deceive."""
        return copied(self.source, is_code=True)

    @property
    def hidden(self) -> int:
        """How many characters copying leaves out."""
        if not self._has_hidden:
            return 0
        return len(self.source) - len(self.copy_text())

    def text_between(self, first: int, last: int) -> str:
        """A stretch of code exactly as it came, but for characters that deceive."""
        if first <= 0 and last >= self.last_position():
            return self.copy_text()
        return written_between(self.source, first, last)
