"""What the reader did to one block of code or one table: wrapped, unfolded, moved sideways."""

from __future__ import annotations

from dataclasses import dataclass, field

LONG_CODE = 40
"""Lines of code above which a block is folded."""
FOLDED_LINES = 24
"""Lines of a folded block that are shown."""


@dataclass(slots=True)
class BlockState:
    """The state of one block, shared by the rows it is cut into. Lengths in px."""

    is_wrapped: bool = False
    is_unfolded: bool = False
    """Whether the reader asked for all lines, or saw them being written."""
    scroll: int = 0
    note: str = ""
    """What the Copy button says for a moment."""
    lines: dict[int, int] = field(default_factory=dict)
    """Part → lines of code in it."""
    rooms: dict[int, int] = field(default_factory=dict)
    """Part → how far it can be moved sideways."""
    _laid_out: tuple[int, float, bool] = field(default=(0, 0.0, False), init=False)

    def set_room(self, part: int, room: int, width: int, zoom: float) -> None:
        """A part can be moved so far in a column so wide; what was true of another width, text size
        or way to break lines is forgotten."""
        laid_out = (width, zoom, self.is_wrapped)
        if laid_out != self._laid_out:
            self._laid_out = laid_out
            self.rooms.clear()
        self.rooms[part] = room

    @property
    def line_count(self) -> int:
        """Lines of code in all parts."""
        return sum(self.lines.values())

    @property
    def is_long(self) -> bool:
        """Whether it can be folded."""
        return self.line_count > LONG_CODE

    @property
    def is_folded(self) -> bool:
        """Whether only its first lines are shown."""
        return self.is_long and not self.is_unfolded

    @property
    def room(self) -> int:
        """How far the block can be moved sideways, px."""
        return max(self.rooms.values(), default=0)

    @property
    def offset(self) -> int:
        """How far it is moved."""
        return max(0, min(self.scroll, self.room))


class RowStates:
    """The states of the blocks of one row, and of the rows that continue it, in order."""

    def __init__(self) -> None:
        self._states: list[BlockState] = []
        self.is_live = False
        """Whether the row was seen growing: then its code is not folded under the reader."""
        self.is_shut: bool | None = None
        """What the reader chose for the part whose title the row is."""

    def at(self, ordinal: int) -> BlockState:
        """The state of a block, counted among the row's code blocks and tables."""
        while len(self._states) <= ordinal:
            self._states.append(BlockState())
        state = self._states[ordinal]
        if self.is_live:
            state.is_unfolded = True
        return state

    def look(self) -> tuple[object, ...]:
        """What of the states is seen in a picture of the row."""
        return self.is_shut, *(
            (s.is_wrapped, s.is_folded, s.line_count, s.offset, s.room, s.note)
            for s in self._states
        )
