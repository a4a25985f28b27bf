"""A month of the calendar, as costs are added up by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.core.errors import SettingError

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Their English names: the system's own would be in the language of the system."""

FIRST_YEAR, LAST_YEAR = 1970, 9998
"""Years whose months every computer can place in its own time."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A year and a month from 1 to 12; as text `2026-11`."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> Month:
        """The month a moment lies in, by the clock the moment was read from."""
        return cls(moment.year, moment.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month of `2026-11`. Raises SettingError for anything else."""
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text.strip())
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise SettingError(f"“{text}” is not a month.", "Write it as year-month: 2026-11")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def title(self) -> str:
        """The month as people read it: `November 2026`."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    def next(self) -> Month:
        """The month after this one."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def begins(self, zone: tzinfo | None = None) -> datetime:
        """Its first moment in a time zone, or in this computer's own."""
        first = datetime(self.year, self.number, 1, tzinfo=zone)
        return first if zone is not None else first.astimezone()
