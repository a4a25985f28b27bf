"""What routes were found to refuse: learnt from answers, shown to the user, and forgotten again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from app.core.conversations.conversation import Message, MessageState, Provenance
from app.core.models.lesson import Lesson
from app.providers.dialects.body import Habits
from app.providers.errors.lessons import habits_of, is_habit, refused_dial, taught_by
from app.services.tasks import TaskScope
from app.storage.models.lessons import LessonRepository

ANSWERED = (MessageState.DONE, MessageState.CUT_OFF)


class LessonService(QObject):
    """Knows the lessons by provider; `changed(provider_id)` says that there are others than before.

    A refusal becomes a lesson only when the question asked differently was answered: one that was
    refused again was refused for another reason.
    """

    changed = Signal(str)

    def __init__(
        self, repository: LessonRepository, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._repository = repository
        self._scope = scope
        self._lessons = repository.lessons()
        self._habits: dict[str, dict[str, Habits]] = {}
        self._doubts: dict[str, set[str]] = {}
        self._objections: dict[str, tuple[str, str, str]] = {}

    def of(self, provider_id: str) -> list[Lesson]:
        """What was learnt of a provider's routes, the oldest first."""
        return [lesson for lesson in self._lessons if lesson.provider_id == provider_id]

    def refused(self, provider_id: str, model_id: str) -> tuple[str, ...]:
        """The parameters that a route was found to refuse."""
        return tuple(
            lesson.name
            for lesson in self._lessons
            if (lesson.provider_id, lesson.model_id) == (provider_id, model_id)
            and not is_habit(lesson.name)
        )

    def habits(self, provider_id: str) -> dict[str, Habits]:
        """The habits of a provider's routes by model, for its client to keep and to add to."""
        if provider_id not in self._habits:
            self._habits[provider_id] = self._learnt(provider_id)
        return self._habits[provider_id]

    def note(self, message_id: str, code: str, _text: str) -> None:
        """Takes in what was said on the way to an answer."""
        if name := taught_by(code):
            self._doubts.setdefault(message_id, set()).add(name)

    def note_answered(self, message: Message) -> None:
        """Learns from an answer that came after its question was asked differently."""
        names = self._doubts.pop(message.id, set())
        origin, question = message.provenance, message.parent_id or ""
        if origin is None:
            return
        if message.state is MessageState.FAILED and origin.fault is not None:
            if refused_dial(origin.fault, origin.parameters):
                self._objections[question] = (*_route(origin), origin.fault.parameter)
            return
        if message.state not in ANSWERED:
            return
        *route_then, dial = self._objections.pop(question, ("", "", ""))
        if tuple(route_then) == _route(origin) and dial not in origin.parameters:
            names = names | {dial}
        if names:
            self._learn(origin, names)

    def _learn(self, origin: Provenance, names: Collection[str]) -> None:
        route = _route(origin)
        known = {(x.provider_id, x.model_id, x.name) for x in self._lessons}
        now = datetime.now(UTC)
        for name in sorted(names):
            if (*route, name) in known:
                continue
            lesson = Lesson(*route, name, now)
            self._lessons.append(lesson)
            self._scope.watch(self._repository.keep(lesson))
        self.changed.emit(origin.provider_id)

    def forget(self, lesson: Lesson) -> None:
        """Forgets one lesson: the next question is asked in the usual way again."""
        self._lessons = [known for known in self._lessons if known != lesson]
        self._scope.watch(self._repository.forget(lesson))
        self._renew(lesson.provider_id)

    def forget_provider(self, provider_id: str) -> None:
        """Forgets all lessons of a provider, whose routes may be others now."""
        if self.of(provider_id):
            self._lessons = [known for known in self._lessons if known.provider_id != provider_id]
            self._scope.watch(self._repository.forget_provider(provider_id))
        self._renew(provider_id)

    def _renew(self, provider_id: str) -> None:
        """Brings the habits, which a client holds, to what is known now."""
        held = self._habits.get(provider_id)
        if held is not None:
            held.clear()
            held.update(self._learnt(provider_id))
        self.changed.emit(provider_id)

    def _learnt(self, provider_id: str) -> dict[str, Habits]:
        names: dict[str, set[str]] = {}
        for lesson in self.of(provider_id):
            names.setdefault(lesson.model_id, set()).add(lesson.name)
        return {model_id: habits_of(found) for model_id, found in names.items()}


def _route(origin: Provenance) -> tuple[str, str]:
    return origin.provider_id, origin.model_id
