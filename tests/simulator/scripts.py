"""What the simulated models say: deltas of the chat dialect by name, and what a reader must make of
them."""

from dataclasses import dataclass, replace
from typing import Any

Delta = dict[str, Any]

MARKDOWN = """# Dials

Temperature flattens or sharpens the odds.

| dial | low | high |
|---|---|---|
| temperature | same | varied |

```python
def sample(odds: dict[str, float]) -> str:
    return max(odds, key=odds.get)
```

1. Try `0.2`.
2. Try `1.2`.
"""
UNICODE = (
    "Grüße 👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 שלום עולם مرحبا 東京都 京都 한국어 𝕏 "
    "line\u2028separator\u2029paragraph\u0085next ﷽ \u200fabc\u200e"
)


@dataclass(frozen=True)
class Script:
    """One answer: `deltas` in order, then `finish`. `text`, `reasoning` and `calls` are what must
    be understood.

    `calls` holds (name, arguments). The token counts are what the usage of the reply says.
    """

    name: str
    deltas: tuple[Delta, ...]
    text: str = ""
    reasoning: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    finish: str | None = "stop"
    input_tokens: int = 12
    output_tokens: int = 7
    reasoning_tokens: int = 0
    searches: int = 0

    @property
    def is_refusal(self) -> bool:
        """Whether what is said is a refusal."""
        return any(delta.get("refusal") for delta in self.deltas)

    @property
    def cited(self) -> list[dict[str, Any]]:
        """The pages cited, each with its url and perhaps a title."""
        return [
            entry["url_citation"] for delta in self.deltas for entry in delta.get("annotations", ())
        ]

    @property
    def pictures(self) -> list[str]:
        """The pictures made, as data URLs."""
        return [image["image_url"]["url"] for d in self.deltas for image in d.get("images", ())]

    @property
    def sealed(self) -> str:
        """The encrypted part of the thought, "" when there is none."""
        details = [entry for d in self.deltas for entry in d.get("reasoning_details", ())]
        return next((entry["data"] for entry in details if entry.get("data")), "")

    def cut_to(self, count: int) -> "Script":
        """The script as a token limit would cut it, one delta a token."""
        kept = self.deltas[:count]
        return replace(
            self,
            deltas=kept,
            text="".join(d.get("content") or "" for d in kept if isinstance(d.get("content"), str)),
            finish="length",
            output_tokens=min(self.output_tokens, count),
        )

    def stopped_at(self, stops: list[str]) -> "Script":
        """The script as stop sequences would end it; only answers of plain text are cut."""
        places = [self.text.find(stop) for stop in stops if stop]
        place = min((p for p in places if p >= 0), default=-1)
        if place < 0 or any(set(delta) != {"content"} for delta in self.deltas):
            return self
        return replace(says(self.name, self.text[:place]), output_tokens=self.output_tokens)


def pieces(text: str, size: int = 4) -> list[str]:
    """A text in pieces of so many characters."""
    return [text[i : i + size] for i in range(0, len(text), size)]


def says(name: str, text: str, size: int = 4, **more: Any) -> Script:
    """A script that says a text in pieces."""
    return Script(name, tuple({"content": p} for p in pieces(text, size)), text, **more)


def _thinks(name: str, *fields: str) -> Script:
    thought = ["Plan: ", "greet", "."]
    deltas: list[Delta] = []
    for piece in thought:
        delta: Delta = {"content": ""}
        for key in fields:
            detail = {"type": "reasoning.text", "text": piece, "format": "unknown", "index": 0}
            delta[key] = [detail] if key == "reasoning_details" else piece
        deltas.append(delta)
    answer = [{"content": piece} for piece in pieces("Hello there.")]
    return Script(name, (*deltas, *answer), "Hello there.", "Plan: greet.", reasoning_tokens=3)


def think_tag(cut: int) -> Script:
    """A thought in `<think>` tags whose text is cut in two at one offset."""
    text = "<think>Plan: greet.</think>Hello there."
    deltas = tuple({"content": part} for part in (text[:cut], text[cut:]) if part)
    return Script(f"think_tag_{cut}", deltas, "Hello there.", "Plan: greet.")


THINK_TAG_LENGTH = len("<think>Plan: greet.</think>Hello there.")


def _call(index: int | None, call_id: str | None, name: str | None, arguments: Any) -> Delta:
    call: Delta = {"type": "function", "function": {}}
    if index is not None:
        call["index"] = index
    if call_id is not None:
        call["id"] = call_id
    if name is not None:
        call["function"]["name"] = name
    if arguments is not None:
        call["function"]["arguments"] = arguments
    return call


def _calls(
    name: str, *deltas: list[Delta], calls: tuple[tuple[str, str], ...], **more: Any
) -> Script:
    return Script(
        name,
        tuple({"content": None, "tool_calls": found} for found in deltas),
        calls=calls,
        **{"finish": "tool_calls", **more},
    )


OSLO, ROME = '{"city":"Oslo"}', '{"city":"Rome"}'
BOTH = (("weather", OSLO), ("weather", ROME))
SIGNED = (
    {"type": "reasoning.text", "text": "Let me ", "format": "anthropic-claude-v1", "index": 0},
    {"type": "reasoning.text", "text": "see.", "format": "anthropic-claude-v1", "index": 0},
    {"type": "reasoning.text", "signature": "EqQB", "format": "anthropic-claude-v1", "index": 0},
)
SUMMARY = {"type": "reasoning.summary", "summary": "It greets.", "index": 1}
HIDDEN = {"type": "reasoning.encrypted", "data": "gAAAA", "id": "rs_1", "index": 2}
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
"""A whole picture of one pixel."""

