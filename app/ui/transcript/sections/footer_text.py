"""What is written in the foot of a message: for the search, before anything is laid out."""

from __future__ import annotations

from app.core.conversations.conversation import Message, MessageState, Provenance, Role
from app.core.costs.usage import CostSource, money_text
from app.core.text.needle import Needle
from app.ui.transcript.sections.card import Card
from app.ui.transcript.sections.error_card import Extras, card_of
from app.ui.transcript.sections.model_substitution import substitution_text

STATES = {
    MessageState.STOPPED: "Stopped by you. What had arrived is kept.",
    MessageState.REFUSED: "The model or its provider declined to go on.",
}


def foot_texts(message: Message, extras: Extras | None = None) -> list[str]:
    """The words of the card, of the sentences below it, and of the quiet line, in that order;
    nothing for messages that are no answers."""
    if message.role is not Role.ASSISTANT:
        return []
    card = card_of(message, extras or Extras(), is_unfolded=False)
    return [*(card.texts if card else ()), *sentences(message, card), *line_texts(message)]


def sentences(message: Message, card: Card | None) -> list[str]:
    """How it ended where no card says so, and what the provider did otherwise than asked."""
    found = []
    if card is None and (text := STATES.get(message.state)):
        found.append(text)
    if message.provenance:
        found.append(substitution_text(message.provenance))
        found.extend(message.provenance.notices)
    return [line for line in found if line]


def searched(texts: list[str], facts: int, needle: Needle) -> list[str]:
    """What a search looks through; the facts of the quiet line, which come last, only for figures:
    their words are the same under every answer."""
    return texts if needle.has_figure or not facts else texts[:-facts]


def line_texts(message: Message) -> list[str]:
    """The quiet line: the model, then facts."""
    if message.state is MessageState.WRITING or message.provenance is None:
        return []
    name, facts = provenance_parts(message.provenance)
    return [name, *facts]


def provenance_parts(provenance: Provenance | None) -> tuple[str, list[str]]:
    """(model, facts) of the quiet line; what is not known is left out, but for the cost."""
    if provenance is None:
        return "", []
    facts = []
    if provenance.timing.first_text is not None:
        waited = provenance.timing.first_text
        facts.append(f"{f'{waited:.1f}' if waited >= 0.1 else 'under 0.1'} s to first word")
    if (rate := provenance.tokens_per_second) is not None:
        facts.append(f"{rate:.0f} tok/s")
    if provenance.usage.output_tokens:
        count = f"{provenance.usage.output_tokens:,}".replace(",", "\u202f")
        facts.append(f"{count} tokens")
    is_known = provenance.cost.source is not CostSource.UNKNOWN
    if is_known or provenance.usage.output_tokens or provenance.fault is None:
        facts.append(money_text(provenance.cost))
    return provenance.model_name or provenance.model_id, facts
