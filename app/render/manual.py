"""Our own manual as HTML for the help window. Only Facet's own files are read this way, never a
model's text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import markdown

_HEADING = re.compile(r"#{1,6} +(.*?)(?: *\{[^}]*\})? *#*$")


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page of the manual: its file's stem, its title, its HTML, and (level, anchor, title) of
    its headings."""

    name: str
    title: str
    html: str
    headings: tuple[tuple[int, str, str], ...]


def page_names() -> list[str]:
    """The names of the manual's pages, in reading order."""
    folder = files("resources") / "manual"
    if not folder.is_dir():
        return []
    return sorted(entry.name[:-3] for entry in folder.iterdir() if entry.name.endswith(".md"))


def heading_titles(name: str) -> list[str]:
    """The headings of a page as plain words, read without making HTML of it."""
    source = (files("resources") / "manual" / f"{name}.md").read_text(encoding="utf-8")
    titles: list[str] = []
    is_code = False
    for line in source.splitlines():
        if line.lstrip().startswith("```"):
            is_code = not is_code
        elif not is_code and (found := _HEADING.match(line)):
            titles.append(found.group(1).replace("`", "").replace("*", ""))
    return titles


def page(name: str, colours: Mapping[str, str]) -> ManualPage:
    """One page by its name. `colours` gives `#rrggbb` for text, muted, accent, line, code and
    panel."""
    source = (files("resources") / "manual" / f"{name}.md").read_text(encoding="utf-8")
    return page_from(name, source, colours)


def page_from(name: str, source: str, colours: Mapping[str, str]) -> ManualPage:
    """A page from Markdown of ours."""
    reader = markdown.Markdown(
        extensions=["toc", "admonition", "tables", "attr_list", "fenced_code", "sane_lists"],
        output_format="html",
    )
    body = reader.convert(source)
    headings = tuple(_flat(getattr(reader, "toc_tokens", [])))
    title = headings[0][2] if headings else name
    return ManualPage(name, title, f"<style>{stylesheet(colours)}</style>{body}", headings)


def stylesheet(colours: Mapping[str, str]) -> str:
    """The look of a page, in the part of CSS that QTextDocument knows."""
    return f"""
body {{ color: {colours["text"]}; }}
h1 {{ font-size: 22px; font-weight: 600; margin-top: 8px; margin-bottom: 8px; }}
h2 {{ font-size: 17px; font-weight: 600; margin-top: 20px; margin-bottom: 6px; }}
h3 {{ font-size: 15px; font-weight: 600; margin-top: 14px; margin-bottom: 4px; }}
p, li {{ line-height: 150%; }}
a {{ color: {colours["accent"]}; text-decoration: none; }}
code, pre {{ font-family: "JetBrains Mono"; font-size: 13px; background: {colours["code"]}; }}
td, th {{ padding: 4px 10px; border: 1px solid {colours["line"]}; }}
.admonition {{ background: {colours["panel"]}; margin: 10px 0; }}
.admonition-title {{ color: {colours["muted"]}; font-weight: 600; }}
"""


def _flat(tokens: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for token in tokens:
        found.append((int(token["level"]), str(token["id"]), str(token["name"])))
        found.extend(_flat(token["children"]))
    return found
