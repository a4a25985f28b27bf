"""Pictures on their way to a provider and back, through the whole program, over real sockets."""

import asyncio
import base64
from dataclasses import replace

import pytest

from app.bootstrap import make_core
from app.core.conversations.conversation import MessageState
from app.paths import folders
from app.providers.client import Client
from app.storage.database.database import Database
from app.storage.files.pictures import picture_size
from tests.simulator import Scenario
from tests.simulator.scripts import PICTURE
from tests.ui.composer.test_picture_shrinking import packed, photograph

SEES = ("openrouter", "google/gemma-4-26b-a4b-it")
READS = ("openrouter", "google/gemma-2-27b-it")


@pytest.fixture
async def services(tmp_path, sim):
    def make_client(profile, _key):
        there = replace(profile, base_url=sim.base_url(profile.id))
        return Client(there, key=sim.providers[profile.id].good_key())

    database = Database.open(tmp_path / "facet.db")
    core = make_core(folders(tmp_path), database, recover=False, make_client=make_client)
    core.services.models.keys.use_for_this_run("openrouter", sim.openrouter.good_key())
    yield core.services
    await core.services.close()
    database.close()


async def answered(services, route, text, *files):
    """Asks and gives the stored answer."""
    came = asyncio.get_running_loop().create_future()
    services.conversations.choices.choose_model(*route)
    services.generation.finished.connect(came.set_result)
    services.conversations.send(text, files)
    try:
        return await asyncio.wait_for(came, 10)
    finally:
        services.generation.finished.disconnect(came.set_result)


def told(answer):
    assert answer.provenance is not None
    return answer.provenance


def pictures_sent(body):
    """The pictures in a chat body, turn by turn."""
    return [
        [
            base64.b64decode(part["image_url"]["url"].partition(",")[2])
            for part in turn["content"]
            if part["type"] == "image_url"
        ]
        if isinstance(turn["content"], list)
        else []
        for turn in body["messages"]
    ]


async def test_a_large_picture_goes_smaller_over_the_wire_and_stays_whole_at_home(services, sim):
    large = packed(photograph(3000, 2000), "JPG")
    file = services.conversations.attach_bytes(large, "harbour.jpg")
    answer = await answered(services, SEES, "Where is this?", file)
    assert answer.state is MessageState.DONE
    ((sent,),) = pictures_sent(sim.record.last.json)
    assert picture_size(sent) == (2048, 1365)
    assert services.conversations.file_bytes(file.sha256) == large
    question = services.conversations.branch()[0]
    assert question.attachments == (file,)


async def test_the_cap_is_a_setting(services, sim):
    services.settings.set("sending.picture_side", "1024")
    file = services.conversations.attach_bytes(packed(photograph(3000, 2000), "JPG"), "a.jpg")
    await answered(services, SEES, "Where is this?", file)
    ((sent,),) = pictures_sent(sim.record.last.json)
    assert picture_size(sent) == (1024, 683)


async def test_earlier_pictures_are_left_out_for_a_route_that_cannot_see_and_it_is_told(
    services, sim
):
    file = services.conversations.attach_bytes(packed(photograph(30, 20)), "cat.png")
    await answered(services, SEES, "Who is this?", file)
    answer = await answered(services, READS, "Are you sure?")
    assert answer.state is MessageState.DONE
    turns = sim.record.last.json["messages"]
    assert turns[0]["content"] == "[a picture was attached here]\n\nWho is this?"
    assert told(answer).notices == (
        "Not sent from earlier messages: “cat.png” – Gemma 2 27B does not take pictures.",
    )
    await answered(services, SEES, "And you?")
    assert [len(found) for found in pictures_sent(sim.record.last.json)] == [1, 0, 0, 0, 0]


async def test_a_picture_of_the_question_itself_is_refused_before_anything_is_sent(services, sim):
    file = services.conversations.attach_bytes(packed(photograph(30, 20)), "cat.png")
    answer = await answered(services, READS, "Who is this?", file)
    assert answer.state is MessageState.FAILED
    assert "does not take pictures" in told(answer).fault.message
    assert len(sim.record.generations) == 0


async def test_a_made_picture_is_kept_and_goes_back_with_the_next_question(services, sim):
    sim.next(Scenario(script="images"))
    answer = await answered(services, SEES, "Draw a dot")
    (dot,) = answer.attachments
    data = base64.b64decode(PICTURE.partition(",")[2])
    assert services.conversations.file_bytes(dot.sha256) == data
    await answered(services, SEES, "Larger, please")
    turns = sim.record.last.json["messages"]
    assert turns[1] == {"role": "assistant", "content": "[a picture was made here]"}
    assert pictures_sent(sim.record.last.json) == [[], [], [data]]


async def test_exactly_what_is_sent_holds_the_pictures_that_would_go(services, sim):
    file = services.conversations.attach_bytes(packed(photograph(3000, 2000), "JPG"), "a.jpg")
    await answered(services, SEES, "Where is this?", file)
    shown = asyncio.get_running_loop().create_future()
    services.conversations.turns.previewed.connect(lambda _id, body: shown.set_result(body))
    services.conversations.preview("And now?")
    shown = await asyncio.wait_for(shown, 10)
    assert pictures_sent(shown)[0] == pictures_sent(sim.record.last.json)[0]
