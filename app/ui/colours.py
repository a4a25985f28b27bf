"""The colours of the light, the dark and the high-contrast theme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, `#rrggbb`.

    What is written in `text`, `muted`, `accent`, `good`, `warn`, `bad` or a colour of code reaches
    4.5:1 on every ground, 7:1 in high contrast. `faint` and `scroll` are for lines and icons (3:1);
    `line` only parts what would be apart without it.
    """

    background: str
    list: str
    panel: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_quiet: str
    on_accent: str
    bubble: str
    code: str
    hover: str
    good: str
    warn: str
    bad: str
    selection: str
    found: str
    found_now: str
    on_found_now: str
    scroll: str
    code_keyword: str
    code_name: str
    code_text: str
    code_number: str
    code_comment: str


LIGHT = Colours(
    background="#ffffff",
    list="#f6f6f8",
    panel="#fafafb",
    line="#e5e5ea",
    text="#1c1c21",
    muted="#6a6a75",
    faint="#84848f",
    accent="#5b5bd6",
    accent_quiet="#eeeefc",
    on_accent="#ffffff",
    bubble="#f1f1f5",
    code="#f6f6f8",
    hover="#ececf1",
    good="#27734c",
    warn="#8f5f12",
    bad="#c53030",
    selection="#cfcff7",
    found="#fff0b3",
    found_now="#f5a623",
    on_found_now="#1c1c21",
    scroll="#8c8c98",
    code_keyword="#a626a4",
    code_name="#2b6cb0",
    code_text="#27734c",
    code_number="#a84c08",
    code_comment="#6a6a75",
)
DARK = Colours(
    background="#17171b",
    list="#111114",
    panel="#1b1b20",
    line="#2b2b33",
    text="#ececf1",
    muted="#a0a0ad",
    faint="#767683",
    accent="#8f8df5",
    accent_quiet="#26264a",
    on_accent="#15151c",
    bubble="#24242b",
    code="#101013",
    hover="#222229",
    good="#68d391",
    warn="#ecc94b",
    bad="#fc8181",
    selection="#3a3a78",
    found="#5a4a12",
    found_now="#e8b33f",
    on_found_now="#15151c",
    scroll="#686874",
    code_keyword="#c792ea",
    code_name="#82aaff",
    code_text="#a5d6a7",
    code_number="#f6ad55",
    code_comment="#a0a0ad",
)
HIGH_CONTRAST = Colours(
    background="#000000",
    list="#000000",
    panel="#000000",
    line="#ffffff",
    text="#ffffff",
    muted="#ffffff",
    faint="#d0d0d0",
    accent="#ffe14d",
    accent_quiet="#333300",
    on_accent="#000000",
    bubble="#1a1a1a",
    code="#000000",
    hover="#333333",
    good="#7dff9b",
    warn="#ffe14d",
    bad="#ffb0b0",
    selection="#0050c8",
    found="#5c4f00",
    found_now="#ffe14d",
    on_found_now="#000000",
    scroll="#d0d0d0",
    code_keyword="#ffb3ff",
    code_name="#9fd0ff",
    code_text="#a8ffb0",
    code_number="#ffd08a",
    code_comment="#d0d0d0",
)
