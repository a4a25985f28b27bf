"""The dials of This computer reach the engine under the names it knows."""

from contextlib import aclosing
from pathlib import Path

from app.core.conversations.conversation import Message, Role, TextPart
from app.core.conversations.events import TextAdded
from app.core.identity import new_id
from app.core.models.model import Model
from app.core.models.provider import THIS_COMPUTER, Request
from app.engine.engine import Engine
from app.engine.model_file import ModelFile
from app.engine.transport import EngineTransport
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client
from tests.core.conversations.test_message_tree import NOW


def question(text: str) -> Message:
    return Message(new_id(), "c", None, Role.USER, (TextPart(text),), 1, NOW)


async def said(client: Client, model: Model, **parameters: float) -> str:
    set_ = {"seed": 7, "max_tokens": 40, **parameters}
    request = Request(model=model, messages=[question("Hi")], parameters=set_)
    words = ""
    async with aclosing(client.stream(request)) as events:
        async for event in events:
            if isinstance(event, TextAdded):
                words += event.text
    return words


async def test_each_dial_changes_what_is_written(
    tmp_path: Path, tiny_path: Path, runtime: Path
) -> None:
    catalogue = Catalogue.bundled()
    file = ModelFile("small", "Tiny", str(tiny_path))
    engine = Engine(tmp_path, lambda _: file)
    transport = EngineTransport(engine, lambda: [file])
    client = Client(catalogue.profile(THIS_COMPUTER), transport=transport)
    model = catalogue.model(THIS_COMPUTER, "small")
    try:
        plain = await said(client, model)
        assert await said(client, model) == plain
        for name, value in (
            ("temperature", 3.0),
            ("top_p", 0.05),
            ("top_k", 2),
            ("min_p", 0.9),
            ("repetition_penalty", 3.0),
            ("frequency_penalty", 2.0),
            ("presence_penalty", 2.0),
            ("seed", 8),
        ):
            assert await said(client, model, **{name: value}) != plain, name
        assert len(await said(client, model, max_tokens=3)) < len(plain)
        assert await said(client, model, temperature=0) == await said(client, model, top_k=1)
    finally:
        await client.aclose()
        await engine.aclose()
