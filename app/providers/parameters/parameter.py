"""A parameter as people meet it: its name, what a value means, and which values it takes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.errors import SettingError
from app.core.models.parameter import Kind, ParameterRange, ParameterValue

NOT_SENT = "Not sent: the provider decides."
_YES = ("true", "yes", "on", "1")
_NO = ("false", "no", "off", "0")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
_MOST_DIGITS = 60


class Place(StrEnum):
    """Where a dial stands in the panel: in view at once, or behind "More dials"."""

    MAIN = "main"
    MAIN_WHERE_LISTED = "main where listed"
    """In view on routes that are known to take it, else behind "More dials"."""
    MORE = "more"
    MORE_WHERE_LISTED = "more where listed"
    """Only on routes that are known to take it, or while it is set."""


class Editor(StrEnum):
    """What a dial is turned with."""

    BY_KIND = "by kind"
    """What fits the kind of its values: a slider, a switch, pills, a list or JSON."""
    DICE = "dice"
    THINKING = "thinking"
    ANSWER_SHAPE = "answer shape"
    WORD_BIAS = "word bias"
    RAW = "raw"


@dataclass(frozen=True)
class Parameter:
    """One generation parameter, and its dial.

    `title` is its plain name, `says` what it does, `technical` the name shown beside the plain one
    where that is not `name`. `soft_minimum` and `soft_maximum` bound the dial where a route says
    nothing, `minimum` and `maximum` what any route could make sense of; it never goes below
    `slider_minimum`, nor above what a model can write if
    `is_output_length`. On an `is_logarithmic` dial equal ways are equal factors. `neutral` is the
    value that means "off", None where there is none. `zones` are (upper bound, sentence) in rising
    order; `describe` writes the sentence where a fixed one is not enough. `choices` are the words
    it takes, `example` shows how its JSON looks. `needs` names a switch that is turned on with it.
    `has_word_chart`: the chart of the next word stands below it. `words` are other words people
    look for it by.
    """

    name: str
    kind: Kind
    title: str
    says: str
    step: float = 1
    soft_minimum: float = 0
    soft_maximum: float = 1
    minimum: float | None = None
    maximum: float | None = None
    place: Place = Place.MORE
    editor: Editor = Editor.BY_KIND
    technical: str = ""
    slider_minimum: float | None = None
    is_output_length: bool = False
    is_logarithmic: bool = False
    has_word_chart: bool = False
    needs: str = ""
    example: str = "{}"
    neutral: ParameterValue | None = None
    zones: tuple[tuple[float, str], ...] = ()
    describe: Callable[[Any], str] | None = None
    choices: tuple[str, ...] = ()
    read: Callable[[str], ParameterValue] | None = None
    verify: Callable[[Any], ParameterValue] | None = None
    words: str = ""

    def sentence(self, value: ParameterValue | None) -> str:
        """What this value means, in one sentence; for None what not sending it means."""
        if value is None:
            return NOT_SENT
        if self.describe is not None:
            return self.describe(value)
        if isinstance(value, int | float):
            return next((text for bound, text in self.zones if value <= bound), self.says)
        return self.says

    def parse(self, text: str) -> ParameterValue:
        """The value a text stands for. SettingError says what is accepted."""
        cleaned = text.strip()
        if self.read is not None:
            return self._verified(self.read(cleaned))
        match self.kind:
            case Kind.NUMBER:
                return self._verified(_number(cleaned, self.title, whole=False))
            case Kind.INTEGER:
                return self._verified(_number(cleaned, self.title, whole=True))
            case Kind.FLAG:
                if cleaned.lower() in _YES:
                    return True
                if cleaned.lower() in _NO:
                    return False
                raise SettingError(f"{self.title} is on or off; “{shown(text)}” is neither.")
            case Kind.TEXTS:
                return self._verified(read_texts(text, self.title))
            case _:
                return self._verified(read_json(cleaned, self.title))

    def check(self, value: ParameterValue, range_: ParameterRange) -> ParameterValue:
        """The value, when it fits the route. Clamps nothing: SettingError names the range."""
        value = self._verified(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._check_bounds(value, range_, " on this route")
        elif self.kind is Kind.TEXTS and isinstance(value, Sequence):
            most = range_.max_items
            if most is not None and len(value) > most:
                raise SettingError(
                    f"{self.title} takes at most {most} texts on this route, not {len(value)}."
                )
        if (
            range_.choices
            and isinstance(value, str)
            and self.kind is Kind.CHOICE
            and value not in range_.choices
        ):
            raise SettingError(
                f"{self.title} takes {listed(range_.choices)} on this route, not “{shown(value)}”."
            )
        return value

    def is_possible(self, value: ParameterValue) -> bool:
        """Whether any route could make sense of a value."""
        try:
            self._verified(value)
        except SettingError:
            return False
        return True

    def range_text(self, range_: ParameterRange) -> str:
        """The range in words: `from 0.01 to 1`, `at least 1`, or empty when there is none."""
        low, high = range_.minimum, range_.maximum
        if low is not None and high is not None:
            return f"from {figure(low)} to {figure(high)}"
        if low is not None:
            return f"at least {figure(low)}"
        return f"at most {figure(high)}" if high is not None else ""

    def _check_bounds(self, value: float, range_: ParameterRange, where: str = "") -> None:
        low, high = range_.minimum, range_.maximum
        if (low is None or value >= low) and (high is None or value <= high):
            return
        hint = "Reset the dial to leave it to the provider."
        if self.neutral is not None and value == self.neutral:
            hint = f"To switch {self.title} off here, reset the dial: then nothing is sent."
        span = self.range_text(range_)
        goes = "takes whole numbers" if self.kind is Kind.INTEGER else "goes"
        said = shown(figure(value))
        raise SettingError(f"{self.title} ({self.name}) {goes} {span}{where}, not {said}.", hint)

    def _bounded(self, value: float) -> float:
        """The number, when a route could make sense of it."""
        self._check_bounds(value, ParameterRange(self.minimum, self.maximum))
        return value

    def _verified(self, value: ParameterValue) -> ParameterValue:
        if self.verify is not None:
            return self.verify(value)
        number = _plain_number(value)
        match self.kind:
            case Kind.NUMBER if number is not None:
                return self._bounded(number)
            case Kind.INTEGER if number is not None and number == int(number):
                return self._bounded(int(number))
            case Kind.FLAG if isinstance(value, bool):
                return value
            case Kind.TEXTS if isinstance(value, str):
                return [value] if value else []
            case Kind.TEXTS if isinstance(value, Sequence) and all(
                isinstance(item, str) for item in value
            ):
                return [item for item in value if item]
        wanted = {
            Kind.NUMBER: "a number",
            Kind.INTEGER: "a whole number",
            Kind.FLAG: "on or off",
            Kind.TEXTS: "a list of texts",
        }
        raise SettingError(f"{self.title} takes {wanted.get(self.kind, 'another kind of value')}.")


def read_json(text: str, title: str) -> Any:
    """The value of a JSON text; SettingError says where it breaks."""
    try:
        return json.loads(text, parse_constant=no_constant)
    except RecursionError as error:
        raise SettingError(f"{title} is nested too deeply.") from error
    except ValueError as error:
        raise SettingError(f"{title} takes JSON; this is not: {error}.") from error


def no_constant(word: str) -> Any:
    """Refuses NaN and Infinity, which Python reads and no provider does."""
    raise ValueError(f"{word} is no JSON")


def read_texts(text: str, title: str) -> list[str]:
    """Texts from a JSON list, or one a line; `\\n` and `\\t` stand for a line break and a tab."""
    if text.strip().startswith("["):
        found = read_json(text, title)
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return found
        raise SettingError(f'{title} takes texts, one a line, or a JSON list like ["END", "---"].')
    lines = text.splitlines()
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line]


def figure(value: float) -> str:
    """A number for people, thousands kept apart: `0.01`, `65 536`."""
    if value == int(value):
        return f"{int(value):,}".replace(",", "\u202f")
    return f"{value:g}"


def shown(text: str) -> str:
    """A user's text short enough for a sentence."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence has them: `off, low or high`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _plain_number(value: object) -> float | int | None:
    """A finite number that is no flag."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def _number(text: str, title: str, *, whole: bool) -> float | int:
    cleaned = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace("−", "-")
    if whole and _THOUSANDS.fullmatch(cleaned):
        cleaned = cleaned.replace(",", "")
    elif "," in cleaned and "." not in cleaned:
        cleaned = cleaned.replace(",", ".", 1)
    wanted = "a whole number, like 7" if whole else "a number, like 0.7"
    complaint = SettingError(f"{title} takes {wanted}; “{shown(text)}” is not one.")
    if cleaned.lstrip("+-").isdecimal():
        # So many digits are past every range, and Python reads no more than some thousand.
        cleaned = cleaned[:_MOST_DIGITS]
    try:
        value = int(cleaned) if cleaned.lstrip("+-").isdecimal() else float(cleaned)
    except ValueError:
        raise complaint from None
    if _plain_number(value) is None or (whole and value != int(value)):
        raise complaint
    return int(value) if whole else value
