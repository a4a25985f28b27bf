"""A conversation as a Markdown file: the branch being read, to be read again by people."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.conversations.conversation import Conversation, Message, MessageState, Role
from app.core.conversations.message_tree import MessageTree
from app.core.conversations.sources import host_of
from app.core.costs.usage import money_text
from app.core.models.tool import pretty_arguments
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
        lines += [f"## {_name(message)}", ""]
        label = "Attached" if message.role is Role.USER else "Picture"
        lines += [f"*{label}: {attachment.name}*" for attachment in message.attachments]
        if message.text:
            lines += [message.text, ""]
        lines += [*_calls(message), *_sources(message)]
        note = _note(message)
        if note:
            lines += [f"*{note}*", ""]
    return "\n".join(lines).rstrip() + "\n"


def _name(message: Message) -> str:
    if message.role is Role.USER:
        return "You"
    if message.role is Role.TOOL:
        return "Result of a tool"
    origin = message.provenance
    return (origin.model_name or origin.model_id or "Answer") if origin else "Answer"


def _calls(message: Message) -> list[str]:
    """What tools were asked for, and what they answered."""
    lines: list[str] = []
    for call in message.calls:
        lines += [f"Asks for `{call.name}`:", *_block(pretty_arguments(call.arguments)[0], "json")]
    for result in message.results:
        lines += _block(result.text, "")
    return lines


def _block(text: str, language: str) -> list[str]:
    """A text as a block of code that nothing in it can end."""
    fence = "```"
    while fence in text:
        fence += "`"
    return ["", f"{fence}{language}", text, fence, ""] if text else [""]


def _sources(message: Message) -> list[str]:
    """The pages an answer cites; their texts are foreign and must not become other markup."""
    if not message.sources:
        return []
    lines = ["Sources:", ""]
    for number, source in enumerate(message.sources, 1):
        title = " ".join(source.title.split()) or host_of(source.url)
        title = "".join(f"\\{letter}" if letter in "\\[]<>*_`" else letter for letter in title)
        lines.append(f"{number}. {title} <{_address(source.url)}>")
    return [*lines, ""]


def _address(url: str) -> str:
    return "".join(url.split()).replace("<", "%3C").replace(">", "%3E")


def _note(message: Message) -> str:
    if message.role is not Role.ASSISTANT:
        return ""
    parts = [_ENDINGS[message.state]] if message.state in _ENDINGS else []
    if message.provenance is not None:
        origin = message.provenance
        parts.append(f"{origin.provider_name or origin.provider_id}, {origin.model_id}")
        parts.append(money_text(origin.cost))
        if origin.shape is not None:
            parts.append(origin.shape.text.rstrip("."))
        if origin.fault is not None:
            parts.append(origin.fault.message)
    return " · ".join(part for part in parts if part)


FORMAT = Format("markdown", "Markdown", ".md", markdown_text, place=1)
