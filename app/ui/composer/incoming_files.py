"""Files on their way into the composer: chosen, pasted or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.core.conversations.attachment import Attachment
from app.core.errors import AppError
from app.services.files.attaching import is_large
from app.services.notices import Notice
from app.services.services import Services
from app.ui.composer.composer import Composer


class Intake(QObject):
    """Takes files into the store and shows them in a composer; what is refused is told."""

    def __init__(self, services: Services, composer: Composer) -> None:
        super().__init__(composer)
        self._services = services
        self._composer = composer
        composer.attach_requested.connect(self.take)
        services.attaching.taken.connect(self._on_taken)
        services.settings.changed.connect(self._on_setting_changed)
        self._on_setting_changed("sending.picture_side")

    def take(self, items: Sequence[Path | bytes]) -> None:
        """Takes in files by path, and pasted bytes: a picture as PNG, a long text as UTF-8."""
        conversations = self._services.conversations
        large = [item for item in items if is_large(item)]
        if large:
            named = [i if isinstance(i, Path) else (i, pasted_name(i)) for i in large]
            self._services.attaching.take(named, conversations.current.id)
        refused: list[AppError] = []
        said: list[str] = []
        for item in items:
            if item in large:
                continue
            try:
                if isinstance(item, Path):
                    attachment = conversations.attach(item)
                else:
                    attachment = conversations.attach_bytes(item, pasted_name(item))
                picture = conversations.attachment_bytes(attachment) if attachment.is_image else b""
            except AppError as error:
                refused.append(error)
            else:
                said.append(self._add(attachment, picture))
        said += [*(e.message for e in refused), *(e.hint for e in refused)]
        if text := " ".join(dict.fromkeys(filter(None, said))):
            self._services.notices.show(Notice(text, "warn"))

    def _add(self, attachment: Attachment, picture: bytes) -> str:
        """Adds a file; what is to be told of it, if anything."""
        known = self._composer.add_attachment(attachment, picture)
        if known is None:
            return ""
        if known.name == attachment.name:
            return f"{known.name} is attached already."
        return f"{attachment.name} has the same content as {known.name} and is not sent twice."

    def _on_taken(self, conversation_id: str, attachment: Attachment, small: bytes) -> None:
        if conversation_id == self._services.conversations.current.id:
            if text := self._add(attachment, small):
                self._services.notices.show(Notice(text, "warn"))
            return
        text = f"{attachment.name} was not attached: another conversation was opened meanwhile."
        self._services.notices.show(Notice(text, "warn"))

    def _on_setting_changed(self, key: str) -> None:
        if key == "sending.picture_side":
            self._composer.files.set_side(int(self._services.settings.value(key)))


def pasted_name(data: bytes) -> str:
    """What pasted bytes are called."""
    is_picture = data[:4] in (b"\x89PNG", b"GIF8", b"RIFF") or data[:2] == b"\xff\xd8"
    return "pasted picture" if is_picture else "pasted text.txt"
