"""The reader's places, over a restart."""

from __future__ import annotations

from typing import Any

from app.core.conversations.bookmark import Bookmark


async def test_a_place_is_there_at_once_and_after_a_restart(stage: Any, reopen: Any) -> None:
    answer = await stage.answered("A long story")
    there = stage.services.conversations.current.id
    stage.services.bookmarks.keep(there, Bookmark(answer.id, 3, -40))
    assert stage.services.bookmarks.bookmark(there) == Bookmark(answer.id, 3, -40)
    again = await reopen(stage)
    assert again.services.bookmarks.bookmark(there) == Bookmark(answer.id, 3, -40)


async def test_back_at_the_end_there_is_no_place(stage: Any, reopen: Any) -> None:
    answer = await stage.answered("A long story")
    there = stage.services.conversations.current.id
    stage.services.bookmarks.keep(there, Bookmark(answer.id, 3, -40))
    stage.services.bookmarks.keep(there, None)
    again = await reopen(stage)
    assert again.services.bookmarks.bookmark(there) is None
