"""A command: its id, words and keys, and what it does where the services can do it.

What needs the window is bound to the rest later, by the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the frame of the window is painted before the services are imported
    from app.services.services import Services


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for.

    `id` is `room.verb`. `keys` are in Qt's portable notation (`Ctrl+Shift+O`), the first is the one
    shown. `section` heads it in the shortcuts page. `menu` names the menu that holds it, None for
    none; `group` separates the entries of a menu by lines. `is_checkable` commands show a tick
    while their state is on. `does` does it with the services alone, while `can` says that it can be
    done; `is_on` is the state of the tick. `words` are other words people use for it; `is_risky`
    ones delete, send or end something, so the palette never offers them as a first guess.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    section: str = "Application"
    help: str = ""
    icon: str = ""
    menu: str | None = None
    group: int = 0
    is_checkable: bool = False
    words: str = ""
    is_risky: bool = False
    does: Callable[[Services], object] | None = None
    can: Callable[[Services], bool] | None = None
    is_on: Callable[[Services], bool] | None = None

    @property
    def room(self) -> str:
        """What comes before the dot of the id."""
        return self.id.partition(".")[0]
