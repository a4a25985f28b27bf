"""The messages of a branch, each made when it is first asked for: a conversation may have a hundred
thousand messages, and a view shows a few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from app.core.conversations.branch import Branch
from app.core.conversations.conversation import Message, Role
from app.core.conversations.message_tree import SiblingPlace
from app.ui.transcript.layout.message import BUBBLE_SHARE, MessageLayout
from app.ui.transcript.layout.message_index import MessageIndex
from app.ui.transcript.painting.style import Style

Places = Mapping[str, SiblingPlace]
"""Message id → where it stands among its siblings; one that has none may be left out."""
MakeLayout = Callable[[Message, SiblingPlace], MessageLayout]

ALONE = SiblingPlace(1, 1)
LETTERS_A_BREAK = 100
"""How far line breaks are apart in what models write, roughly."""


class LazyLayouts(Sequence[MessageLayout]):
    """One for each message, in order."""

    def __init__(self) -> None:
        self._messages: Sequence[Message] = ()
        self._layouts: dict[int, MessageLayout] = {}
        """Those that were made, by their index; the ones behind the messages were appended."""
        self._length = 0
        self._places: Places = {}
        self._make: MakeLayout | None = None

    def show(self, messages: Sequence[Message], places: Places, make: MakeLayout) -> bool:
        """Another branch; messages of the same conversation stay. True when both begin alike."""
        is_alike = bool(
            messages and len(self) and messages[0].conversation_id == self._conversation_id()
        )
        known = list(self.made()) if is_alike else []
        self._messages = messages if isinstance(messages, Branch) else list(messages)
        self._length = len(messages)
        self._places, self._make = places, make
        self._layouts = {}
        if known:
            self._keep(known)
        return is_alike

    def _conversation_id(self) -> str:
        return self.peek(0)[0].conversation_id

    def _keep(self, known: list[MessageLayout]) -> None:
        indexes = MessageIndex(self._messages)
        for layout in known:
            index = indexes.get(layout.message.id)
            if index is not None:
                self._layouts[index] = layout
                message = self._messages[index]
                place = self._places.get(message.id, ALONE)
                if layout.message is not message or layout.foot.place != place:
                    layout.set_message(message, place)

    def append(self, layout: MessageLayout) -> None:
        """One more message."""
        self._layouts[self._length] = layout
        self._length += 1

    def made(self) -> Iterator[MessageLayout]:
        """Those that were asked for, in order."""
        return (self._layouts[index] for index in sorted(self._layouts))

    def peek(self, index: int) -> tuple[Message, MessageLayout | None]:
        """A message, and its layout if it was asked for; makes none."""
        layout = self._layouts.get(range(self._length)[index])
        return (self._messages[index] if layout is None else layout.message), layout

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
        for index, layout in self._layouts.items():
            heights[index] = layout.height if layout.width else layout.guess(width)
        return heights

    @overload
    def __getitem__(self, index: int) -> MessageLayout: ...
    @overload
    def __getitem__(self, index: slice) -> list[MessageLayout]: ...
    def __getitem__(self, index: int | slice) -> MessageLayout | list[MessageLayout]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        index = range(self._length)[index]
        layout = self._layouts.get(index)
        if layout is None:
            message = self._messages[index]
            assert self._make is not None
            layout = self._make(message, self._places.get(message.id, ALONE))
            self._layouts[index] = layout
        return layout

    def __setitem__(self, index: int, layout: MessageLayout) -> None:
        self._layouts[index] = layout

    def __len__(self) -> int:
        return self._length
