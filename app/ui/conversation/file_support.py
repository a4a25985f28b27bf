"""Says before sending which files the chosen route cannot take, and offers one that can."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.core.conversations.attachment import Attachment
from app.core.errors import AppError
from app.core.models.model import Model
from app.services.files.file_support import left_out_text, misfit_text, misfits, takes
from app.services.files.file_warnings import cautions
from app.services.models.nearest_route import nearest
from app.services.services import Services
from app.ui.composer.composer import Composer


class Fitting(QObject):
    """Keeps the line about files in a composer true while files and routes change."""

    def __init__(self, services: Services, composer: Composer) -> None:
        super().__init__(composer)
        self._services = services
        self._composer = composer
        self._other: Model | None = None
        composer.draft_changed.connect(self.show)
        composer.fit_bar.chosen.connect(self._on_chosen)
        services.conversations.choice_changed.connect(self.show)
        services.models.listed.connect(self.show)

    def show(self) -> None:
        """Looks again at what would be sent, files of earlier messages among them."""
        conversations, models = self._services.conversations, self._services.models
        current = conversations.current
        model = models.model(current.provider_id, current.model_id)
        earlier = conversations.files()
        files = self._composer.attachments()
        wrong, left_out = misfits(model, files), misfits(model, earlier)
        self._other = None
        if wrong or left_out:
            self._other = self._nearest(model, [*files, *earlier])
        if wrong and self._other is None:
            self._other = self._nearest(model, files)
        link = self._composer.fit_bar.links[0]
        if self._other is not None:
            link.setText(f"Use {self._other.name} at {self._provider(self._other)}")
            link.setAccessibleName(link.text())
        link.setVisible(self._other is not None)
        fitting = [file for file in files if file not in wrong]
        told = [misfit_text(model, wrong), *cautions(model, fitting)]
        told.append(left_out_text(model, left_out))
        self._composer.fit_bar.say(" ".join(text for text in told if text))

    def _nearest(self, model: Model, files: Sequence[Attachment]) -> Model | None:
        models = self._services.models
        return nearest(
            model,
            models.models(),
            can_answer=models.can_answer,
            is_fit=lambda other: takes(other, files),
        )

    def _provider(self, model: Model) -> str:
        try:
            return self._services.models.profile(model.provider_id).name
        except AppError:
            return model.provider_id

    def _on_chosen(self) -> None:
        if self._other is not None:
            self._services.conversations.choices.choose_model(
                self._other.provider_id, self._other.id
            )
