"""`facet list`, `search` and `export`: what is stored, without a network."""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path

from app.cli.output import complain, say, say_object
from app.core.conversations.conversation import ConversationSummary
from app.services.services import Services
from app.storage.search.search_index import SearchHit
from app.transfer import FORMATS


async def run_list(services: Services, arguments: argparse.Namespace) -> int:
    """Prints every conversation, newest first."""
    for summary in services.conversations.summaries():
        if arguments.json:
            say_object(
                {
                    "id": summary.id,
                    "title": summary.title,
                    "updated_at": summary.updated_at.isoformat(),
                    "pinned": summary.is_pinned,
                }
            )
        else:
            when = summary.updated_at.astimezone().strftime("%Y-%m-%d %H:%M")
            say(f"{summary.id}  {when}  {summary.title}")
    return 0


async def run_search(services: Services, arguments: argparse.Namespace) -> int:
    """Prints the messages that hold a text, newest first; status 1 when there are none."""
    found: asyncio.Future[list[SearchHit]] = asyncio.get_running_loop().create_future()
    services.search.found.connect(lambda _query, hits: found.set_result(hits))
    services.search.find(arguments.query)
    hits = await found
    for hit in hits[: arguments.limit]:
        if arguments.json:
            say_object(
                {
                    "conversation": hit.conversation_id,
                    "message": hit.message_id,
                    "title": hit.title,
                    "role": str(hit.role),
                    "snippet": hit.snippet,
                    "marks": [list(mark) for mark in hit.marks],
                    "created_at": hit.created_at.isoformat(),
                }
            )
        else:
            say(f"{hit.conversation_id}  {hit.title}\n    {' '.join(hit.snippet.split())}")
    return 0 if hits else 1


async def run_export(services: Services, arguments: argparse.Namespace) -> int:
    """Writes one conversation to a file, or all of them into a folder."""
    if arguments.conversation:
        services.conversations.export(
            arguments.conversation, arguments.format, arguments.out, arguments.files
        )
        say(str(arguments.out))
        return 0
    summaries = services.conversations.summaries()
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        complain(f"{arguments.out} could not be made: {error.strerror}.")
        return 1
    for summary in summaries:
        path = arguments.out / _file_name(summary, FORMATS[arguments.format].suffix)
        services.conversations.export(summary.id, arguments.format, path, arguments.files)
        say(str(path))
    return 0


def _file_name(summary: ConversationSummary, suffix: str) -> Path:
    """A name made of the title's letters and the end of the id: never a path, never taken twice."""
    words = re.sub(r"[^\w]+", "-", summary.title, flags=re.UNICODE).strip("-_")[:60]
    return Path(f"{words or 'conversation'}-{summary.id[-8:].lower()}{suffix}")
