"""A time to wait in words: the shorter it is, the more exact."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.costs.month import MONTHS

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"))


def span_text(seconds: float) -> str:
    """A span in one or two units: “45 s”, “2 minutes”, “1 hour 30 minutes”, “3 days”."""
    whole = max(0, round(seconds))
    if whole < 90:
        return f"{whole} s"
    # Two units at most: what is smaller is noise beside them.
    for place, (size, name) in enumerate(_UNITS):
        if whole < size:
            continue
        below, below_name = (*_UNITS, (1, "second"))[place + 1]
        count, rest = divmod(round(whole / below) * below, size)
        said = _counted(count, name)
        return f"{said} {_counted(rest // below, below_name)}" if rest else said
    return _counted(whole, "second")


def wait_text(seconds: float, since: datetime) -> str:
    """A wait that began at a moment: “45 s”, “12 hours, until 14:30”, in local time."""
    said = span_text(seconds)
    if seconds < 600:
        return said
    end = since.astimezone() + timedelta(seconds=seconds)
    clock = f"{end:%H:%M}"
    if seconds <= 86_400:
        return f"{said}, until {clock}"
    return f"{said}, until {end.day} {MONTHS[end.month - 1]} {end.year}, {clock}"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
