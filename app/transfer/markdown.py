"""A conversation as a Markdown file: the branch being read, to be read again by people."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.conversation import Conversation, Message, MessageState, MessageTree, Role
from app.core.usage import money_text
from app.transfer.format import Format

_ENDINGS = {
    MessageState.STOPPED: "stopped",
    MessageState.CUT_OFF: "cut off",
    MessageState.REFUSED: "refused",
    MessageState.FAILED: "failed",
    MessageState.WRITING: "not finished",
}


def markdown_text(conversation: Conversation, messages: Sequence[Message]) -> str:
    """The branch being read: a heading a message, and under each answer where it came from."""
    tree = MessageTree(messages)
    leaf = conversation.leaf_id if conversation.leaf_id in tree else tree.newest_leaf()
    lines = [f"# {conversation.title or 'Conversation'}", ""]
    if conversation.system:
        lines += ["## Instructions", "", conversation.system, ""]
    for message in tree.branch_to(leaf):
        lines += [f"## {'You' if message.role is Role.USER else _name(message)}", ""]
        lines += [f"*Attached: {attachment.name}*" for attachment in message.attachments]
        if message.text:
            lines += [message.text, ""]
        note = _note(message)
        if note:
            lines += [f"*{note}*", ""]
    return "\n".join(lines).rstrip() + "\n"


def _name(message: Message) -> str:
    origin = message.provenance
    return (origin.model_name or origin.model_id or "Answer") if origin else "Answer"


def _note(message: Message) -> str:
    if message.role is not Role.ASSISTANT:
        return ""
    parts = [_ENDINGS[message.state]] if message.state in _ENDINGS else []
    if message.provenance is not None:
        origin = message.provenance
        parts.append(f"{origin.provider_name or origin.provider_id}, {origin.model_id}")
        parts.append(money_text(origin.cost))
        if origin.fault is not None:
            parts.append(origin.fault.message)
    return " · ".join(part for part in parts if part)


FORMAT = Format("markdown", "Markdown", ".md", markdown_text)
