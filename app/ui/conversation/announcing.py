"""Says to screen readers what happens to the answer: by sentences while it is written, or whole at
its end."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from app.core.conversations.conversation import Message, MessageState
from app.render.output.sentences import Sentences
from app.render.output.spoken import spoken_whole
from app.services.services import Services
from app.ui.transcript.accessibility.text import speaker

SENTENCES, WHOLE, OFF = "sentences", "whole", "off"
"""What the setting may be."""
PAUSE = 600
"""Milliseconds in which sentences are gathered: a fast model writes many of them a second."""
PATIENCE = 10_000
"""Milliseconds without a word after which it is said that the model is still waited for."""
LONGEST = 20_000
"""Characters of a whole answer that are said; the reader has all of it."""

ENDS = {
    MessageState.DONE: "{} has answered.",
    MessageState.STOPPED: "Stopped. What had arrived is kept.",
    MessageState.CUT_OFF: "The answer was cut off. What had arrived is kept.",
    MessageState.REFUSED: "The model or its provider declined to go on.",
}


class Announcing(QObject):
    """Listens to the answer of the conversation being read. `said` carries what was announced and
    whether it interrupts. Does nothing while no screen reader runs."""

    said = Signal(str, bool)

    def __init__(self, services: Services, place: QWidget) -> None:
        super().__init__(place)
        self._services = services
        self._place = place
        self._sentences: Sentences | None = None
        self._gathered: list[str] = []
        self._waited = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._say_gathered)
        self._patience = QTimer(self)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._on_patience_over)
        generation = services.generation
        generation.started.connect(self._on_started)
        generation.text_added.connect(self._on_text_added)
        generation.text_replaced.connect(self._on_text_replaced)
        generation.noticed.connect(self._on_noticed)
        generation.finished.connect(self._on_finished)

    @property
    def _mode(self) -> str:
        return str(self._services.settings.value("reading.announce"))

    def _is_heard(self, message_id: str) -> bool:
        """Whether somebody listens, and to this answer."""
        if not QAccessible.isActive() or self._mode == OFF:
            return False
        current = self._services.conversations.current.id
        return self._services.generation.running_message(current) == message_id

    def _on_started(self, message_id: str) -> None:
        if not self._is_heard(message_id):
            return
        self._gathered = []
        self._sentences = Sentences()
        self._waited = 0
        self._patience.start()
        who = speaker(self._services.conversations.message(message_id))
        self._say(f"{who} is answering.")

    def _on_text_added(self, message_id: str, text: str) -> None:
        if self._sentences is None or not self._is_heard(message_id):
            return
        self._patience.stop()
        if self._mode == SENTENCES:
            self._gather(self._sentences.feed(text))

    def _on_text_replaced(self, message_id: str, text: str) -> None:
        if self._sentences is None or not self._is_heard(message_id):
            return
        self._sentences = Sentences()
        self._gathered = []
        self._on_text_added(message_id, text)

    def _on_noticed(self, message_id: str, _code: str, text: str) -> None:
        if text and self._is_heard(message_id):
            self._say(text)

    def _on_finished(self, message: Message) -> None:
        self._patience.stop()
        sentences, self._sentences = self._sentences, None
        is_here = message.conversation_id == self._services.conversations.current.id
        if sentences is None or not is_here or not QAccessible.isActive() or self._mode == OFF:
            return
        if self._mode == SENTENCES:
            self._gathered += sentences.rest()
            self._say_gathered()
        elif message.text:
            self._say(f"{speaker(message)} said: {spoken_whole(message.text, LONGEST)}")
        fault = message.provenance.fault if message.provenance else None
        if fault is not None:
            self._say(f"{fault.message} {fault.hint}".strip(), is_urgent=True)
        elif self._mode == SENTENCES or message.state is not MessageState.DONE:
            end = ENDS.get(message.state, "The answer could not be completed.")
            self._say(end.format(speaker(message)))

    def _on_patience_over(self) -> None:
        self._waited += PATIENCE // 1000
        self._say(f"Still waiting for the model, {self._waited} seconds.")

    def _gather(self, sentences: list[str]) -> None:
        self._gathered += sentences
        if self._gathered and not self._pause.isActive():
            self._pause.start()

    def _say_gathered(self) -> None:
        self._pause.stop()
        if self._gathered:
            self._say(" ".join(self._gathered))
            self._gathered = []

    def _say(self, text: str, *, is_urgent: bool = False) -> None:
        event = QAccessibleAnnouncementEvent(self._place, text)
        urgent = QAccessible.AnnouncementPoliteness.Assertive
        calm = QAccessible.AnnouncementPoliteness.Polite
        event.setPoliteness(urgent if is_urgent else calm)
        QAccessible.updateAccessibility(event)
        self.said.emit(text, is_urgent)
