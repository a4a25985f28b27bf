"""A conversation as a Markdown file: the branch being read, to be read again by people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Message,
    MessageState,
    Role,
    TextPart,
)
from app.core.conversations.message_tree import MessageTree
from app.core.conversations.sources import host_of
from app.core.costs.usage import money_text
from app.core.models.tool import pretty_arguments
from app.transfer.format import AddressOf, Format, named_only

_ENDINGS = {
    MessageState.STOPPED: "stopped",
    MessageState.CUT_OFF: "cut off",
    MessageState.REFUSED: "refused",
    MessageState.FAILED: "failed",
    MessageState.WRITING: "not finished",
}


_MARKUP = re.compile(r"[\\\[\]<>*`~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")


def markdown_text(
    conversation: Conversation, messages: Sequence[Message], address: AddressOf = named_only
) -> str:
    """The branch being read: a heading a message, and under each answer where it came from."""
    tree = MessageTree(messages)
    leaf = conversation.leaf_id if conversation.leaf_id in tree else tree.newest_leaf()
    lines = [f"# {conversation.title or 'Conversation'}", ""]
    if conversation.system:
        lines += ["## Instructions", "", conversation.system, ""]
    for message in tree.branch_to(leaf):
        lines += [f"## {_name(message)}", ""]
        lines += [*_said(message, address), *_calls(message), *_sources(message)]
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


def _said(message: Message, address: AddressOf) -> list[str]:
    """Texts and files in their order, each file a paragraph of its own."""
    lines: list[str] = []
    text = ""
    for part in message.parts:
        if isinstance(part, TextPart):
            text += part.text
        elif isinstance(part, AttachmentPart):
            lines += [text, ""] if text else []
            lines += _file(
                part.attachment, "Attached" if message.role is Role.USER else "", address
            )
            text = ""
    return lines + ([text, ""] if text else [])


def _file(file: Attachment, label: str, address: AddressOf) -> list[str]:
    """A file by its name and, where it was written, as a picture or a link to it."""
    label = label or ("Picture" if file.is_image else "File")
    name = _escaped(file.name)
    target = address(file)
    if target is None:
        return [f"*{label}: {name} (no longer there)*", ""]
    if target and file.is_image:
        return [f"*{label}: {name}*", "", f"![{name}]({target})", ""]
    if target and not target.startswith("data:"):  # which nothing opens but a picture
        return [f"*{label}: [{name}]({target})*", ""]
    return [f"*{label}: {name}*", ""]


def _escaped(text: str) -> str:
    """A foreign text on one line that Markdown reads as nothing but text."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


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
        title = _escaped(source.title) or _escaped(host_of(source.url))
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
