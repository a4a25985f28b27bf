"""How far up a conversation the model can read."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.conversations.conversation import Message
from app.services.costs.forecast import Forecast, message_tokens


def first_in_view(branch: Sequence[Message], told: Forecast) -> int:
    """The first message that still fits the model's context with all that follows it.

    0 where everything fits or the context is not known; the length of the branch where not even
    the last message does.
    """
    if not told.is_over_context or told.context is None:
        return 0
    left = told.context - told.system_tokens - told.text_tokens
    index = len(branch)
    while index:
        left -= round(message_tokens(branch[index - 1]) * told.calibration.ratio)
        if left < 0:
            break
        index -= 1
    return index
