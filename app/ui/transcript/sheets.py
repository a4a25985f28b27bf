"""The sheets of a branch, each made when it is first asked for: a conversation may have a hundred
thousand messages, and a view shows a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from app.core.conversation import Message, Role
from app.ui.transcript.sheet import BUBBLE_SHARE, Sheet
from app.ui.transcript.style import Style

Places = Mapping[str, tuple[int, int]]
"""Message id → (position from 1, count) among its siblings; one that has none may be left out."""
MakeSheet = Callable[[Message, tuple[int, int]], Sheet]

ALONE = (1, 1)
LETTERS_A_BREAK = 100
"""How far line breaks are apart in what models write, roughly."""


class Sheets(Sequence[Sheet]):
    """One for each message, in order."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._sheets: list[Sheet | None] = []
        self._places: Places = {}
        self._make: MakeSheet | None = None

    def show(self, messages: Sequence[Message], places: Places, make: MakeSheet) -> bool:
        """Another branch; sheets of the same conversation stay. True when both begin alike."""
        is_alike = bool(
            messages
            and self._messages
            and messages[0].conversation_id == self._messages[0].conversation_id
        )
        known = {sheet.message.id: sheet for sheet in self.made()} if is_alike else {}
        self._messages, self._places, self._make = list(messages), places, make
        self._sheets = [None] * len(messages)
        if known:
            for index, message in enumerate(messages):
                sheet = known.get(message.id)
                if sheet is not None:
                    self._sheets[index] = sheet
                    place = places.get(message.id, ALONE)
                    if sheet.message is not message or sheet.foot.place != place:
                        sheet.set_message(message, place)
        return is_alike

    def append(self, sheet: Sheet) -> None:
        """One more message."""
        self._messages.append(sheet.message)
        self._sheets.append(sheet)

    def made(self) -> Iterator[Sheet]:
        """Those that were asked for."""
        return (sheet for sheet in self._sheets if sheet is not None)

    def peek(self, index: int) -> tuple[Message, Sheet | None]:
        """A message, and its sheet if it was asked for; makes none."""
        sheet = self._sheets[index]
        return (self._messages[index] if sheet is None else sheet.message), sheet

    def message_ids(self) -> Iterable[str]:
        """The ids in order, without making a sheet."""
        return (message.id for message in self._messages)

    def likely_heights(self, width: int, style: Style) -> Iterator[int]:
        """The height of each as far as it is known, px."""
        line, above, letter = style.line_height, style.px(70), max(1, style.px(7))
        across = max(20, int(width / letter))
        narrow = max(20, int(width * BUBBLE_SHARE / letter))
        for message, sheet in zip(self._messages, self._sheets, strict=True):
            if sheet is not None:
                yield sheet.height if sheet.width else sheet.guess(width)
                continue
            fitting = narrow if message.role is Role.USER else across
            outline = message.outline
            if outline is not None:
                letters = outline[0]
                breaks = letters // LETTERS_A_BREAK
            else:
                text = message.text
                letters, breaks = len(text), text.count("\n")
            yield (breaks + letters // fitting + 1) * line + above

    @overload
    def __getitem__(self, index: int) -> Sheet: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sheet]: ...
    def __getitem__(self, index: int | slice) -> Sheet | list[Sheet]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        sheet = self._sheets[index]
        if sheet is None:
            message = self._messages[index]
            assert self._make is not None
            sheet = self._make(message, self._places.get(message.id, ALONE))
            self._sheets[index] = sheet
        return sheet

    def __setitem__(self, index: int, sheet: Sheet) -> None:
        self._sheets[index] = sheet

    def __len__(self) -> int:
        return len(self._sheets)
