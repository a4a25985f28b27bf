"""What the value of a sampling parameter does, in one true sentence each."""

from __future__ import annotations

import math

from app.providers.parameters.parameter import figure


def percent(value: float) -> str:
    """A share in per cent."""
    return f"{value * 100:.3g}\u00a0%"


def top_p(value: float) -> str:
    """Which words the pool keeps."""
    if value >= 1:
        return "Keeps all words."
    if value <= 0:
        return "Keeps only the likeliest word."
    return f"Keeps the likeliest words until they add up to {percent(value)}."


def top_k(value: float) -> str:
    """How long the shortlist is."""
    if value <= 0:
        return "Off: any word may come."
    if value == 1:
        return "Always the likeliest word."
    return f"Each word is one of the {figure(value)} likeliest."


def min_p(value: float) -> str:
    """Which words are too unlikely."""
    if value <= 0:
        return "Off: no word is too unlikely."
    if value >= 1:
        return "Keeps only the likeliest word."
    return f"Drops words less likely than {percent(value)} of the best one."


def top_a(value: float) -> str:
    """Which words are too unlikely beside a sure best one."""
    if value <= 0:
        return "Off: no word is too unlikely."
    return (
        f"Where the best word has {percent(0.5)}, drops those under {percent(value * 0.25)};"
        " more of them when the model is sure."
    )


def odds(value: float) -> str:
    """What a penalty does to the odds of a word: it is taken off before they are made."""
    return (
        f"cuts its odds by {percent(1 - math.exp(-value))}"
        if value > 0
        else f"raises its odds by {percent(math.exp(-value) - 1)}"
    )


def frequency(value: float) -> str:
    """What each use of a word does to it."""
    if value == 0:
        return "Off: repeating costs nothing."
    note = "; small words may go missing" if value >= 1.3 else ""
    note = "; the answer may go in circles" if value <= -1 else note
    return f"Each use of a word {odds(value)}{note}."


def presence(value: float) -> str:
    """What the first use of a word does to it."""
    if value == 0:
        return "Off: used words are as likely as new ones."
    note = "; looks for new topics" if value >= 0.7 else ""
    note = "; jumps to new topics" if value >= 1.3 else note
    note = "; stays on topic" if value < 0 else note
    return f"The first use of a word {odds(value)}, later ones nothing{note}."
