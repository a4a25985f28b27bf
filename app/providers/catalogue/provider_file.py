"""Reads a provider file: TOML that names a provider, its habits and its models."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.costs.usage import Price
from app.core.errors import SettingError
from app.core.models.model import Model
from app.core.models.parameter import ParameterRange, Support
from app.providers.account.account import ACCOUNT_FIELDS
from app.providers.account.bill import RECORD_FIELDS
from app.providers.catalogue.profile import DIALECT_NAMES, ProviderProfile
from app.providers.catalogue.reply_place import Places, ReplyPlace

_CHOICES = {
    "dialect": DIALECT_NAMES,
    "stream_usage": ("always", "ask"),
    "stop_encoding": ("array", "comma"),
}
_FIELDS = {"account_fields": ACCOUNT_FIELDS, "generation_fields": RECORD_FIELDS}
_DEFAULTS = {item.name: item.default for item in fields(ProviderProfile) if item.default != MISSING}
_MODEL_TEXTS = ("id", "name", "group", "released")
_MODEL_NUMBERS = ("context", "max_output", "video_seconds")
_MODEL_LISTS = ("inputs", "outputs", "roles", "dialects", "notes")
_PRICES = tuple(item.name for item in fields(Price))


def read_provider(text: str, file_name: str) -> tuple[ProviderProfile, list[Model]]:
    """The provider and its models. SettingError names the file, the place and what fits there."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{file_name} is not valid TOML: {error}.") from error
    reader = _Reader(file_name)
    entries = data.pop("models", [])
    profile = reader.profile(data)
    reader.expect(isinstance(entries, list), "models", "a list of tables ([[models]])")
    return profile, [reader.model(entry, profile) for entry in entries]


