"""The lists of models that providers published, kept so that they can be read without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

import apsw

from app.core.model import Model
from app.core.parameter import ParameterRange, Support
from app.core.usage import Price
from app.storage import rows
from app.storage.database import Database
from app.storage.reading import row_of

_TUPLES = ("inputs", "outputs", "roles", "dialects", "notes", "abilities", "aliases")


@dataclass(frozen=True, slots=True)
class LiveList:
    """What a provider offered at a time."""

    fetched_at: datetime
    models: tuple[Model, ...]


class LiveListRepository:
    """The newest list of each provider."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_of(self, provider_id: str) -> LiveList | None:
        """The kept list of a provider, None when there is none or it cannot be read any more."""
        row = row_of(
            self._database.reader,
            "SELECT fetched_at, models FROM live_list WHERE provider_id = ?",
            provider_id,
        )
        if row is None:
            return None
        try:
            models = tuple(_model(provider_id, entry) for entry in json.loads(row[1]))
        except (ValueError, TypeError, KeyError, ArithmeticError):
            # Written by another version or damaged: the provider tells it anew.
            return None
        return LiveList(rows.doubtful_moment(row[0]), models)

    def keep(self, provider_id: str, models: Iterable[Model], now: datetime) -> Future[None]:
        """Keeps a list in the place of the earlier one."""
        packed = json.dumps([_plain(model) for model in models], ensure_ascii=False)

        def work(writer: apsw.Connection) -> None:
            writer.execute(
                "INSERT OR REPLACE INTO live_list VALUES (?, ?, ?)",
                (provider_id, rows.moment(now), rows.plain(packed)),
            )

        return self._database.write(work)

    def remove(self, provider_id: str) -> Future[None]:
        """Forgets the list of a provider."""

        def work(writer: apsw.Connection) -> None:
            writer.execute("DELETE FROM live_list WHERE provider_id = ?", (provider_id,))

        return self._database.write(work)


def _plain(model: Model) -> dict[str, Any]:
    """A model as JSON holds it: what is as usual is left out, amounts are texts."""
    found: dict[str, Any] = {}
    for name, value, usual in _values(model, Model(model.provider_id, "", "")):
        if value == usual or name == "provider_id":
            continue
        if name == "price":
            value = {
                item: str(amount)
                for item, amount, _ in _values(model.price, Price())
                if amount is not None
            }
        elif name == "parameters":
            value = {
                item: {n: v for n, v, default in _values(range_, ParameterRange()) if v != default}
                for item, range_ in model.parameters.items()
            }
        found[name] = value
    return found


def _values(value: Any, usual: Any) -> list[tuple[str, Any, Any]]:
    names = [item.name for item in fields(value)]
    return [(name, getattr(value, name), getattr(usual, name)) for name in names]


def _model(provider_id: str, entry: Mapping[str, Any]) -> Model:
    values = dict(entry)
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    if "price" in values:
        values["price"] = Price(
            **{name: Decimal(text) for name, text in dict(values["price"]).items()}
        )
    if "unlisted" in values:
        values["unlisted"] = Support(values["unlisted"])
    if "parameters" in values:
        values["parameters"] = {
            name: ParameterRange(**{**said, "choices": tuple(said.get("choices", ()))})
            for name, said in dict(values["parameters"]).items()
        }
    return Model(provider_id=provider_id, **values)
