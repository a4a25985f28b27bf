"""What the bodies of all dialects share: the turns to say, files, and what is merged in last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Role
from app.core.errors import RefusedError
from app.core.models.parameter import Support
from app.core.models.provider import Request
from app.core.models.tool import TOOLS
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.tool_shapes import joined_tools, written_tools
from app.providers.dialects.turns import Turn, blob_of, turns_of, with_system_folded
from app.providers.parameters.encoding import RAW
from app.providers.parameters.routing import ROUTING, allows_compression, routing_fields
from app.providers.transport.heavy_body import base64_of

OPENING = "(The assistant speaks first.)"
"""Stands for the user where a branch begins with an answer: templates want a question first."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a route was found to refuse: a system role, `stream_options`, reasoning details.

    `renamed` are fields, by their usual names, that it wants under other names.
    """

    takes_system: bool = True
    takes_stream_options: bool = True
    takes_details: bool = True
    renamed: tuple[tuple[str, str], ...] = ()

    def applied(self, body: dict[str, Any]) -> dict[str, Any]:
        """A body with its fields under the names that the route wants."""
        names = dict(self.renamed)
        return {names.get(name, name): value for name, value in body.items()} if names else body


def said_turns(
    request: Request, profile: ProviderProfile, habits: Habits
) -> tuple[list[Turn], str]:
    """The turns to send and the system text that goes beside them, "" when there is none.

    The system text leads the first turn where the route takes none. RefusedError when nothing was
    said.
    """
    turns = turns_of(request, profile, with_details=habits.takes_details)
    if not turns:
        raise RefusedError(
            "There is nothing to send yet.", "Write a message first.", provider=profile.id
        )
    if turns[0].role is Role.ASSISTANT:
        turns.insert(0, Turn(Role.USER, OPENING))
    if not request.system.strip():
        return turns, ""
    if habits.takes_system and "system" in request.model.roles:
        return turns, request.system
    return with_system_folded(turns, request.system), ""


def finished_body(
    content: dict[str, Any], request: Request, profile: ProviderProfile
) -> dict[str, Any]:
    """A body with the tools, hosts, what small contexts need and, last, the user's raw JSON.

    Tools in raw JSON go beside the others, or in place of those they name.
    """
    if request.tools and request.model.unlisted is Support.REFUSED:
        _want_tools(request, profile)
    tools = [*written_tools(request.tools), *content.get("tools", ())]
    if tools:
        content["tools"] = tools
    wishes = request.parameters.get(ROUTING)
    content.update(routing_fields(wishes, profile))
    context = None if allows_compression(wishes) else request.model.context
    if profile.small_context and context is not None and context <= profile.small_context:
        content.update(profile.small_context_body)
    if profile.pdf_plugin and any(f.media_type == "application/pdf" for f in request.attachments()):
        # Named, because a gateway left to choose may have pages read by a service that costs.
        content["plugins"] = [*content.get("plugins", []), dict(profile.pdf_plugin)]
    raw = raw_of(request)
    if tools and isinstance(raw.get("tools"), list):
        raw["tools"] = joined_tools(tools, raw["tools"])
    content.update(raw)
    return content


def _want_tools(request: Request, profile: ProviderProfile) -> None:
    if not request.model.is_able(TOOLS):
        raise RefusedError(
            f"{profile.route_name(request.model.name)} does not take tools.",
            "Switch them off among the dials, or choose a model that takes them.",
            provider=profile.id,
            parameter=TOOLS,
        )


def raw_of(request: Request) -> dict[str, Any]:
    """The user's raw JSON: the conversation's, and over it the request's own."""
    raw = request.parameters.get(RAW)
    return {**(raw if isinstance(raw, dict) else {}), **request.raw}


def file_bytes(file: Attachment, request: Request, profile: ProviderProfile) -> bytes:
    """A file's bytes; RefusedError when they are gone or the model takes no such files."""
    data = blob_of(file, request, profile)
    model = request.model
    wanted, what = "", ""
    if file.is_image:
        wanted, what = "image", "pictures"
    elif file.media_type == "application/pdf":
        wanted, what = "file", "PDF files"
    elif file.media_type.startswith(("audio/", "video/")):
        wanted = file.media_type.partition("/")[0]
        what = {"audio": "sound", "video": "films"}[wanted]
    if wanted and model.source != "typed" and wanted not in model.inputs:
        raise RefusedError(
            f"{profile.route_name(model.name)} does not take {what}, so “{file.name[:80]}” "
            "cannot be sent.",
            "Choose a model that takes them, or remove the file.",
            provider=profile.id,
        )
    return data


def file_text(file: Attachment, data: bytes) -> str:
    """A text file as text, under its name; RefusedError for what is no text."""
    if file.media_type.startswith(("audio/", "video/")):
        raise RefusedError(
            f"“{file.name[:80]}” cannot be sent in this dialect: it has no place for sound or "
            "films.",
            "Choose Chat Completions for this provider, or remove the file.",
        )
    name = " ".join(file.name.split())
    return f"File “{name}”:\n\n{data.decode('utf-8', 'replace')}"


def data_url(file: Attachment, data: bytes) -> str:
    """A file as a data URL."""
    return f"data:{file.media_type};base64,{base64_of(data)}"
