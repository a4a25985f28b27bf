"""Everything known about one answer: where it came from, what it used and cost, what was sent."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.commands.rooms.message import DETAILS
from app.core.conversations.confidence import Confidence, chance
from app.core.conversations.conversation import Message, Provenance
from app.core.costs.usage import money_text
from app.ui.composer.setting_chips import value_text
from app.ui.sidebar.groups import full_time_text
from app.ui.theme import Theme
from app.ui.window.window_size import FittedDialog

_ENDINGS = {
    "stop": "the answer came to its end",
    "length": "a length limit was reached",
    "tool_calls": "the model asked for a tool",
    "content_filter": "the provider held it back",
}
"""What the words mean that a reply ends with; others are shown as they came."""


def _ending(reason: str) -> str:
    said = _ENDINGS.get(reason)
    return f"{said} ({reason})" if said else reason


def facts(message: Message) -> list[tuple[str, str]]:
    """What is known about an answer, as (name, value); what is not known says so or is left out."""
    told = message.provenance or Provenance("", "")
    usage = told.usage
    rows = [
        ("Model", told.model_name or told.model_id),
        ("Model id", told.model_id),
        ("Answered by", told.answered_by),
        ("Provider", told.provider_name or told.provider_id),
        ("Passed on to", told.upstream),
        ("Preset", told.preset),
        (
            "Dials sent",
            ", ".join(f"{n} {value_text(v)}".strip() for n, v in told.parameters.items()),
        ),
        ("Written", full_time_text(message.created_at)),
        ("Time to first word", _seconds(told.timing.first_text)),
        ("Time in all", _seconds(told.timing.total)),
        ("Speed", _speed(told)),
        ("Tokens sent", _count(usage.input_tokens)),
        ("Tokens answered", _count(usage.output_tokens)),
        ("Tokens thought", _count(usage.reasoning_tokens, "")),
        ("Tokens from the provider's cache", _count(usage.cached_tokens, "")),
        ("Cost", money_text(told.cost)),
        ("Ended because", _ending(told.finish_reason)),
        ("Provider's number for it", told.generation_id),
        ("Answer shape", told.shape.text if told.shape else ""),
        *sureness(told.confidence),
        ("Said on the way", " ".join(told.notices)),
    ]
    if told.fault is not None:
        rows += [("What went wrong", told.fault.message), ("What to do", told.fault.hint)]
        rows.append(("Status", "" if told.fault.status is None else str(told.fault.status)))
    return [(name, value) for name, value in rows if value]


class DetailsDialog(FittedDialog):
    """Shows the facts and, below, what was sent, all as plain text that can be copied."""

    def __init__(self, message: Message, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(DETAILS.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._facts = facts(message)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.shown = FactTable()
        form = QFormLayout(self.shown)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(6)
        for name, value in self._facts:
            title = QLabel(name)
            title.setProperty("look", "muted")
            label = QLabel(value)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(name)
            form.addRow(title, label)
        area = QScrollArea()
        area.setAccessibleName("What is known about this answer")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.shown)
        column.addWidget(area, 3)
        provenance = message.provenance
        self._sent = ""
        if provenance is not None and provenance.request:
            self._sent = json.dumps(provenance.request, indent=2, ensure_ascii=False, default=str)
            heading = QLabel("What was sent, without the key")
            heading.setProperty("look", "heading")
            column.addWidget(heading)
            box = QPlainTextEdit(self._sent)
            box.setReadOnly(True)
            box.setFont(theme.mono(12))
            box.setAccessibleName("What was sent")
            box.setMinimumHeight(theme.px(140))
            column.addWidget(box, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        copy = QPushButton("Copy")
        copy.clicked.connect(self._on_copy_clicked)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(copy)
        row.addWidget(close)
        column.addLayout(row)
        width = theme.px(560)
        around = theme.px(300 if self._sent else 110)
        self.setMinimumWidth(theme.px(520))
        room = self.screen().availableGeometry().height() * 9 // 10
        wanted = form.totalHeightForWidth(width - theme.px(70)) + around
        self.resize(width, min(wanted, room))

    def _on_copy_clicked(self) -> None:
        lines = [f"{name}: {value}" for name, value in self._facts]
        QGuiApplication.clipboard().setText("\n".join([*lines, self._sent]).strip())


class FactTable(QWidget):
    """As high as its lines need at its width: long ones wrap and are never cut."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))


def sureness(confidence: Confidence | None, most: int = 3) -> list[tuple[str, str]]:
    """How sure a model was, as (name, value): on average, and where it doubted most."""
    if confidence is None:
        return []
    average = f"{confidence.share:.0%} a word on average, of {confidence.count:,} scored"
    rows = [("How sure it was", average)]
    for doubt in confidence.doubts[:most]:
        share = chance(doubt.logprob)
        if share > 0.95:
            break
        rivals = [(w, p) for w, p in doubt.candidates if w != doubt.word][:2]
        instead = ", ".join(f"“{_bare(word)}” {chance(logprob):.0%}" for word, logprob in rivals)
        line = f"{_end_of(doubt.before)} “{_bare(doubt.word)}” {share:.0%}".strip()
        rows.append(("It doubted", f"{line}, or {instead}" if instead else line))
    return rows


def _end_of(text: str, limit: int = 24) -> str:
    """The last whole words of a text."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"…{line[-limit:].partition(' ')[2]}"


def _bare(word: str) -> str:
    """A token as people read it."""
    return word.replace("\n", "⏎").strip() or word.replace(" ", "␣")


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.1f} s" if value >= 0.1 else "under 0.1 s"


def _count(value: int | None, unknown: str = "not reported") -> str:
    return unknown if value is None else f"{value:,}".replace(",", "\u202f")


def _speed(told: Provenance) -> str:
    speed = told.tokens_per_second
    return "" if speed is None else f"{speed:.0f} tokens a second"
