"""The sheets of a branch, each made when it is first asked for: a conversation may have a hundred
thousand messages, and a view shows a few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from app.core.conversations.branch import Branch
from app.core.conversations.conversation import Message, Role
from app.ui.transcript.layout.message import BUBBLE_SHARE, Sheet
from app.ui.transcript.layout.message_index import Indexes
from app.ui.transcript.painting.style import Style

Places = Mapping[str, tuple[int, int]]
"""Message id → (position from 1, count) among its siblings; one that has none may be left out."""
MakeSheet = Callable[[Message, tuple[int, int]], Sheet]

ALONE = (1, 1)
LETTERS_A_BREAK = 100
"""How far line breaks are apart in what models write, roughly."""


class Sheets(Sequence[Sheet]):
    """One for each message, in order."""

    def __init__(self) -> None:
        self._messages: Sequence[Message] = ()
        self._sheets: dict[int, Sheet] = {}
        """Those that were made, by their index; the ones behind the messages were appended."""
        self._length = 0
        self._places: Places = {}
        self._make: MakeSheet | None = None

    def show(self, messages: Sequence[Message], places: Places, make: MakeSheet) -> bool:
        """Another branch; sheets of the same conversation stay. True when both begin alike."""
        is_alike = bool(
            messages and len(self) and messages[0].conversation_id == self._conversation_id()
        )
        known = list(self.made()) if is_alike else []
        self._messages = messages if isinstance(messages, Branch) else list(messages)
        self._length = len(messages)
        self._places, self._make = places, make
        self._sheets = {}
        if known:
            self._keep(known)
        return is_alike

    def _conversation_id(self) -> str:
        return self.peek(0)[0].conversation_id

    def _keep(self, known: list[Sheet]) -> None:
        indexes = Indexes(self._messages)
        for sheet in known:
            index = indexes.get(sheet.message.id)
            if index is not None:
                self._sheets[index] = sheet
                message = self._messages[index]
                place = self._places.get(message.id, ALONE)
                if sheet.message is not message or sheet.foot.place != place:
                    sheet.set_message(message, place)

    def append(self, sheet: Sheet) -> None:
        """One more message."""
        self._sheets[self._length] = sheet
        self._length += 1

    def made(self) -> Iterator[Sheet]:
        """Those that were asked for, in order."""
        return (self._sheets[index] for index in sorted(self._sheets))

    def peek(self, index: int) -> tuple[Message, Sheet | None]:
        """A message, and its sheet if it was asked for; makes none."""
        sheet = self._sheets.get(range(self._length)[index])
        return (self._messages[index] if sheet is None else sheet.message), sheet

    def likely_heights(self, width: int, style: Style) -> Sequence[int]:
        """The height of each as far as it is known, px."""
        line, above, letter = style.line_height, style.px(70), max(1, style.px(7))
        across = max(20, int(width / letter))
        narrow = max(20, int(width * BUBBLE_SHARE / letter))
        messages, user = self._messages, Role.USER
        roles, lengths = messages.lengths() if isinstance(messages, Branch) else ([], [])
        heights = [
            (count // LETTERS_A_BREAK + count // (narrow if role is user else across) + 1) * line
            + above
            for role, count in zip(roles, lengths, strict=True)
        ]
        for index in range(len(heights), len(messages)):
            text = messages[index].text
            fitting = narrow if messages[index].role is user else across
            heights.append((text.count("\n") + len(text) // fitting + 1) * line + above)
        heights += [0] * (self._length - len(messages))
        for index, sheet in self._sheets.items():
            heights[index] = sheet.height if sheet.width else sheet.guess(width)
        return heights

    @overload
    def __getitem__(self, index: int) -> Sheet: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sheet]: ...
    def __getitem__(self, index: int | slice) -> Sheet | list[Sheet]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        index = range(self._length)[index]
        sheet = self._sheets.get(index)
        if sheet is None:
            message = self._messages[index]
            assert self._make is not None
            sheet = self._make(message, self._places.get(message.id, ALONE))
            self._sheets[index] = sheet
        return sheet

    def __setitem__(self, index: int, sheet: Sheet) -> None:
        self._sheets[index] = sheet

    def __len__(self) -> int:
        return self._length
