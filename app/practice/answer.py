"""What Practice means to say: the texts an answer may become, most of them from the manual."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.text.fuzzy import folded
from app.help.passages import Passage, PassageIndex

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
and **Ask again** under the answer, or Ctrl+R, asks it there."""

_OPENINGS = (
    ("", 0.62),
    ("Here is what the manual says.\n\n", 0.12),
    ("Gladly.\n\n", 0.10),
    ("This is what I know about it.\n\n", 0.08),
)
_RIVAL_BELIEF, _RIVAL_SCORE = 0.05, 0.75
_LEAST_COVERAGE = 0.45

_GREETED = re.compile(
    r"(hi|hello|hey|hallo|good (morning|afternoon|evening|day)|greetings)( there| facet| practice)?"
)
_THANKED = re.compile(r"(many )?(thanks?|thank you|thx|cheers)( (a lot|so much|very much|you))*")
_WHO = re.compile(
    r"help( me)?|(who|what) are you|what (can|do) you (do|know)|what can i ask( you)?"
)
_CONTINUE = re.compile(r"\s*(please )?(continue|go on)\b")
_ONE_SENTENCE = re.compile(r"\b(one|a single|1) sentence\b")
_BRIEF = re.compile(
    r"\b(brief|briefly|short answer|shortly|concise|concisely|in short|keep it short)\b"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the request as Practice reads it: role and plain text."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the question, the user's message before it, and the answer so far if it
    is to be continued.
    """

    question: str
    before: str = ""
    begun: str = ""


def asked_in(turns: Sequence[Turn]) -> Asked:
    """The question at the end of a conversation.

    A last answer, or "continue …" after one, asks for the rest of the answer before it.
    """
    users: list[str] = []
    answers: list[str] = []
    for turn in turns:
        if turn.role == "assistant":
            answers.append(turn.text)
        elif turn.role == "user":
            if answers and _CONTINUE.match(folded(turn.text)):
                continue
            users.append(turn.text)
            answers = []
    question, before = (users[-1] if users else ""), (users[-2] if len(users) > 1 else "")
    return Asked(question, before, "".join(answers))


def closing(passage: Passage) -> str:
    """The line under an answer that says where it comes from."""
    return f"\n\n*From the manual: {passage.page} – {passage.title}*"


def possible_answers(
    asked: Asked, index: PassageIndex, instructions: str = ""
) -> list[tuple[str, float]]:
    """The texts an answer may become, each with Practice's belief in it, likeliest first.

    Of the instructions only one thing counts: whether a brief answer or one sentence is asked for.
    """
    question = asked.question
    plain = re.sub(r"[^\w\s]", "", folded(question)).strip()
    if not plain or _GREETED.fullmatch(plain) or _WHO.fullmatch(plain):
        return [(GREETING, 1.0)]
    if _THANKED.fullmatch(plain):
        return [(THANKS, 1.0)]
    topic = _BRIEF.sub(" ", _ONE_SENTENCE.sub(" ", folded(question)))
    found = index.find(topic, asked.before)
    matches = [match for match in found if match.coverage >= _LEAST_COVERAGE]
    if not matches:
        return [(UNKNOWN, 1.0)]
    wish = f"{folded(instructions)}\n{folded(question)}"
    best, *rivals = matches
    answers = [(opening + _told(best.passage, wish), share) for opening, share in _OPENINGS]
    for rival in rivals[:2]:
        if rival.score > _RIVAL_SCORE * best.score:
            answers.append((_told(rival.passage, wish), _RIVAL_BELIEF))
    return answers


def every_text(passages: Sequence[Passage]) -> Iterator[str]:
    """All that Practice can mean to say: what the word model is built from."""
    for number, passage in enumerate(passages):
        opening, _ = _OPENINGS[number % len(_OPENINGS)]
        yield opening + passage.text + closing(passage)
    yield from (GREETING, THANKS, UNKNOWN)


def _told(passage: Passage, wish: str) -> str:
    if _ONE_SENTENCE.search(wish):
        return first_sentence(passage.text) + closing(passage)
    if _BRIEF.search(wish):
        return first_block(passage.text) + closing(passage)
    return passage.text + closing(passage)


def first_block(text: str) -> str:
    """The first paragraph of a passage, with what it announces when it ends in a colon."""
    first, _, rest = text.partition("\n\n")
    return f"{first}\n\n{first_block(rest)}" if first.endswith(":") and rest else first


def first_sentence(text: str) -> str:
    """The first sentence of a passage that begins with prose, else its first block."""
    paragraph = text.split("\n\n", 1)[0]
    end = re.search(r"(?<=[.!?])(?=\s|$)", paragraph)
    is_prose = paragraph.lstrip("*`")[:1].isalpha()
    return paragraph[: end.start()] if end and is_prose else first_block(text)
