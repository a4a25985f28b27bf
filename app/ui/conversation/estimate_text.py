"""The forecast of the next question in words, and as a bar."""

from __future__ import annotations

from app.core.costs.usage import CostSource, dollars
from app.services.costs.forecast import Forecast


def left_text(forecast: Forecast) -> str:
    """How full the model's view gets."""
    tokens = _spaced(forecast.tokens)
    if forecast.context is None:
        return f"about {tokens} tokens · how much the model can read is not known"
    if forecast.is_over_context:
        return (
            f"about {tokens} tokens, but the model reads {_spaced(forecast.context)}: "
            "it would be refused"
        )
    about = "about " if forecast.tokens else ""
    view = "everything is in view of the model"
    return f"{about}{tokens} of {_spaced(forecast.context)} tokens · {view}"


def right_text(forecast: Forecast) -> str:
    """What it will cost, as far as that can be told before."""
    cost = forecast.cost
    if cost.source is CostSource.UNKNOWN or cost.amount is None:
        return "cost unknown"
    return "free" if cost.amount == 0 else f"about {dollars(cost.amount)}"


def tip_text(forecast: Forecast) -> str:
    """How the figures were come by."""
    seen = forecast.calibration
    if not seen.answers:
        return (
            "Estimated from the length of the text.\n"
            "After a few answers Facet knows better how this model counts."
        )
    return (
        f"Estimated from the length of the text, times {seen.ratio:.2f}:\n"
        f"that is how your last {seen.answers} questions to this model were counted."
    )


def fill_of(forecast: Forecast) -> list[tuple[float, str]]:
    """The parts of the bar, as (share of the context, colour): instructions, earlier messages, new
    text."""
    if not forecast.context:
        return []
    parts = (
        (forecast.system_tokens, "selection"),
        (forecast.history_tokens, "accent"),
        (forecast.text_tokens, "bad" if forecast.is_over_context else "good"),
    )
    return [(min(1.0, count / forecast.context), colour) for count, colour in parts if count]


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
