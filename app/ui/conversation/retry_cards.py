"""Joins a transcript with what can be done about failed answers: waits, other routes, repairs."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Message, MessageState, Role
from app.core.errors import AppError
from app.core.models.model import Model
from app.providers.parameters.declarations import PARAMETERS
from app.services.files.file_support import takes
from app.services.files.refused_files import refused_files
from app.services.models.nearest_route import nearest
from app.services.services import Services
from app.ui.picker.route_text import price_text
from app.ui.transcript.sections.card import Button
from app.ui.transcript.sections.error_card import Extras
from app.ui.transcript.view import TranscriptView

ELSEWHERE = ("QuotaError", "UnavailableError")


class RetryCards(QObject):
    """Gives the cards of failed answers their countdown and their buttons, and does what they say.

    `do_next(message_id)` is what remains to be said of the newest answer.
    """

    def __init__(self, services: Services, transcript: TranscriptView) -> None:
        super().__init__(transcript)
        self._services = services
        self._transcript = transcript
        self._deadlines: dict[str, float] = {}
        services.waiting.began.connect(self._on_began)
        services.waiting.over.connect(self._on_over)
        services.generation.finished.connect(self._on_finished)
        services.waiting.begin()

    def show(self) -> None:
        """Dresses the last answer of the branch being read."""
        branch = self._services.conversations.branch()
        if branch and branch[-1].role is Role.ASSISTANT:
            self._dress(branch[-1])

    def ask_elsewhere(self, message_id: str = "") -> None:
        """Asks the same question once at the nearest other route of the same model."""
        message = self._failed(message_id)
        other = self._other_route(message) if message else None
        if message is not None and other is not None:
            self._services.conversations.ask_otherwise(
                message.id, provider_id=other.provider_id, model_id=other.id
            )

    def ask_without(self, message_id: str = "") -> None:
        """Asks the same question once without the dial that was refused."""
        message = self._failed(message_id)
        name = _refused_dial(message) if message else ""
        if message is not None and name:
            current = self._services.conversations.current.parameters
            kept = {key: value for key, value in current.items() if key != name}
            self._services.conversations.ask_otherwise(message.id, parameters=kept)

    def ask_without_files(self, message_id: str = "") -> None:
        """Asks a changed question without the files that were refused, beside the first."""
        message = self._failed(message_id)
        question = self._question_of(message) if message else None
        refused = self._refused_files(message) if message else []
        if question is not None and refused:
            kept = [file for file in question.attachments if file not in refused]
            self._services.conversations.edit(question.id, question.text, kept)

    def ask_capable(self, message_id: str = "") -> None:
        """Asks the same question once of a model that takes its files."""
        message = self._failed(message_id)
        other = self._capable(message) if message else None
        if message is not None and other is not None:
            self._services.conversations.ask_otherwise(
                message.id, provider_id=other.provider_id, model_id=other.id
            )

    def stop_waiting(self, message_id: str = "") -> None:
        """Gives up the next try."""
        self._services.waiting.stop(self._services.conversations.current.id)

    def is_waiting(self) -> bool:
        """Whether the conversation being read waits for its next try."""
        branch = self._services.conversations.branch()
        return bool(branch) and self._services.waiting.is_waiting(branch[-1].id)

    def can(self, offer: Callable[[Message], object]) -> bool:
        """Whether an offer holds for the last answer of the branch."""
        message = self._failed("")
        return message is not None and bool(offer(message))

    def has_other_route(self) -> bool:
        """Whether the last answer failed and another route of the same model could be asked."""
        return self.can(self._other_route)

    def has_refused_dial(self) -> bool:
        """Whether the last answer failed for a dial that could be left out."""
        return self.can(_refused_dial)

    def has_refused_files(self) -> bool:
        """Whether the last answer failed for files that could be left out."""
        return self.can(self._refused_files)

    def has_capable(self) -> bool:
        """Whether the last answer failed for files that another model takes."""
        return self.can(self._capable)

    def _question_of(self, message: Message) -> Message | None:
        parent = message.parent_id
        return self._services.conversations.message(parent) if parent else None

    def _refused_files(self, message: Message) -> list[Attachment]:
        """Files of the question itself that its provider refused."""
        question = self._question_of(message)
        fault = message.provenance.fault if message.provenance else None
        if question is None or fault is None:
            return []
        files = refused_files(fault, question.attachments)
        return files if question.text.strip() or len(files) < len(question.attachments) else []

    def _capable(self, message: Message) -> Model | None:
        """The nearest other model that takes the files one was refused for."""
        provenance = message.provenance
        fault = provenance.fault if provenance else None
        files = self._services.conversations.files()
        if provenance is None or fault is None or not refused_files(fault, files):
            return None
        models = self._services.models
        return nearest(
            models.model(provenance.provider_id, provenance.model_id),
            models.models(),
            can_answer=models.can_answer,
            is_fit=lambda other: takes(other, files),
        )

    def _failed(self, message_id: str) -> Message | None:
        conversations = self._services.conversations
        if message_id:
            return conversations.message(message_id)
        branch = conversations.branch()
        last = branch[-1] if branch else None
        return last if last and last.state is MessageState.FAILED else None

    def _other_route(self, message: Message) -> Model | None:
        provenance = message.provenance
        fault = provenance.fault if provenance else None
        if provenance is None or fault is None or fault.kind not in ELSEWHERE:
            return None
        models = self._services.models
        model = models.model(provenance.provider_id, provenance.model_id)
        return nearest(model, models.models(), can_answer=models.can_answer, same_model=True)

    def _dress(self, message: Message) -> None:
        offers = []
        if message.state is MessageState.FAILED:
            other = self._other_route(message)
            if other is not None:
                name = self._provider_name(other)
                offers.append(
                    Button(
                        f"Ask {name} instead ({price_text(other.price)})", "message.ask_elsewhere"
                    )
                )
            if dial := _refused_dial(message):
                offers.append(
                    Button(f"Ask again without {PARAMETERS[dial].title}", "message.ask_without")
                )
            if refused := self._refused_files(message):
                named = f"“{refused[0].name[:30]}”" if len(refused) == 1 else "the refused files"
                offers.append(Button(f"Send without {named}", "message.ask_without_files"))
            capable = self._capable(message)
            if capable is not None:
                offers.append(Button(f"Ask {capable.name} instead", "message.ask_capable"))
        extras = Extras(self._deadlines.get(message.id), tuple(offers))
        if extras != self._transcript.state.extras.get(message.id, Extras()):
            self._transcript.set_extras(message.id, extras)

    def _provider_name(self, model: Model) -> str:
        try:
            return self._services.models.profile(model.provider_id).name
        except AppError:
            return model.provider_id

    def _on_began(self, message_id: str, seconds: float) -> None:
        self._deadlines[message_id] = time.monotonic() + seconds
        self.show()

    def _on_over(self, message_id: str) -> None:
        self._deadlines.pop(message_id, None)
        held = self._transcript.state.extras.get(message_id)
        if held is not None:
            self._transcript.set_extras(message_id, Extras(None, held.offers))

    def _on_finished(self, message: Message) -> None:
        if message.conversation_id == self._services.conversations.current.id:
            self._dress(message)


def _refused_dial(message: Message) -> str:
    """The dial that the provider objected to and that was sent, "" when there is none."""
    provenance = message.provenance
    fault = provenance.fault if provenance else None
    name = fault.parameter if fault is not None else ""
    return name if provenance and name in PARAMETERS and name in provenance.parameters else ""
