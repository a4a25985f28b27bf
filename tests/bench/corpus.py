"""Text as models write it, made here: prose, lists, tables and code in several languages."""

from __future__ import annotations

import random
from collections.abc import Iterator

_PROSE = (
    "the tide turns when moon and sun pull along one line so that water rises a little higher "
    "than on other days and a careful reader keeps a table of hours and heights beside the door"
)
_WORDS = _PROSE.split()
_CODE = {
    "python": "def height(hour: float) -> float:\n    return 2.1 + 1.4 * cos(hour / 12.42 * tau)\n",
    "javascript": "const height = (hour) => 2.1 + 1.4 * Math.cos(hour / 12.42 * 2 * Math.PI);\n",
    "sql": "SELECT harbour, max(height) FROM tide WHERE day = '2026-11-21' GROUP BY harbour;\n",
    "bash": 'for day in $(seq 1 31); do echo "$day $(tide --day "$day")"; done\n',
    "json": '{"harbour": "Husum", "high": [3.1, 3.4], "low": [0.2, 0.1]}\n',
    "rust": "fn height(hour: f64) -> f64 { 2.1 + 1.4 * (hour / 12.42 * TAU).cos() }\n",
}


def _sentence(dice: random.Random) -> str:
    words = dice.choices(_WORDS, k=dice.randint(8, 18))
    words[dice.randrange(len(words))] = f"**{dice.choice(_WORDS)}**"
    return f"{' '.join(words).capitalize()}."


def answer(size: int, seed: int = 1) -> str:
    """About `size` bytes of Markdown, the same for the same seed."""
    dice = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        kind = dice.randrange(8)
        if kind < 4:
            part = " ".join(_sentence(dice) for _ in range(dice.randint(2, 5)))
        elif kind == 4:
            part = "\n".join(f"- {_sentence(dice)}" for _ in range(dice.randint(3, 8)))
        elif kind == 5:
            rows = "\n".join(f"| {h}:00 | {dice.random():.2f} m | rising |" for h in range(6))
            part = f"| hour | height | state |\n|---|---|---|\n{rows}"
        elif kind == 6:
            part = f"## {_sentence(dice)[:40]}"
        else:
            language = dice.choice(sorted(_CODE))
            part = f"```{language}\n{_CODE[language] * dice.randint(1, 8)}```"
        parts.append(part)
        length += len(part) + 2
    return "\n\n".join(parts)


def sentences(size: int, between: str, seed: int = 1) -> str:
    """About `size` bytes of sentences with the same text between them."""
    dice = random.Random(seed)
    found: list[str] = []
    length = 0
    while length < size:
        found.append(_sentence(dice))
        length += len(found[-1]) + len(between)
    return between.join(found)


def items(text: str, seed: int = 1) -> Iterator[str]:
    """The text in pieces of one to seven characters, as tokens come."""
    dice = random.Random(seed)
    place = 0
    while place < len(text):
        step = dice.randint(1, 7)
        yield text[place : place + step]
        place += step
