from typing import Any


async def test_a_blank_query_finds_nothing(stage: Any) -> None:
    await stage.answered("Something.")
    stage.services.search.find("   ")
    assert await stage.until(stage.services.search.found) == ("   ", [])


async def test_a_newer_search_takes_the_place_of_an_older_one(stage: Any) -> None:
    await stage.answered("The moon.")
    stage.services.search.find("nothing like it")
    stage.services.search.find("moon")
    query, hits = await stage.until(stage.services.search.found)
    assert (query, len(hits)) == ("moon", 1)
