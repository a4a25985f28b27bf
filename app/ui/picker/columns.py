"""The columns of the routes table: what each shows, how it sorts, and how unknown looks."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from app.core.costs.usage import Price
from app.core.models.model import context_text
from app.services.models.routes import Route
from app.ui.picker.route_text import dollars_text
from app.ui.widgets.fact_table import FactColumn

UNPUBLISHED = "not published"
UNMEASURED = "none yet"
_Unknown = str | Callable[[Route], str]


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


def _unmeasured(route: Route) -> str:
    """One's own answers are measured by route, not by the host that happened to write them."""
    return UNMEASURED if route.host is None else ""


def _more(route: Route) -> str:
    if route.host is None:
        return route.model.id
    troubled = "\nReported as not well just now." if route.host.is_troubled else ""
    return f"{route.model.id}\n{route.host.tag}{troubled}"


def _column(
    title: str,
    tip: str,
    value: Callable[[Route], object],
    text: Callable[[object], str] = str,
    unknown: _Unknown = UNPUBLISHED,
    *,
    is_number: bool = True,
    is_rare: bool = False,
) -> FactColumn[Route]:
    return FactColumn(title, tip, value, text, unknown, is_number, is_rare=is_rare)


COLUMNS: tuple[FactColumn[Route], ...] = (
    FactColumn(
        "Route", "The provider, and the host behind it", name_of, is_number=False, more=_more
    ),
    _column("In", "US dollars for 1,000,000 tokens that are sent", _input, _dollars),
    _column("Out", "US dollars for 1,000,000 tokens that are answered", _output, _dollars),
    _column(
        "A message",
        "US dollars for each message, whatever its length",
        _message,
        _dollars,
        "no",
        is_rare=True,
    ),
    _column("Context", "Tokens it reads at once", _context, _tokens),
    _column("Max answer", "Tokens of the longest answer", _max_output, _tokens),
    _column("Uptime", "How often it answered in the last day", _uptime, _percent),
    _column("First word", "Half of all answers begin within this time", _latency, _seconds),
    _column("Speed", "Tokens a second in half of all answers", _throughput, _speed),
    _column("Precision", "How finely the model's numbers are kept", _precision, is_number=False),
    _column("Your first word", "The median of your own answers", _own_wait, _seconds, _unmeasured),
    _column("Your speed", "The median of your own answers", _own_speed, _speed, _unmeasured),
)
"""The columns from left to right."""
