"""The parts of a message that can be searched, in reading order, and what is found in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from app.core.conversations.conversation import Message, Role
from app.core.text.needle import Needle, Span
from app.render.characters import PARAGRAPH, shown
from app.render.output.projection import projected
from app.render.splitting.chunk import Chunk
from app.render.splitting.splitter import Splitter
from app.render.splitting.typed_splitter import typed_chunks
from app.ui.transcript.layout.lazy_layouts import ALONE
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.rows import ChunkRow
from app.ui.transcript.search.document_text import document_spans
from app.ui.transcript.sections.footer import Foot, foot_of
from app.ui.transcript.sections.reasoning import LONGEST, ReasoningSection
from app.ui.transcript.sections.section import ABOVE as MAKERS_ABOVE
from app.ui.transcript.sections.section import BELOW as MAKERS_BELOW
from app.ui.transcript.sections.section import NOTHING, Stack

REASONING, ABOVE, ROWS = 0, 1, 2
"""Part numbers: the model's reasoning, the sections above the text, the first row; the sections
below the text and the foot follow the last row, as one part."""

FEED = 4_000
"""Characters that are cut into chunks at once while a long message is searched."""


@runtime_checkable
class Searchable(Protocol):
    """A section with words that can be found. `texts` are known before anything is laid out."""

    texts: Sequence[str]

    def text_top(self, number: int, at: int) -> int:
        """How far below the section's top a place of one of its texts stands, px."""
        ...


class Match(NamedTuple):
    """One match: in the text `number` of a block, reasoning or section, from `first` to `last`."""

    owner: object
    number: int
    first: int
    last: int


class Searcher:
    """Looks for one needle in messages."""

    def __init__(self, needle: Needle, *, reads_questions: bool = False) -> None:
        self._needle = needle
        self._reads_questions = reads_questions
        self._known: WeakKeyDictionary[object, tuple[int, list[Span]]] = WeakKeyDictionary()

    def counts(
        self, message: Message, layout: MessageLayout | None
    ) -> Iterator[tuple[Chunk | None, int]]:
        """How often it is found in each part, with the chunk of those that are rows.

        Rows are left out of a message that was not built and certainly has nothing in its text.
        """
        is_built = layout is not None and layout.is_built
        reasoning = layout.reasoning.text if layout is not None and is_built else message.reasoning
        yield None, self._needle.count(_reasoning_text(reasoning)) if reasoning else 0
        above, below = (layout.above, layout.below) if layout is not None else (NOTHING, NOTHING)
        if above is NOTHING:
            above, below = Stack(MAKERS_ABOVE), Stack(MAKERS_BELOW)
            above.set_message(message)
            below.set_message(message)
        yield None, len(self._in_sections(above))
        if layout is not None and is_built:
            at = 0
            while at < len(layout.rows):
                yield layout.rows[at].chunk, self.row_count(layout.rows[at])
                at += 1
        else:
            for chunk in self._unseen(message):
                yield chunk, self._chunk_count(chunk)
        foot = layout.foot if layout is not None else foot_of(message, ALONE)
        found = sum(map(self._needle.count, foot.searched(self._needle)))
        yield None, len(self._in_sections(below)) + found

    def row_count(self, row: ChunkRow) -> int:
        """How often it is found in a row, drawn or not."""
        return self._chunk_count(row.chunk) if row.items is None else len(self._in_row(row))

    def matches(self, layout: MessageLayout, part: int) -> list[Match]:
        """What is found in one part of a message that is built, as far as it is made."""
        if part == REASONING:
            return self._in_reasoning(layout.reasoning)
        if part == ABOVE:
            return self._in_sections(layout.above)
        if part - ROWS < len(layout.rows):
            return self._in_row(layout.rows[part - ROWS])
        return self._in_sections(layout.below) + self._in_foot(layout.foot)

    def _unseen(self, message: Message) -> Iterator[Chunk]:
        text = message.text
        if len(text) <= FEED and not self._needle.may_be_in(text):
            return
        if message.role is Role.USER and not self._reads_questions:
            yield from typed_chunks(text)
            return
        splitter = Splitter()
        for at in range(0, len(text), FEED):
            yield from splitter.feed(text[at : at + FEED])
        yield from splitter.finish()

    def _chunk_count(self, chunk: Chunk) -> int:
        if not self._needle.may_be_in(chunk.source):
            return 0
        return self._needle.count(projected(chunk))

    def _in_reasoning(self, reasoning: ReasoningSection) -> list[Match]:
        known = self._known.get(reasoning)
        if known is None or known[0] != reasoning.size:
            spans = self._needle.spans(_reasoning_text(reasoning.text))
            known = self._known[reasoning] = (reasoning.size, spans)
        return [Match(reasoning, 0, *span) for span in known[1]]

    def _in_row(self, row: ChunkRow) -> list[Match]:
        found: list[Match] = []
        for item in row.items or ():
            if (document := item.document) is not None:
                known = self._known.get(item)
                if known is None or known[0] != document.characterCount():
                    spans = document_spans(document, self._needle)
                    known = self._known[item] = (document.characterCount(), spans)
                found += [Match(item, 0, *span) for span in known[1]]
        return found

    def _in_sections(self, stack: Stack) -> list[Match]:
        return [
            match
            for section in stack.sections
            if isinstance(section, Searchable)
            for match in self._in_texts(section, section.texts)
        ]

    def _in_foot(self, foot: Foot) -> list[Match]:
        return self._in_texts(foot, foot.searched(self._needle))

    def _in_texts(self, owner: object, texts: Sequence[str]) -> list[Match]:
        return [
            Match(owner, number, *span)
            for number, text in enumerate(texts)
            for span in self._needle.spans(text)
        ]


def _reasoning_text(text: str) -> str:
    """The reasoning as its document has it."""
    return shown(text)[:LONGEST].replace("\n", PARAGRAPH)
