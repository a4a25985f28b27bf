"""The columns of the routes table: what each shows, how it sorts, and how unknown looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.core.costs.usage import Price
from app.core.models.model import context_text
from app.services.models.routes import Route
from app.ui.picker.route_text import dollars_text

UNPUBLISHED = "not published"
UNMEASURED = "none yet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` is what it is sorted by, None for unknown; `text` writes a known one."""

    title: str
    tip: str
    value: Callable[[Route], object]
    text: Callable[[object], str] = str
    unknown: str = UNPUBLISHED
    is_number: bool = True

    def shown(self, route: Route) -> str:
        """What stands in the cell; an unknown value is never shown as 0."""
        found = self.value(route)
        if found is None and self.unknown == UNMEASURED and route.host is not None:
            # One's own answers are measured by route, not by the host that happened to write them.
            return ""
        return self.unknown if found is None else self.text(found)


def name_of(route: Route) -> str:
    """The first cell: the provider, and the host behind it."""
    if route.host is not None:
        return f"{route.provider} · {route.host.name}"
    return route.provider


def _price(route: Route) -> Price:
    return route.model.price if route.host is None else route.host.price


def _input(route: Route) -> Decimal | None:
    return _price(route).input_per_million


def _output(route: Route) -> Decimal | None:
    return _price(route).output_per_million


def _message(route: Route) -> Decimal | None:
    price = _price(route)
    return price.per_message if price.is_per_message else None


def _context(route: Route) -> int | None:
    return route.model.context if route.host is None else route.host.context


def _max_output(route: Route) -> int | None:
    return route.model.max_output if route.host is None else route.host.max_output


def _precision(route: Route) -> str | None:
    return (route.host.quantization or None) if route.host is not None else None


def _uptime(route: Route) -> float | None:
    return route.host.uptime if route.host is not None else None


def _latency(route: Route) -> float | None:
    return route.host.latency if route.host is not None else None


def _throughput(route: Route) -> float | None:
    return route.host.throughput if route.host is not None else None


def _own_wait(route: Route) -> float | None:
    return route.measured.first_text


def _own_speed(route: Route) -> float | None:
    return route.measured.speed


def _dollars(value: object) -> str:
    amount = Decimal(str(value))
    return dollars_text(amount) if amount else "free"


def _tokens(value: object) -> str:
    return context_text(int(str(value)))


def _percent(value: object) -> str:
    return f"{float(str(value)):.1f} %"


def _seconds(value: object) -> str:
    return f"{float(str(value)):.2f} s"


def _speed(value: object) -> str:
    return f"{float(str(value)):.0f} a second"


COLUMNS: tuple[Column, ...] = (
    Column("Route", "The provider, and the host behind it", name_of, is_number=False),
    Column("In", "US dollars for 1,000,000 tokens that are sent", _input, _dollars),
    Column("Out", "US dollars for 1,000,000 tokens that are answered", _output, _dollars),
    Column(
        "A message", "US dollars for each message, whatever its length", _message, _dollars, "no"
    ),
    Column("Context", "Tokens it reads at once", _context, _tokens),
    Column("Max answer", "Tokens of the longest answer", _max_output, _tokens),
    Column("Uptime", "How often it answered in the last day", _uptime, _percent),
    Column("First word", "Half of all answers begin within this time", _latency, _seconds),
    Column("Speed", "Tokens a second in half of all answers", _throughput, _speed),
    Column("Precision", "How finely the model's numbers are kept", _precision, is_number=False),
    Column("Your first word", "The median of your own answers", _own_wait, _seconds, UNMEASURED),
    Column("Your speed", "The median of your own answers", _own_speed, _speed, UNMEASURED),
)
"""The columns from left to right."""