class _Reader:
    """Turns tables into values; every error names the file and the key."""

    def __init__(self, file_name: str) -> None:
        self._file = file_name

    def expect(self, is_right: bool, place: str, wanted: str) -> None:
        if not is_right:
            raise SettingError(f"{self._file}: {place} should be {wanted}.")

    def profile(self, data: Mapping[str, Any]) -> ProviderProfile:
        values = dict(data)
        for name in ("id", "name", "base_url"):
            self.expect(bool(values.get(name)), name, "given")
        defaults = {item.name: item for item in fields(ProviderProfile)}
        for name, value in data.items():
            self.expect(name in defaults, name, f"one of {', '.join(defaults)}")
            values[name] = self._profile_value(name, value)
        return ProviderProfile(**values)

    def _profile_value(self, name: str, value: Any) -> Any:
        if name in _CHOICES:
            self.expect(value in _CHOICES[name], name, " or ".join(_CHOICES[name]))
            return value
        if name == "unlisted":
            return self._support(value)
        if name == "cost_from":
            return self._places(value, name)
        if name in _FIELDS:
            return self._places_by_name(value, name)
        if name == "ranges":
            return self._ranges(value, name)
        if name == "extras":
            return self._extras(value)
        if name in ("headers", "attribution", "names"):
            return self._texts_by_name(value, name)
        if name in ("small_context_body", "pdf_plugin"):
            self.expect(isinstance(value, dict), name, "a table")
            return value
        if name == "out_of_credit_statuses":
            is_right = isinstance(value, list) and all(type(item) is int for item in value)
            self.expect(is_right, name, "a list of HTTP statuses")
            return tuple(value)
        kind = type(_DEFAULTS[name]) if name in _DEFAULTS else str
        self.expect(
            type(value) is kind, name, {str: "a text", bool: "true or false"}.get(kind, "a number")
        )
        return value

    def _places_by_name(self, value: Any, name: str) -> dict[str, Places]:
        self.expect(isinstance(value, dict), name, "a table")
        for entry in value:
            known = ", ".join(_FIELDS[name])
            self.expect(entry in _FIELDS[name], f"{name}.{entry}", f"one of {known}")
        return {entry: self._places(said, f"{name}.{entry}") for entry, said in value.items()}

    def _places(self, value: Any, where: str) -> Places:
        """A path, a table with a path or a header, or a list of such."""
        return tuple(
            self._place(entry, where) for entry in (value if isinstance(value, list) else [value])
        )

    def _place(self, entry: Any, where: str) -> ReplyPlace:
        if isinstance(entry, str):
            entry = {"path": entry}
        self.expect(isinstance(entry, dict), where, 'a path like "usage.cost", or a table')
        kinds: dict[str, type] = {item.name: type(item.default) for item in fields(ReplyPlace)}
        for name, value in entry.items():
            self.expect(name in kinds, f"{where}: {name}", f"one of {', '.join(kinds)}")
            self.expect(type(value) is kinds[name], f"{where}: {name}", "of another kind")
        place = ReplyPlace(**entry)
        self.expect(bool(place.path) != bool(place.header), where, "a path or a header")
        self.expect(place.per_dollar > 0, f"{where}: per_dollar", "above 0")
        return place

    def _extras(self, value: Any) -> dict[str, tuple[str, ...]]:
        self.expect(isinstance(value, dict), "extras", "a table")
        for dialect, names in value.items():
            is_right = dialect in DIALECT_NAMES and _is_texts(names)
            self.expect(is_right, f"extras: {dialect}", "a dialect with a list of parameters")
        return {dialect: tuple(names) for dialect, names in value.items()}

    def model(self, entry: Any, profile: ProviderProfile) -> Model:
        self.expect(isinstance(entry, dict), "models", "a list of tables ([[models]])")
        place = f"model {entry.get('id', '?')}"
        known = [*_MODEL_TEXTS, *_MODEL_NUMBERS, *_MODEL_LISTS]
        known += ["price", "parameters", "unlisted", "sources"]
        for name in entry:
            self.expect(name in known, f"{place}: {name}", f"one of {', '.join(known)}")
        for name in ("id", "name"):
            self.expect(bool(entry.get(name)), f"{place}: {name}", "given")
        values: dict[str, Any] = {}
        checks: list[tuple[tuple[str, ...], Callable[[Any], bool], str]] = [
            (_MODEL_TEXTS, lambda value: isinstance(value, str), "a text"),
            (
                _MODEL_NUMBERS,
                lambda value: type(value) is int and value > 0,
                "a whole number above 0",
            ),
            (_MODEL_LISTS, _is_texts, "a list of texts"),
        ]
        for names, is_right, wanted in checks:
            for name in names:
                if name in entry:
                    self.expect(is_right(entry[name]), f"{place}: {name}", wanted)
                    value = entry[name]
                    values[name] = tuple(value) if isinstance(value, list) else value
        values["price"] = self._price(entry.get("price", {}), place)
        values["parameters"] = self._ranges(entry.get("parameters", {}), f"{place}: parameters")
        values["sources"] = self._texts_by_name(entry.get("sources", {}), f"{place}: sources")
        values["unlisted"] = (
            self._support(entry["unlisted"]) if "unlisted" in entry else profile.unlisted
        )
        return Model(provider_id=profile.id, **values)

    def _support(self, value: Any) -> Support:
        self.expect(value in list(Support), "unlisted", " or ".join(Support))
        return Support(value)

    def _texts_by_name(self, value: Any, place: str) -> dict[str, str]:
        is_right = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        self.expect(is_right, place, "a table of texts")
        return dict(value)

    def _price(self, value: Any, place: str) -> Price:
        self.expect(isinstance(value, dict), f"{place}: price", "a table")
        amounts: dict[str, Decimal] = {}
        for name, text in value.items():
            where = f"{place}: price.{name}"
            self.expect(name in _PRICES, where, f"one of {', '.join(_PRICES)}")
            self.expect(isinstance(text, str), where, 'a price in quotes, like "0.65"')
            try:
                amounts[name] = Decimal(text)
            except InvalidOperation:
                raise SettingError(f"{self._file}: {where} is not a number.") from None
            self.expect(amounts[name].is_finite() and amounts[name] >= 0, where, "0 or more")
        return Price(**amounts)

    def _ranges(self, value: Any, place: str) -> dict[str, ParameterRange]:
        self.expect(isinstance(value, dict), place, "a table")
        return {name: self._range(entry, f"{place}.{name}") for name, entry in value.items()}

    def _range(self, entry: Any, place: str) -> ParameterRange:
        self.expect(isinstance(entry, dict), place, "a table")
        known = [item.name for item in fields(ParameterRange)]
        values: dict[str, Any] = {}
        for name, value in entry.items():
            self.expect(name in known, f"{place}: {name}", f"one of {', '.join(known)}")
            if name in ("minimum", "maximum"):
                self.expect(type(value) in (int, float), f"{place}: {name}", "a number")
            elif name == "max_items":
                self.expect(type(value) is int, f"{place}: {name}", "a whole number")
            elif name == "choices":
                self.expect(_is_texts(value), f"{place}: {name}", "a list of texts")
                value = tuple(value)
            elif name in ("note", "source"):
                self.expect(isinstance(value, str), f"{place}: {name}", "a text")
            values[name] = value
        low, high = values.get("minimum"), values.get("maximum")
        is_ordered = low is None or high is None or low <= high
        self.expect(is_ordered, place, "a range whose minimum is not above its maximum")
        return ParameterRange(**values)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
