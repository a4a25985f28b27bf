"""What answers cost, month by month, with the names people know; and the same as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.costs.month import Month
from app.core.costs.spending import Spending, total
from app.core.errors import AppError
from app.services.files.whole_file import write_whole
from app.services.models.models import ModelService
from app.storage.costs.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Line:
    """What one route cost, with the names of its provider and model."""

    spending: Spending
    provider: str
    model: str


class LedgerService:
    """Reads the costs noted in this profile. Months are those of this computer's clock."""

    def __init__(self, ledger: Ledger, models: ModelService) -> None:
        self._ledger = ledger
        self._models = models

    def this_month(self) -> Month:
        """The month it is now."""
        return Month.of(datetime.now().astimezone())

    def months(self) -> list[Month]:
        """The months that can be looked at, the newest first: this one, and those with answers."""
        return sorted({self.this_month(), *self._ledger.months()}, reverse=True)

    def lines(self, month: Month) -> list[Line]:
        """A month by provider and model, the dearest first."""
        return [
            Line(found, self._provider(found.provider_id), self._model(found))
            for found in self._ledger.of_month(month)
        ]

    def month_cost(self) -> Spending:
        """What this month's answers cost so far."""
        return total(self._ledger.of_month(self.this_month()))

    def csv(self, month: Month) -> str:
        """A month as CSV, with every amount to its last digit."""
        from app.transfer.costs import csv_text

        return csv_text(month, self._ledger.of_month(month))

    def save_csv(self, month: Month, path: Path) -> None:
        """Writes a month as CSV. Raises TransferError when that fails."""
        write_whole(path, self.csv(month))

    def _provider(self, provider_id: str) -> str:
        try:
            return self._models.profile(provider_id).name
        except AppError:
            # An address the user has removed since; its id still says which it was.
            return provider_id

    def _model(self, spending: Spending) -> str:
        return self._models.model(spending.provider_id, spending.model_id).name or spending.model_id