_SCRIPTS = [
    says("plain", "Hello from the simulator."),
    says("markdown", MARKDOWN, 7),
    says("fence", "Look:\n\n```python\nprint('ok')\n```\nDone.", 9),
    says("long", ("word " * 39 + "end.\n\n") * 1000 + "The end.", 400),
    says("unicode", UNICODE, 3),
    Script("empty", ()),
    Script("whitespace", ({"content": "\n"}, {"content": "  \n"}), "\n  \n"),
    Script("null_content", ({"content": None}, {"content": "Hi"}, {"content": None}), "Hi"),
    Script(
        "parts",
        (
            {"content": [{"type": "text", "text": "Hello "}]},
            {"content": [{"type": "text", "text": "there."}]},
        ),
        "Hello there.",
    ),
    says("fable", "Once upon a time the end came. STOP here. Never seen."),
    _thinks("reasoning", "reasoning"),
    _thinks("reasoning_content", "reasoning_content"),
    _thinks("reasoning_details", "reasoning_details"),
    _thinks("reasoning_all", "reasoning", "reasoning_content", "reasoning_details"),
    Script(
        "think_unclosed", ({"content": "<think>Only"}, {"content": " thought"}), "", "Only thought"
    ),
    Script(
        "think_later",
        ({"content": "The tag "}, {"content": "<think>"}, {"content": " opens."}),
        "The tag <think> opens.",
    ),
    Script(
        "details",
        (
            *(
                {"content": "", "reasoning_details": [detail]}
                for detail in (*SIGNED, SUMMARY, HIDDEN)
            ),
            {"content": "Hi."},
        ),
        "Hi.",
        "Let me see.It greets.",
    ),
    Script("thought_only", ({"reasoning": "Hm."},), "", "Hm.", finish="length", reasoning_tokens=7),
    _calls(
        "tool_call",
        [_call(0, "call_1", "weather", "")],
        [_call(0, None, None, '{"city":')],
        [_call(0, None, None, '"Oslo"}')],
        calls=(("weather", OSLO),),
    ),
    _calls(
        "tool_parallel",
        [_call(0, "call_1", "weather", OSLO)],
        [_call(1, "call_2", "weather", ROME)],
        calls=BOTH,
    ),
    _calls(
        "tool_all_zero",
        [_call(0, "call_1", "weather", OSLO)],
        [_call(0, "call_2", "weather", ROME)],
        calls=BOTH,
    ),
    _calls(
        "tool_no_index",
        [_call(None, "call_1", "weather", OSLO), _call(None, "call_2", "weather", ROME)],
        calls=BOTH,
    ),
    _calls(
        "tool_no_id",
        [_call(0, None, "weather", OSLO)],
        [_call(1, "", "weather", ROME)],
        calls=BOTH,
    ),
    _calls(
        "tool_interleaved",
        [_call(0, "call_1", "weather", '{"city":'), _call(1, "call_2", "weather", '{"city":')],
        [_call(1, None, None, '"Rome"}')],
        [_call(0, None, None, '"Oslo"}')],
        calls=BOTH,
    ),
    _calls("tool_empty", [_call(0, "call_1", "now", "")], calls=(("now", ""),)),
    _calls("tool_null", [_call(0, "call_1", "now", None)], calls=(("now", ""),)),
    _calls(
        "tool_broken",
        [_call(0, "call_1", "weather", '{"city":"Os')],
        calls=(("weather", '{"city":"Os'),),
    ),
    _calls(
        "tool_stop",
        [_call(0, "call_1", "weather", OSLO)],
        calls=(("weather", OSLO),),
        finish="stop",
    ),
    _calls(
        "tool_again",
        [_call(0, "call_1", "weather", OSLO)],
        calls=(("weather", OSLO),),
    ),
    says("json_fits", '{"items": [{"name": "Tea", "price": 2.5}]}', 6),
    says(
        "json_misfit",
        '{"items": [{"name": "Tea", "price": 2.5}, {"name": "Bun", "price": 1}, '
        '{"name": "Jam", "price": "dear"}]}',
        6,
    ),
    says("json_fenced", '```json\n{"items": [{"name": "Tea", "price": 2.5}]}\n```', 6),
    says("json_none", "Sure! Here are two things: tea and a bun.", 6),
    Script("tool_none", ({"content": "Hi.", "tool_calls": []},), "Hi.", finish="tool_calls"),
    Script(
        "annotations",
        (
            {"content": "Snow."},
            {
                "content": "",
                "annotations": [
                    {"type": "url_citation", "url_citation": {"url": "https://example.org/a"}},
                    {
                        "type": "url_citation",
                        "url_citation": {"url": "https://example.org/b", "title": "B"},
                    },
                ],
            },
        ),
        "Snow.",
    ),
    Script(
        "images",
        ({"content": None, "images": [{"type": "image_url", "image_url": {"url": PICTURE}}]},),
    ),
    Script(
        "refusal",
        ({"content": None, "refusal": "I cannot help."},),
        "I cannot help.",
        finish="content_filter",
    ),
]
SCRIPTS: dict[str, Script] = {script.name: script for script in _SCRIPTS}


def script_named(name: str) -> Script:
    """A script by its name; `think_tag_<n>` cuts the tag at n. KeyError for an unknown one."""
    if name.startswith("think_tag_"):
        return think_tag(int(name.removeprefix("think_tag_")))
    return SCRIPTS[name]
