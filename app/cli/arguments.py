"""What can be said on the command line; nothing here imports more than argparse until it is
asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app import __version__


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed arguments; exits with status 2 and a sentence for those that make no sense."""
    parser = argparse.ArgumentParser(
        prog="facet",
        description="Facet, a window on large language models. Alone it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"facet {__version__}")
    parser.add_argument(
        "--profile", type=Path, metavar="DIR", help="keep database, settings and logs under DIR"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_ask(commands.add_parser("ask", help="ask one question and print the answer"))
    search = commands.add_parser("search", help="find messages in all conversations")
    search.add_argument("query")
    search.add_argument("--limit", type=_positive, default=20)
    listing = commands.add_parser("list", help="list conversations, newest first")
    export = commands.add_parser("export", help="write conversations to files")
    _add_export(export)
    models = commands.add_parser("models", help="list models that can be asked")
    models.add_argument("--provider", metavar="ID", help="only this provider")
    models.add_argument(
        "--base-url",
        metavar="URL",
        help="the models of an address; with --provider, of that provider at another address",
    )
    models.add_argument(
        "--refresh",
        action="store_true",
        help="fetch the newest lists first, of every provider that can be asked",
    )
    costs = commands.add_parser("costs", help="what answers cost in a month")
    costs.add_argument("--month", metavar="YYYY-MM", help="another month than this one")
    shape = costs.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object a line")
    shape.add_argument("--csv", action="store_true", help="a table with exact amounts")
    check = commands.add_parser("check", help="look over this installation")
    for command in (search, listing, models, check):
        command.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser.parse_args(arguments)


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument(
        "prompt", nargs="?", metavar="PROMPT", help="the question; - reads it from input"
    )
    ask.add_argument("--provider", metavar="ID", help="openrouter, aimlapi, empiriolabs, practice")
    ask.add_argument(
        "--base-url",
        metavar="URL",
        help="an OpenAI-compatible address; with --provider, that provider at another address",
    )
    ask.add_argument(
        "--dialect",
        choices=["chat", "responses", "messages"],
        help="the language of the address or provider (default: the provider's own, or chat)",
    )
    ask.add_argument(
        "--key-name", metavar="NAME", help="one of the provider's keys by its name, for this once"
    )
    ask.add_argument("--model", metavar="M")
    ask.add_argument(
        "--set", action="append", default=[], metavar="name=value", help="set one parameter"
    )
    ask.add_argument("--system", metavar="TEXT", help="instructions for the model")
    ask.add_argument("--attach", action="append", default=[], type=Path, metavar="FILE")
    ask.add_argument("--conversation", metavar="ID", help="go on in this conversation")
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.add_argument("--no-store", action="store_true", help="keep nothing of it in the history")


def _add_export(export: argparse.ArgumentParser) -> None:
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("--conversation", metavar="ID")
    which.add_argument("--all", action="store_true")
    export.add_argument("--format", required=True, metavar="ID", type=_format)
    export.add_argument(
        "--out", required=True, type=Path, metavar="PATH", help="a file; with --all a folder"
    )
    export.add_argument(
        "--files",
        choices=["beside", "embedded", "named"],
        default="",
        help="pictures and other files: in a folder beside (default), inside the text, or only by"
        " name",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _format(text: str) -> str:
    """The id of an export format, which may be said by its suffix too."""
    from app.transfer import FORMATS

    by_suffix = {form.suffix.removeprefix("."): form.id for form in FORMATS.values()}
    known = by_suffix | {format_id: format_id for format_id in FORMATS}
    if text not in known:
        names = ", ".join(repr(name) for name in sorted(known))
        raise argparse.ArgumentTypeError(f"invalid choice: {text!r} (choose from {names})")
    return known[text]
