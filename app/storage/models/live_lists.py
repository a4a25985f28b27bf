"""The lists of models that providers published, kept so that they can be read without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

import apsw

from app.core.costs.usage import Price
from app.core.models.model import Model
from app.core.models.parameter import ParameterRange, Support
from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import row_of

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
            models = _unpacked(provider_id, json.loads(row[1]))
        except (ValueError, TypeError, LookupError, ArithmeticError):
            # Written by another version or damaged: the provider tells it anew.
            return None
        return LiveList(rows.doubtful_moment(row[0]), models)

    def keep(self, provider_id: str, models: Iterable[Model], now: datetime) -> Future[None]:
        """Keeps a list in the place of the earlier one."""
        kept = list(models)

        def work(writer: apsw.Connection) -> None:
            packed = json.dumps(_packed(kept), ensure_ascii=False, separators=(",", ":"))
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


def _packed(models: Iterable[Model]) -> dict[str, Any]:
    """Models as JSON holds them; each range is written once and named by its place."""
    ranges: list[dict[str, Any]] = []
    places: dict[str, int] = {}

    def place_of(range_: ParameterRange) -> int:
        said = {n: value for n, value, usual in _values(range_, ParameterRange()) if value != usual}
        key = json.dumps(said)
        if key not in places:
            places[key] = len(ranges)
            ranges.append(said)
        return places[key]

    entries = [_plain(model, place_of) for model in models]
    return {"ranges": ranges, "models": entries}


def _plain(model: Model, place_of: Callable[[ParameterRange], int]) -> dict[str, Any]:
    """A model's fields; what is as usual is left out, amounts are texts."""
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
            value = {item: place_of(range_) for item, range_ in model.parameters.items()}
        found[name] = value
    return found


def _values(value: Any, usual: Any) -> list[tuple[str, Any, Any]]:
    names = [item.name for item in fields(value)]
    return [(name, getattr(value, name), getattr(usual, name)) for name in names]


def _unpacked(provider_id: str, packed: Mapping[str, Any]) -> tuple[Model, ...]:
    ranges = [
        ParameterRange(**{**said, "choices": tuple(said.get("choices", ()))})
        for said in packed["ranges"]
    ]
    return tuple(_model(provider_id, entry, ranges) for entry in packed["models"])


def _model(provider_id: str, entry: Mapping[str, Any], ranges: Sequence[ParameterRange]) -> Model:
    values = dict(entry)
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    if "price" in values:
        amounts = dict(values["price"]).items()
        values["price"] = Price(**{name: Decimal(text) for name, text in amounts})
    if "unlisted" in values:
        values["unlisted"] = Support(values["unlisted"])
    if "parameters" in values:
        places = dict(values["parameters"]).items()
        values["parameters"] = {name: ranges[place] for name, place in places}
    return Model(provider_id=provider_id, **values)
