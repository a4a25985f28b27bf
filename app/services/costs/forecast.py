"""What the next question will cost and whether it fits, estimated before it is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.conversations.attachment import Attachment
from app.core.conversations.branch import Branch
from app.core.conversations.conversation import Message, TextPart
from app.core.costs.usage import UNKNOWN_COST, Cost, CostSource, Usage, cost_of
from app.core.models.model import Model
from app.core.models.provider import Request
from app.services.files.file_tokens import files_tokens

_WIDE = re.compile("[\u2e80-\U0010ffff]")

EXPECTED_ANSWER = 400
"""Tokens an answer is taken to have when no limit is set; a guess, and shown as one ("about")."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How many times the plain estimate a route's provider counts, seen in so many `answers`."""

    ratio: float = 1.0
    answers: int = 0


UNCALIBRATED = Calibration()


@dataclass(frozen=True, slots=True)
class Forecast:
    """Estimated tokens of all that would be sent, and the cost with the answer."""

    system_tokens: int
    history_tokens: int
    text_tokens: int
    cost: Cost
    context: int | None
    calibration: Calibration = UNCALIBRATED

    @property
    def tokens(self) -> int:
        """All that would be sent."""
        return self.system_tokens + self.history_tokens + self.text_tokens

    @property
    def is_over_context(self) -> bool:
        """Whether it would not fit the model, as far as its context is known."""
        return self.context is not None and self.tokens > self.context


def estimated_tokens(text: str) -> int:
    """Tokens of a text, roughly: four characters each, one outside Latin scripts."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return (len(text) - wide + 3) // 4 + wide


def message_tokens(message: Message, model: Model | None = None) -> int:
    """Tokens of one message with its frame and files, roughly."""
    outline = message.outline
    if outline is not None:
        return _sized_tokens(*outline)
    if len(message.parts) == 1 and type(message.parts[0]) is TextPart:
        # Nearly every message, and there may be thousands.
        return estimated_tokens(message.parts[0].text) + 4
    said = estimated_tokens(message.text)
    said += sum(estimated_tokens(f"{call.name}{call.arguments}") + 8 for call in message.calls)
    said += sum(estimated_tokens(result.text) + 8 for result in message.results)
    return said + 4 + files_tokens(message.attachments, model)


def _sized_tokens(letters: int, octets: int) -> int:
    wide = (octets - letters) // 2
    return (letters - wide + 3) // 4 + wide + 4


def history_tokens(branch: Sequence[Message], model: Model | None = None) -> int:
    """Tokens of all messages before the next one, roughly; reads as few of them as it can."""
    if not isinstance(branch, Branch):
        return sum(message_tokens(message, model) for message in branch)
    unread = sum(_sized_tokens(letters, octets) for letters, octets in branch.unread())
    return unread + sum(message_tokens(message, model) for message in branch.told())


def forecast(
    text: str,
    branch: Sequence[Message],
    system: str,
    model: Model,
    *,
    attachments: Sequence[Attachment] = (),
    limit: int | None = None,
    searches: int = 0,
    calibration: Calibration = UNCALIBRATED,
) -> Forecast:
    """Estimates the next request with its files, under a length limit and with searches."""
    system_tokens = round(estimated_tokens(system) * calibration.ratio)
    history = round(history_tokens(branch, model) * calibration.ratio)
    new = round((estimated_tokens(text) + files_tokens(attachments, model)) * calibration.ratio)
    answer = min(limit, EXPECTED_ANSWER) if limit else EXPECTED_ANSWER
    cost = cost_of(
        Usage(input_tokens=system_tokens + history + new, output_tokens=answer),
        model.price,
        searches=searches,
    )
    if cost.amount is None:
        cost = UNKNOWN_COST
    elif model.price.is_free:
        cost = Cost(Decimal(0), CostSource.ESTIMATED)
    return Forecast(system_tokens, history, new, cost, model.context, calibration)


def request_tokens(request: Request) -> int | None:
    """Tokens of a whole request, roughly; None where it holds what is not estimated.

    Tools, raw JSON and files that are no pictures come out too different to compare.
    """
    is_plain = not request.tools and not request.raw and not request.parameters.get("web_search")
    if not is_plain or any(not found.is_image for found in request.attachments()):
        return None
    said = sum(message_tokens(message, request.model) for message in request.messages)
    return estimated_tokens(request.system) + said
