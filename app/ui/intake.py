"""Files on their way into the composer: chosen, pasted or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from app.core.errors import AppError
from app.services.suite import Services
from app.ui.composer.composer import Composer


class Intake(QObject):
    """Takes files into the store and shows them in a composer; what is refused is told."""

    def __init__(self, services: Services, composer: Composer) -> None:
        super().__init__(composer)
        self._services = services
        self._composer = composer
        composer.attach_requested.connect(self.take)
        services.settings.changed.connect(self._on_setting_changed)
        self._on_setting_changed("sending.picture_side")

    def take(self, items: Sequence[Path | bytes]) -> None:
        """Takes in files by path, and pasted bytes: a picture as PNG, a long text as UTF-8."""
        conversations = self._services.conversations
        for item in items:
            try:
                if isinstance(item, Path):
                    attachment = conversations.attach(item)
                else:
                    attachment = conversations.attach_bytes(item, pasted_name(item))
                picture = conversations.attachment_bytes(attachment) if attachment.is_image else b""
            except AppError as error:
                self._services.notices.report(error)
            else:
                self._composer.add_attachment(attachment, picture)

    def _on_setting_changed(self, key: str) -> None:
        if key == "sending.picture_side":
            self._composer.files.set_side(int(self._services.settings.value(key)))


def pasted_name(data: bytes) -> str:
    """What pasted bytes are called."""
    is_picture = data[:4] in (b"\x89PNG", b"GIF8", b"RIFF") or data[:2] == b"\xff\xd8"
    return "pasted picture" if is_picture else "pasted text.txt"
