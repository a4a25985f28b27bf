"""What stands under a message: waiting, error and recovery cards, where the answer came from, what
can be done; and its words, for a search before anything is laid out."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.core.conversations.conversation import Message, MessageState, Provenance, Role
from app.core.conversations.message_tree import SiblingPlace
from app.core.costs.usage import CostSource, money_text
from app.core.text.needle import Needle
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.card import Card, paint_icon
from app.ui.transcript.sections.error_card import Extras, card_of
from app.ui.transcript.sections.model_substitution import substitution_text
from app.ui.transcript.sections.wrapped_text import (
    breakable,
    mark_line,
    mark_wrapped,
    wrapped_height,
    wrapped_top,
)

WAITING = 28
LEAST_FOR_NOTE = 380
"""Px a message must be wide for a note on its other branches."""
LINE = 26
LEAST_NAME = 80
"""What the name of a model keeps of the quiet line, px."""
ACTIONS = 28
BARE = 6
"""Px below what tools answered."""
PATIENCE = 3.0
"""Seconds of waiting before the seconds are shown."""

_ICONS = {
    "message.copy": "copy",
    "message.edit": "pencil",
    "message.retry": "rotate-ccw",
    "message.more": "ellipsis",
}

STATES = {
    MessageState.STOPPED: "Stopped by you. What had arrived is kept.",
    MessageState.REFUSED: "The model or its provider declined to go on.",
}


class Foot:
    """The part below the text of one message."""

    def __init__(self, message: Message, place: SiblingPlace) -> None:
        self.message = message
        self.place = SiblingPlace(*place)
        self.is_unfolded = False
        self.waiting: str | None = None
        self.waiting_since = time.monotonic()
        self.has_text = False
        self.has_more = False
        self.note = ""
        self.extras = Extras()
        self.height = 0
        self._width = 0
        self._style: Style | None = None
        self._card: Card | None = None
        self._above: list[tuple[str, int]] = []

    @property
    def is_user(self) -> bool:
        """Whether the user wrote the message."""
        return self.message.role is Role.USER

    @property
    def is_waiting(self) -> bool:
        """Whether a line says that the first word has not come."""
        return (
            self.message.state is MessageState.WRITING and not self.has_text and self.waiting != ""
        )

    def waiting_text(self) -> str:
        """The waiting line, with seconds after a while."""
        text = self.waiting or "Waiting for the model…"
        seconds = time.monotonic() - self.waiting_since
        return f"{text} {seconds:.0f} s" if seconds >= PATIENCE else text

    def layout(self, width: int, style: Style) -> None:
        """Settles the height; the line and the action row have their place before they are
        shown."""
        self._width, self._style = width, style
        self._above = []
        height = 0
        if self.is_user:
            self.height = style.px(ACTIONS)
            return
        if self.is_waiting:
            height += style.px(WAITING)
        self._card = card_of(self.message, self.extras, is_unfolded=self.is_unfolded)
        if self._card:
            height += style.px(8) + self._card.height(width, style) + style.px(4)
        for line in sentences(self.message, self._card):
            tall = wrapped_height(line, width, style.small_font) + style.px(6)
            self._above.append((line, tall))
            height += tall
        self.height = height + style.px(LINE + ACTIONS + 4)

    @property
    def texts(self) -> list[str]:
        """Its words, as far as there is room for them."""
        found = foot_texts(self.message, self.extras)
        line = line_texts(self.message)
        if self._width and line:
            found[-len(line) :] = [text for text, _, _ in self._line_places()]
        return found

    def searched(self, needle: Needle) -> list[str]:
        """Those of its words that a search looks through."""
        shown = self._line_places() if self._width else line_texts(self.message)
        texts = self.texts
        if shown:
            # The name is a label: it stands under every answer and is nothing anybody said.
            texts[-len(shown)] = ""
        return searched(texts, max(0, len(shown) - 1), needle)

    def text_top(self, number: int, at: int) -> int:
        """How far below its top a place of one of its texts stands, px; after `layout`."""
        assert self._style is not None
        style, y = self._style, 0
        if self._card:
            y += style.px(8)
            if number < len(self._card.texts):
                return y + self._card.text_top(number, at, self._width, style)
            number -= len(self._card.texts)
            y += self._card.height(self._width, style) + style.px(4)
        for line, tall in self._above:
            if not number:
                return y + wrapped_top(line, style.small_font, self._width, at)
            number -= 1
            y += tall
        return y

    def unfold(self, number: int) -> bool:
        """Opens the details of the card when a text is that; True when they were folded."""
        if self._card is None or self.is_unfolded or not self._card.details:
            return False
        self.is_unfolded = number == len(self._card.texts) - 1
        return self.is_unfolded

    def _line_places(self) -> list[tuple[str, QFont, float]]:
        """(text, font, place from the left) of what has room in the quiet line."""
        assert self._style is not None
        style, left, found = self._style, 0.0, []
        room: float = self._width - style.px(90 if self.place.total > 1 else 0)
        if note := self._branch_note(style):
            room -= QFontMetricsF(style.small_font).horizontalAdvance(note) + style.px(24)
        gap = style.px(14)
        name, *facts = line_texts(self.message) or [""]
        others = sum(QFontMetricsF(style.small_font).horizontalAdvance(t) + gap for t in facts)
        font = style.small_strong_font
        most = max(style.px(LEAST_NAME), room - others)
        name = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, most)
        for text in (name, *facts):
            width = QFontMetricsF(font).horizontalAdvance(text)
            if text and left + width <= room:
                found.append((text, font, left))
                left += width + gap
            font = style.small_font
        return found

    # --- drawing

    def paint(self, canvas: Canvas, x: int, y: int, *, is_active: bool) -> None:
        """Draws it; the action row only for a message under the pointer or with the focus."""
        style = canvas.style
        if not self.is_user:
            y = self._paint_above(canvas, x, y)
            self._paint_line(canvas, x, y)
            y += style.px(LINE)
        elif self.place.total > 1 and self.message.state is not MessageState.WRITING:
            self._paint_user_siblings(canvas, x, y)
        if is_active and self.message.state is not MessageState.WRITING:
            for region in self._actions(style):
                if region.command not in _ICONS:
                    continue
                is_done = region.command == "message.copy" and self.note
                icon = "check" if is_done else _ICONS[region.command]
                paint_icon(canvas, region.moved(x, y), icon)

    def _paint_above(self, canvas: Canvas, x: int, y: int) -> int:
        style, painter = canvas.style, canvas.painter
        if self.is_waiting:
            self._paint_waiting(canvas, x, y)
            y += style.px(WAITING)
        if self._card:
            y += style.px(8)
            card = card_of(self.message, self.extras, is_unfolded=self.is_unfolded) or self._card
            card.paint(canvas, x, y, self._width, self)
            y += card.height(self._width, style) + style.px(4)
        said = len(self._card.texts) if self._card else 0
        for number, (line, tall) in enumerate(self._above, said):
            painter.setFont(style.small_font)
            painter.setPen(style.colour("muted"))
            rect = QRectF(x, y + style.px(3), self._width, tall)
            mark_wrapped(canvas, self, number, rect, line, style.small_font)
            painter.drawText(rect, Qt.TextFlag.TextWordWrap, breakable(line))
            y += tall
        return y

    def _paint_waiting(self, canvas: Canvas, x: int, y: int) -> None:
        style, painter = canvas.style, canvas.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        phase = int((time.monotonic() - self.waiting_since) * 2.5) % 3
        for dot in range(3):
            is_lit = dot == phase or not style.theme.has_motion
            painter.setBrush(style.colour("accent" if is_lit else "line"))
            centre = QPointF(x + style.px(4 + 9 * dot), y + style.px(WAITING) / 2)
            painter.drawEllipse(centre, 2.6 * style.zoom, 2.6 * style.zoom)
        painter.setFont(style.small_font)
        painter.setPen(style.colour("muted"))
        rect = QRectF(x + style.px(34), y, self._width, style.px(WAITING))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.waiting_text())

    def _paint_line(self, canvas: Canvas, x: int, y: int) -> None:
        style, painter = canvas.style, canvas.painter
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.message.state is not MessageState.WRITING:
            line = QRectF(x, y, self._width, style.px(LINE))
            is_under = canvas.is_under(line.adjusted(0, 0, -style.px(96), 0))
            first = len(self._card.texts if self._card else ()) + len(self._above)
            for number, (text, font, left) in enumerate(self._line_places(), first):
                strong = font is style.small_strong_font
                place = line.adjusted(left, 0, 0, 0)
                mark_line(canvas, self, number, place, text, font)
                painter.setFont(font)
                painter.setPen(style.colour("text" if strong and is_under else "muted"))
                painter.drawText(place, middle, text)
        if self.place.total > 1:
            middle_rect = QRectF(x + self._width - style.px(76), y, style.px(58), style.px(LINE))
            self._paint_branches(canvas, self._siblings(style), x, y, middle_rect)

    def _paint_user_siblings(self, canvas: Canvas, x: int, y: int) -> None:
        """Always in view: an edited question must not look like the only one."""
        before, after = self._user_siblings(canvas.style, self._own_actions_left(canvas.style))
        left, right = before.rect.right(), after.rect.left()
        between = QRectF(x + left, y + before.rect.top(), right - left, before.rect.height())
        self._paint_branches(canvas, [before, after], x, y, between)

    def _paint_branches(
        self, canvas: Canvas, regions: list[HitRegion], x: int, y: int, between: QRectF
    ) -> None:
        """`‹ 2 of 3 ›`; a sign that leads nowhere is faint."""
        style, painter = canvas.style, canvas.painter
        position, count, _ = self.place
        painter.setFont(style.small_font)
        for region in regions:
            rect = region.rect.translated(x, y)
            can = position > 1 if region.command == "sibling.previous" else position < count
            colour = "text" if can and canvas.is_under(rect) else "muted" if can else "line"
            painter.setPen(style.colour(colour))
            sign = "‹" if region.command == "sibling.previous" else "›"
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign)
        painter.setPen(style.colour("muted"))
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter, f"{position} of {count}")
        if note := self._branch_note(style):
            before = regions[0].rect.translated(x, y)
            room = QRectF(x, before.top(), before.left() - x - style.px(4), before.height())
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note
            )

    def _branch_note(self, style: Style) -> str:
        """What the other branches hold, where there is room to say it beside the name."""
        is_narrow = self._width < style.px(LEAST_FOR_NOTE)
        return "" if is_narrow else self.place.note

    # --- places

    def regions(self, style: Style) -> list[HitRegion]:
        """What can be clicked, from the top."""
        found: list[HitRegion] = []
        y = 0
        if not self.is_user:
            y += style.px(WAITING) if self.is_waiting else 0
            if self._card:
                y += style.px(8)
                found += [r.moved(0, y) for r in self._card.regions(self._width, style)]
                y += self._card.height(self._width, style) + style.px(4)
            y += sum(tall for _, tall in self._above)
            if self.place.total > 1:
                found += [r.moved(0, y) for r in self._siblings(style)]
            if self.message.provenance and self.message.state is not MessageState.WRITING:
                rect = QRectF(0, y, self._width - style.px(96), style.px(LINE))
                title = "Show where this answer came from"
                found.append(HitRegion(rect, "message.details", "", title, is_action=True))
            y += style.px(LINE)
        if self.message.state is not MessageState.WRITING:
            found += [r.moved(0, y) for r in self._actions(style)]
        return found

    def _siblings(self, style: Style) -> list[HitRegion]:
        right, height = self._width, style.px(LINE)
        wide = style.px(18)
        before = QRectF(right - style.px(94), 0, wide, height)
        after = QRectF(right - wide, 0, wide, height)
        return [
            HitRegion(before, "sibling.previous", "", self._told("Earlier answer"), is_action=True),
            HitRegion(after, "sibling.next", "", self._told("Later answer"), is_action=True),
        ]

    def _actions(self, style: Style) -> list[HitRegion]:
        wide, high = style.px(30), style.px(26)
        names = [("message.copy", self.note or "Copy")]
        if self.is_user:
            names.append(("message.edit", "Edit and ask again"))
        else:
            names.append(("message.retry", "Ask again; this answer is kept"))
        if self.has_more:
            names.append(("message.more", "More"))
        left = self._width - wide * len(names) if self.is_user else -style.px(2)
        found = []
        for command, title in names:
            rect = QRectF(left, 1, wide, high)
            found.append(HitRegion(rect, command, "", title, is_action=True))
            left += wide
        if self.is_user and self.place.total > 1:
            found += self._user_siblings(style, found[0].rect.left())
        return found

    def _own_actions_left(self, style: Style) -> float:
        """Where the buttons of a question begin."""
        return self._width - style.px(30) * (3 if self.has_more else 2)

    def _user_siblings(self, style: Style, right: float) -> list[HitRegion]:
        wide, high, words = style.px(24), style.px(26), style.px(58)
        before = QRectF(right - 2 * wide - words, 1, wide, high)
        after = QRectF(right - wide, 1, wide, high)
        return [
            HitRegion(before, "sibling.previous", "", self._told("Earlier question"), True),
            HitRegion(after, "sibling.next", "", self._told("Later question"), True),
        ]

    def _told(self, title: str) -> str:
        """The title of an arrow, with what waits there."""
        return f"{title} · {self.place.note}" if self.place.note else title


class BareFoot(Foot):
    """Says nothing and offers nothing: a result has neither origin nor buttons of its own."""

    def layout(self, width: int, style: Style) -> None:
        """Settles the height."""
        self.height = style.px(BARE)

    def paint(self, canvas: Canvas, x: int, y: int, *, is_active: bool) -> None:
        """Draws nothing."""

    def regions(self, style: Style) -> list[HitRegion]:
        """Nothing can be clicked."""
        return []


def foot_of(message: Message, place: SiblingPlace) -> Foot:
    """The foot that fits a message."""
    made = BareFoot if message.role is Role.TOOL else Foot
    return made(message, place)


# --- words


def foot_texts(message: Message, extras: Extras | None = None) -> list[str]:
    """The words of the card, of the sentences below it, and of the quiet line, in that order;
    nothing for messages that are no answers."""
    if message.role is not Role.ASSISTANT:
        return []
    card = card_of(message, extras or Extras(), is_unfolded=False)
    return [*(card.texts if card else ()), *sentences(message, card), *line_texts(message)]


def sentences(message: Message, card: Card | None) -> list[str]:
    """How it ended where no card says so, and what the provider did otherwise than asked."""
    found = []
    if card is None and (text := STATES.get(message.state)):
        found.append(text)
    if message.provenance:
        found.append(substitution_text(message.provenance))
        found.extend(message.provenance.notices)
    return [line for line in found if line]


def searched(texts: list[str], facts: int, needle: Needle) -> list[str]:
    """What a search looks through; the facts of the quiet line, which come last, only for figures:
    their words are the same under every answer."""
    return texts if needle.has_figure or not facts else texts[:-facts]


def line_texts(message: Message) -> list[str]:
    """The quiet line: the model, then facts."""
    if message.state is MessageState.WRITING or message.provenance is None:
        return []
    name, facts = provenance_parts(message.provenance)
    return [name, *facts]


def provenance_parts(provenance: Provenance | None) -> tuple[str, list[str]]:
    """(model, facts) of the quiet line; what is not known is left out, but for the cost."""
    if provenance is None:
        return "", []
    facts = []
    if provenance.timing.first_text is not None:
        waited = provenance.timing.first_text
        facts.append(f"{f'{waited:.1f}' if waited >= 0.1 else 'under 0.1'} s to first word")
    if (rate := provenance.tokens_per_second) is not None:
        facts.append(f"{rate:.0f} tok/s")
    if provenance.usage.output_tokens:
        count = f"{provenance.usage.output_tokens:,}".replace(",", "\u202f")
        facts.append(f"{count} tokens")
    is_known = provenance.cost.source is not CostSource.UNKNOWN
    if is_known or provenance.usage.output_tokens or provenance.fault is None:
        facts.append(money_text(provenance.cost))
    return provenance.model_name or provenance.model_id, facts
