"""Pictures among the parts of an answer, in any of the shapes that providers write them in."""

from __future__ import annotations

from typing import Any

from app.providers.transport.json_text import table, text

_PLACES = ("image_url", "image", "url", "b64_json", "data", "result", "source", "inline_data")
_TYPES = ("media_type", "mime_type", "mimeType", "format", "output_format")
_DEEPEST = 3


def is_picture(part: dict[str, Any]) -> bool:
    """Whether a part says that it is a picture, by its type or by a member only pictures have."""
    kind = text(part.get("type"))
    if kind:
        return "image" in kind or kind == "inline_data"
    if any(name in part for name in ("image_url", "image", "b64_json")):
        return True
    inline = table(part.get("inline_data")) or table(part.get("inlineData"))
    return any(text(inline.get(name)).startswith("image/") for name in _TYPES)


def picture_url(part: dict[str, Any]) -> str:
    """The address or the data URL of a picture; "" where there is neither."""
    return _url(part, "", 0)


def _url(part: Any, kind: str, depth: int) -> str:
    if type(part) is str:
        return _as_url(part, kind)
    holder = table(part)
    if not holder or depth > _DEEPEST:
        return ""
    kind = next((text(holder.get(name)) for name in _TYPES if text(holder.get(name))), kind)
    for name in (*_PLACES, "inlineData"):
        found = _url(holder.get(name), kind, depth + 1)
        if found:
            return found
    return ""


def _as_url(value: str, kind: str) -> str:
    """A text as an address: base64 alone becomes a data URL of the type that was named for it."""
    value = value.strip()
    if not value or value[:5].lower() == "data:" or "://" in value[:12]:
        return value
    named = kind if "/" in kind else f"image/{kind or 'png'}"
    return f"data:{named};base64,{value}"
