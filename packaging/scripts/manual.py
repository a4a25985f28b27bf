"""Rewrites the marked tables of the manual from what the program declares.

    python packaging/scripts/manual.py            rewrite resources/manual/*.md in place
    python packaging/scripts/manual.py --check    change nothing; name the pages that differ, exit 1

A table stands between `<!-- table: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "resources" / "manual"
sys.path.insert(0, str(ROOT))

from app.commands.command import Command  # noqa: E402
from app.commands.declared import COMMANDS  # noqa: E402
from app.core.costs.usage import Price, dollars  # noqa: E402
from app.core.models.model import context_text  # noqa: E402
from app.providers.catalogue.catalogue import Catalogue  # noqa: E402
from app.providers.parameters.declarations import PARAMETERS  # noqa: E402
from app.settings.definitions import SETTINGS  # noqa: E402

_MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars and line ends inside a cell are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    cells = [[re.sub(r"\s+", " ", cell).replace("|", r"\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def parameters() -> str:
    """Every dial: its name, its technical name, what it does."""
    rows = [(item.title, f"`{item.name}`", item.says) for item in PARAMETERS.values()]
    return table(("dial", "technical name", "what it does"), rows)


def commands() -> str:
    """Every command that has a shortcut; those that differ in a number only share a row."""
    families: dict[str, list[Command]] = {}
    for item in COMMANDS:
        if item.keys:
            families.setdefault(re.sub(r"\d+", "#", item.title), []).append(item)
    rows = []
    for first, *others in families.values():
        keys, title = ", ".join(first.keys), first.title
        if others:
            keys = f"{first.keys[0]} … {others[-1].keys[0]}"
            title = re.sub(r"\d+", rf"\g<0> … {len(others) + 1}", title)
        rows.append((keys, title, first.section))
    return table(("shortcut", "what it does", "where"), rows)


def settings() -> str:
    """Every setting the settings window shows."""
    rows = [(item.section, item.title, item.help) for item in SETTINGS.values() if item.is_shown]
    return table(("page", "setting", "what it does"), rows)


def models() -> str:
    """Every model of the bundled catalogue with its route, context and price."""
    catalogue = Catalogue.bundled()
    rows = [
        (
            model.name,
            catalogue.profile(model.provider_id).name,
            f"`{model.id}`",
            context_text(model.context),
            price_text(model.price),
        )
        for model in catalogue.models()
    ]
    return table(("model", "provider", "id", "context", "price"), rows)


def price_text(price: Price) -> str:
    """What a route charges, in words."""
    if price.is_free:
        return "free"
    if price.per_message:
        extra = f", {dollars(price.per_search)} a web search" if price.per_search else ""
        return f"{dollars(price.per_message)} a message{extra}"
    if price.input_per_million is None or price.output_per_million is None:
        return "unknown"
    low, high = dollars(price.input_per_million), dollars(price.output_per_million)
    return f"{low} in, {high} out, per million tokens"


TABLES: Mapping[str, Callable[[], str]] = {
    "parameters": parameters,
    "commands": commands,
    "settings": settings,
    "models": models,
}


def rewritten(text: str) -> str:
    """A page with its tables as the program declares them now; KeyError for an unknown one."""
    return _MARKED.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], text)


def main(arguments: Sequence[str]) -> int:
    """Rewrites every page, or with `--check` names those that differ."""
    differing = []
    for page in sorted(MANUAL.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (fresh := rewritten(text)) != text:
            differing.append(page.name)
            if "--check" not in arguments:
                page.write_text(fresh, encoding="utf-8", newline="\n")
    for name in differing:
        print(name)
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
