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
        self._wrong: list[Attachment] = []
        self._agreed: list[Attachment] = []
        self._use, self._without, self._anyway = composer.fit_bar.links
        composer.draft_changed.connect(self.show)
        composer.edit_begun.connect(self.show)
        composer.files.changed.connect(self.show)
        self._use.clicked.connect(self._on_use_clicked)
        self._without.clicked.connect(self._on_without_clicked)
        self._anyway.clicked.connect(self._on_anyway_clicked)
        services.conversations.choice_changed.connect(self.show)
        services.models.listed.connect(self.show)

    def show(self) -> None:
        """Looks again at what would be sent, files of earlier messages among them."""
        model = self._model()
        earlier = self._services.conversations.files()
        files = self._composer.attachments()
        wrong, left_out = misfits(model, files), misfits(model, earlier)
        self._wrong = wrong
        self._other = None
        if wrong or left_out:
            self._other = self._nearest(model, [*files, *earlier])
        if wrong and self._other is None:
            self._other = self._nearest(model, files)
        if self._other is not None:
            self._use.setText(f"Use {self._other.name} at {self._provider(self._other)}")
            self._use.setAccessibleName(self._use.text())
        self._use.setVisible(self._other is not None)
        named = f"“{wrong[0].name[:30]}”" if len(wrong) == 1 else f"these {len(wrong)} files"
        self._without.setText(f"Send without {named}")
        self._without.setAccessibleName(self._without.text())
        for link in (self._without, self._anyway):
            link.setVisible(bool(wrong))
        fitting = [file for file in files if file not in wrong]
        told = [misfit_text(model, wrong), *cautions(model, fitting)]
        told.append(left_out_text(model, left_out))
        self._composer.fit_bar.say(" ".join(text for text in told if text))

    def holds_back(self, files: Sequence[Attachment]) -> bool:
        """Whether a message must not go as it stands: a file does not fit, and nobody has said yet
        what is to become of it. The line above the text asks."""
        model = self._model()
        wrong = misfits(model, files)
        return bool(wrong) and any(file not in self._agreed for file in wrong)

    def _model(self) -> Model:
        current = self._services.conversations.current
        return self._services.models.model(current.provider_id, current.model_id)

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

    def _on_use_clicked(self) -> None:
        if self._other is not None:
            self._services.conversations.choices.choose_model(
                self._other.provider_id, self._other.id
            )

    def _on_without_clicked(self) -> None:
        kept = [file for file in self._composer.attachments() if file not in self._wrong]
        self._composer.files.set_attachments(kept)
        self._composer.submit()

    def _on_anyway_clicked(self) -> None:
        self._agreed = list(self._wrong)
        self._composer.submit()
        self._agreed = []
