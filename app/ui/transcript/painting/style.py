"""Formats and sizes of the transcript, made once for each state of the theme."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextOption,
)

from app.render.tree import Mark
from app.ui.theme import CODE_SIZE, SMALL_SIZE, TEXT_SIZE, Theme
from app.ui.transcript.blocks.drawn_formulas import Formulas, formulas
from app.ui.transcript.sections.thumbnails import Pictures

COLUMN = 760
"""Widest text column at 100 %, px."""
COLUMN_MARGIN = 32
LINE = 1.5
HEADING_SIZES = {1: 22, 2: 18, 3: 16, 4: 14.5, 5: 14, 6: 14}
ROLES = {
    "keyword": "code_keyword",
    "name": "code_name",
    "text": "code_text",
    "number": "code_number",
    "comment": "code_comment",
}


class Style:
    """What the theme means for drawing a transcript; thrown away when the theme changes."""

    def __init__(
        self, theme: Theme, pictures: Pictures | None = None, opened: set[str] | None = None
    ) -> None:
        self.theme = theme
        self.pictures = pictures or Pictures()
        self.formulas: Formulas = formulas()
        self.opened = set() if opened is None else opened
        """Ids of messages whose reasoning is open; it goes from one style to the next."""
        self.zoom = theme.text_zoom
        self._formats: dict[tuple[int, bool, str, int], QTextCharFormat] = {}

    def px(self, length: float) -> int:
        """A length at the present text zoom."""
        return round(length * self.zoom)

    def colour(self, name: str) -> QColor:
        """A colour of the theme by name."""
        return self.theme.colour(name)

    def line_on(self, ground: str) -> QColor:
        """The lines of a table on a ground by name: a question's ground would swallow the usual."""
        if ground != "bubble" or self.theme.is_high_contrast:
            return self.colour("line")
        line = QColor(self.colour("faint"))
        line.setAlphaF(0.3)
        return line

    @cached_property
    def capital(self) -> float:
        """How tall a capital letter of running text is, px."""
        return QFontMetricsF(self.text_font).capHeight()

    @cached_property
    def text_font(self) -> QFont:
        """Running text."""
        return self.theme.written(TEXT_SIZE)

    @cached_property
    def small_font(self) -> QFont:
        """Quiet lines."""
        return self.theme.font(SMALL_SIZE)

    @cached_property
    def small_strong_font(self) -> QFont:
        """The model's name in a quiet line."""
        return self.theme.font(SMALL_SIZE, QFont.Weight.DemiBold)

    @cached_property
    def strong_font(self) -> QFont:
        """A card's first line."""
        return self.theme.font(TEXT_SIZE, QFont.Weight.DemiBold)

    @cached_property
    def code_font(self) -> QFont:
        """Code."""
        return self.theme.mono(CODE_SIZE)

    @cached_property
    def line_height(self) -> int:
        """Running text, px."""
        return self.px(TEXT_SIZE * LINE)

    @cached_property
    def code_line_height(self) -> int:
        """Code, px."""
        return self.px(CODE_SIZE * LINE)

    @cached_property
    def palette(self) -> QPalette:
        """Text and selection for QTextDocument's own drawing."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, self.colour("text"))
        palette.setColor(QPalette.ColorRole.Base, self.colour("background"))
        return palette

    @cached_property
    def selection_format(self) -> QTextCharFormat:
        """Selected text: all of it in one colour, for the others were chosen for other grounds."""
        text = QTextCharFormat()
        text.setForeground(self.colour("text"))
        text.setBackground(self.colour("selection"))
        return text

    @cached_property
    def found_format(self) -> QTextCharFormat:
        """What a search found."""
        text = QTextCharFormat()
        text.setBackground(self.colour("found"))
        text.setForeground(self.colour("text"))
        return text

    @cached_property
    def found_now_format(self) -> QTextCharFormat:
        """The find the reader stands at."""
        text = QTextCharFormat()
        text.setBackground(self.colour("found_now"))
        text.setForeground(self.colour("on_found_now"))
        text.setFontUnderline(True)
        return text

    @cached_property
    def code_formats(self) -> dict[str, QTextCharFormat]:
        """The five roles of code."""
        formats = {}
        for role, name in ROLES.items():
            text = QTextCharFormat()
            text.setForeground(self.colour(name))
            formats[role] = text
        return formats

    @cached_property
    def tab_width(self) -> float:
        """Four letters of code, px."""
        return 4 * QFontMetricsF(self.code_font).horizontalAdvance(" ")

    @cached_property
    def wrapping(self) -> QTextOption:
        """Breaks between words, and inside one that is wider than the column."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(self.tab_width)
        return option

    @cached_property
    def not_wrapping(self) -> QTextOption:
        """Lines as long as they are; tabs four characters wide."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTabStopDistance(self.tab_width)
        return option

    def block_format(self, height: int, *, indent: int = 0, above: int = 0) -> QTextBlockFormat:
        """A paragraph with lines of one height."""
        block = QTextBlockFormat()
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setLeftMargin(indent)
        block.setTopMargin(above)
        return block

    def char_format(
        self, marks: Mark, *, is_link: bool = False, colour: str = "text", heading: int = 0
    ) -> QTextCharFormat:
        """The format of a run; links get their address afterwards."""
        key = (int(marks), is_link, colour, heading)
        found = self._formats.get(key)
        if found is None:
            found = self._formats[key] = self._made(marks, is_link, colour, heading)
        return found

    def _made(self, marks: Mark, is_link: bool, colour: str, heading: int) -> QTextCharFormat:
        text = QTextCharFormat()
        size = HEADING_SIZES.get(heading, TEXT_SIZE)
        if marks & (Mark.CODE | Mark.KEY):
            text.setFont(self.theme.mono(CODE_SIZE if not heading else size - 1))
            text.setBackground(self.colour("code" if colour != "bubble" else "hover"))
        else:
            text.setFont(self.theme.written(size))
        if heading or marks & Mark.STRONG:
            text.setFontWeight(QFont.Weight.DemiBold.value)
        if marks & (Mark.EMPHASIS | Mark.MATH):
            text.setFontItalic(True)
        if marks & (Mark.NOTE | Mark.SUPERSCRIPT):
            text.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        elif marks & Mark.SUBSCRIPT:
            text.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if marks & Mark.STRIKE:
            text.setFontStrikeOut(True)
        name = "muted" if marks & Mark.IMAGE else "text" if colour == "bubble" else colour
        text.setForeground(self.colour("accent" if is_link or marks & Mark.NOTE else name))
        if is_link and self.theme.is_high_contrast:
            text.setFontUnderline(True)
        elif is_link:
            text.setProperty(QTextFormat.Property.TextUnderlineStyle, 0)
        return text
