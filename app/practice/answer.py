"""What Practice means to say: the texts an answer may become, most of them from the manual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.fuzzy import folded
from app.practice.passages import Passage, PassageIndex

GREETING = """\
Hello. I am **Practice**, the small model built into Facet. I need no key, no network and no \
download, and I know one thing well: Facet's own manual.

Ask me, for instance:

- What does temperature do?
- How do I connect OpenRouter?
- Where are my keys kept?
- Show me a table and some code.

Then turn a dial on the right and ask the same again: the words really are drawn anew."""

THANKS = """\
You are welcome. Ask me anything else about Facet, or turn a dial and ask the same question \
again to see what changes."""

UNKNOWN = """\
I cannot answer that. I am **Practice**, the small model built into Facet: I have read its \
manual and nothing else, so I would only be making something up.

I can tell you about:

- the dials, such as *Variety* (temperature), *Word pool* (top_p) and *Same dice* (seed)
- connecting OpenRouter, AI/ML API, EmpirioLabs or a model on this computer
- keys, privacy, history, search, shortcuts and the command line
- what an error means and what to do about it

To ask about anything else, choose a model at a provider in the header. The question stays here, \
and **Retry** asks it again there."""

_OPENINGS = (
    ("", 0.62),
    ("Here is what the manual says.\n\n", 0.12),
    ("Gladly.\n\n", 0.10),
    ("This is what I know about it.\n\n", 0.08),
)
_RIVAL_BELIEF = 0.05
_LEAST_COVERAGE = 0.45

_GREETED = re.compile(
    r"(hi|hello|hey|hallo|good (morning|afternoon|evening|day)|greetings)( there| facet| practice)?"
)
_THANKED = re.compile(r"(many )?(thanks?|thank you|thx|cheers)( (a lot|so much|very much|you))*")
_WHO = re.compile(
    r"help( me)?|(who|what) are you|what (can|do) you (do|know)|what can i ask( you)?"
)
_ONE_SENTENCE = re.compile(r"\b(one|a single|1) sentence\b")
_BRIEF = re.compile(
    r"\b(brief|briefly|short answer|shortly|concise|concisely|in short|keep it short)\b"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the request as Practice reads it: role and plain text."""

    role: str
    text: str


def closing(passage: Passage) -> str:
    """The line under an answer that says where it comes from."""
    return f"\n\n*From the manual: {passage.page} – {passage.title}*"


def possible_answers(turns: Sequence[Turn], index: PassageIndex) -> list[tuple[str, float]]:
    """The texts an answer may become, each with Practice's belief in it, likeliest first.

    Reads the last user message, the one before it where the question points back, and of the system
    text only whether a brief answer or one sentence is asked for.
    """
    asked = [turn.text for turn in turns if turn.role == "user"]
    question, before = (asked[-1] if asked else ""), (asked[-2] if len(asked) > 1 else "")
    plain = re.sub(r"[^\w\s]", "", folded(question)).strip()
    if not plain or _GREETED.fullmatch(plain) or _WHO.fullmatch(plain):
        return [(GREETING, 1.0)]
    if _THANKED.fullmatch(plain):
        return [(THANKS, 1.0)]
    matches = [match for match in index.find(question, before) if match.coverage >= _LEAST_COVERAGE]
    if not matches:
        return [(UNKNOWN, 1.0)]
    wish = folded("\n".join(turn.text for turn in turns if turn.role in ("system", "developer")))
    wish = f"{wish}\n{folded(question)}"
    best, *rivals = matches
    answers = [(opening + _told(best.passage, wish), share) for opening, share in _OPENINGS]
    for rival in rivals[:2]:
        if rival.score > 0.5 * best.score:
            answers.append((_told(rival.passage, wish), _RIVAL_BELIEF))
    return answers


def every_text(passages: Sequence[Passage]) -> Iterator[str]:
    """All that Practice can mean to say: what the word model is built from."""
    for passage in passages:
        for opening, _ in _OPENINGS[1:]:
            yield opening
        yield passage.text + closing(passage)
    yield from (GREETING, THANKS, UNKNOWN)


def _told(passage: Passage, wish: str) -> str:
    if _ONE_SENTENCE.search(wish):
        return first_sentence(passage.text) + closing(passage)
    if _BRIEF.search(wish):
        return passage.text.split("\n\n", 1)[0] + closing(passage)
    return passage.text + closing(passage)


def first_sentence(text: str) -> str:
    """The first sentence of a passage that begins with prose, else its first paragraph."""
    paragraph = text.split("\n\n", 1)[0]
    end = re.search(r"(?<=[.!?:])(?=\s)", paragraph)
    return paragraph[: end.start()] if end and paragraph[0].isalnum() else paragraph
