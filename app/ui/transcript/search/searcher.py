"""The parts of a message that can be searched, in reading order, and what is found in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from app.core.conversations.conversation import Message
from app.core.text.needle import Needle, Span
from app.render.characters import PARAGRAPH, shown
from app.render.output.projection import projected
from app.render.splitting.chunk import Chunk
from app.render.splitting.splitter import Splitter
from app.ui.transcript.layout.message import Sheet
from app.ui.transcript.layout.rows import ChunkRow
from app.ui.transcript.search.document_text import document_spans
from app.ui.transcript.sections.bare_foot import foot_of
from app.ui.transcript.sections.footer import Foot
from app.ui.transcript.sections.reasoning import LONGEST, Thought
from app.ui.transcript.sections.section import NOTHING, Stack
from app.ui.transcript.sections.sections import ABOVE as MAKERS_ABOVE
from app.ui.transcript.sections.sections import BELOW as MAKERS_BELOW

THOUGHT, ABOVE, ROWS = 0, 1, 2
"""Part numbers: what was thought, the strips above the text, the first row; the strips below the
text and the foot follow the last row, as one part."""

FEED = 4_000
"""Characters that are cut into chunks at once while a long message is searched."""


@runtime_checkable
class Told(Protocol):
    """A strip with words that can be found. `texts` are known before anything is laid out."""

    texts: Sequence[str]

    def text_top(self, number: int, at: int) -> int:
        """How far below the strip's top a place of one of its texts stands, px."""
        ...


class Find(NamedTuple):
    """One find: in the text `number` of a piece, thought or strip, from `first` to `last`."""

    owner: object
    number: int
    first: int
    last: int


class Searcher:
    """Looks for one needle in messages."""

    def __init__(self, needle: Needle) -> None:
        self._needle = needle
        self._known: WeakKeyDictionary[object, tuple[int, list[Span]]] = WeakKeyDictionary()

    def counts(self, message: Message, sheet: Sheet | None) -> Iterator[tuple[Chunk | None, int]]:
        """How often it is found in each part, with the chunk of those that are rows.

        Rows are left out of a message that was not built and certainly has nothing in its text.
        """
        is_built = sheet is not None and sheet.is_built
        thought = sheet.thought.text if sheet is not None and is_built else message.reasoning
        yield None, self._needle.count(_thought_text(thought)) if thought else 0
        above, below = (sheet.above, sheet.below) if sheet is not None else (NOTHING, NOTHING)
        if above is NOTHING:
            above, below = Stack(MAKERS_ABOVE), Stack(MAKERS_BELOW)
            above.set_message(message)
            below.set_message(message)
        yield None, len(self._in_strips(above))
        if sheet is not None and is_built:
            at = 0
            while at < len(sheet.rows):
                yield sheet.rows[at].chunk, self.row_count(sheet.rows[at])
                at += 1
        else:
            for chunk in self._unseen(message.text):
                yield chunk, self._chunk_count(chunk)
        foot = sheet.foot if sheet is not None else foot_of(message, (1, 1))
        found = sum(map(self._needle.count, foot.searched(self._needle)))
        yield None, len(self._in_strips(below)) + found

    def row_count(self, row: ChunkRow) -> int:
        """How often it is found in a row, drawn or not."""
        return self._chunk_count(row.chunk) if row.pieces is None else len(self._in_row(row))

    def finds(self, sheet: Sheet, part: int) -> list[Find]:
        """What is found in one part of a message that is built, as far as it is made."""
        if part == THOUGHT:
            return self._in_thought(sheet.thought)
        if part == ABOVE:
            return self._in_strips(sheet.above)
        if part - ROWS < len(sheet.rows):
            return self._in_row(sheet.rows[part - ROWS])
        return self._in_strips(sheet.below) + self._in_foot(sheet.foot)

    def _unseen(self, text: str) -> Iterator[Chunk]:
        if len(text) <= FEED and not self._needle.may_be_in(text):
            return
        splitter = Splitter()
        for at in range(0, len(text), FEED):
            yield from splitter.feed(text[at : at + FEED])
        yield from splitter.finish()

    def _chunk_count(self, chunk: Chunk) -> int:
        if not self._needle.may_be_in(chunk.source):
            return 0
        return self._needle.count(projected(chunk))

    def _in_thought(self, thought: Thought) -> list[Find]:
        known = self._known.get(thought)
        if known is None or known[0] != thought.size:
            spans = self._needle.spans(_thought_text(thought.text))
            known = self._known[thought] = (thought.size, spans)
        return [Find(thought, 0, *span) for span in known[1]]

    def _in_row(self, row: ChunkRow) -> list[Find]:
        found: list[Find] = []
        for piece in row.pieces or ():
            if (document := piece.document) is not None:
                known = self._known.get(piece)
                if known is None or known[0] != document.characterCount():
                    spans = document_spans(document, self._needle)
                    known = self._known[piece] = (document.characterCount(), spans)
                found += [Find(piece, 0, *span) for span in known[1]]
        return found

    def _in_strips(self, stack: Stack) -> list[Find]:
        return [
            find
            for section in stack.sections
            if isinstance(section, Told)
            for find in self._in_texts(section, section.texts)
        ]

    def _in_foot(self, foot: Foot) -> list[Find]:
        return self._in_texts(foot, foot.searched(self._needle))

    def _in_texts(self, owner: object, texts: Sequence[str]) -> list[Find]:
        return [
            Find(owner, number, *span)
            for number, text in enumerate(texts)
            for span in self._needle.spans(text)
        ]


def _thought_text(text: str) -> str:
    """What was thought, as its document has it."""
    return shown(text)[:LONGEST].replace("\n", PARAGRAPH)
