"""Says so where another model answered than the one that was asked."""

from __future__ import annotations

from app.core.conversations.conversation import Provenance
from app.providers.catalogue.catalogue import group_of


def substitution_text(provenance: Provenance) -> str:
    """A sentence for the foot of an answer; empty where the model asked for answered.

    The same model under a dated or free name is the same. Servers at addresses of one's own call
    their models as they like, so what they answer says nothing.
    """
    answered = provenance.answered_by
    if not answered or provenance.provider_id.startswith("custom-"):
        return ""
    asked, found = group_of(provenance.model_id), group_of(answered)
    if asked.startswith(found) or found.startswith(asked):
        return ""
    name = provenance.model_name or provenance.model_id
    return f"{name} was asked; {answered} answered, at its own price."
